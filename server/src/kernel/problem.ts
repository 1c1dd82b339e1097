import { type ProblemCode, problems } from './problems.ts'

/** One field of the request and what to do about it; `field` is the path in body, query or params. */
export interface FieldError {
  field: string
  message: string
}

/**
 * A refusal that a person can act on. Thrown anywhere; one handler makes an RFC 9457 answer of it.
 * Anything else that is thrown is a bug: a 500, logged.
 */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly detail: string
  readonly errors: FieldError[] | undefined
  /** Further members of the answer, such as the permission that is missing or the state the thing is in. */
  readonly extra: Record<string, unknown>
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | undefined

  constructor(
    code: ProblemCode,
    detail?: string,
    more: { errors?: FieldError[]; extra?: Record<string, unknown>; retryAfter?: number } = {},
  ) {
    super(detail ?? problems[code].title)
    this.code = code
    this.status = problems[code].status
    this.detail = detail ?? problems[code].advice
    this.errors = more.errors
    this.extra = more.extra ?? {}
    this.retryAfter = more.retryAfter ?? (problems[code] as { retryAfter?: number }).retryAfter
  }
}

/** The one answer for everything that does not exist or is not the caller's to see. */
export const notFound = () => new Problem('not_found')
/** A refusal of one field, for rules a schema can't express. */
export const invalid = (field: string, message: string) =>
  new Problem('invalid_request', undefined, { errors: [{ field, message }] })
