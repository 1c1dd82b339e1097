import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox'
import type { Allowed, Permission } from './permissions.ts'
import type { ProblemCode } from './problems.ts'
import type { ReadingAction } from './reads.ts'

/**
 * What may be asked of a slice, as data. From contracts come routes, validation, the page's typed client and the access
 * matrix. `allow` has no default: an endpoint without one does not compile.
 *   a permission   the caller's role must hold it; two with a | between: one of them, and the handler asks for which
 *   'signed-in'    anybody with a valid session or key
 *   'public'       nobody in particular: sign-in, one-time links, health
 */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Below /api/v1, parameters as `:id`. */
  path: `/${string}`
  allow: Allowed | 'signed-in' | 'public'
  summary: string
  params?: TObject
  query?: TObject
  body?: TObject
  /** What leaves: a property that is not named here is dropped. A file leaves as a stream of its media type. */
  response: TSchema | { file: string }
  /** The body is a file sent as multipart/form-data, read as a stream; its fields are validated as `body`. */
  upload?: true
  /** How many bytes the body may have, where that is more than usual; of an upload its file. */
  largest?: number
  status?: 200 | 201 | 202 | 204
  /** An edit of something with versions: it must say in If-Match which one was looked at, and the handler gets its number. */
  ifMatch?: true
  /** What matters so much that a person must have shown who he is within the last 15 minutes: keys, roles, personal data. */
  fresh?: true
  /** A look at personal data, or an export: entered in the audit record under this name (reads.ts). */
  reads?: ReadingAction
  /** Answered as oneself even while one looks as somebody else: to end that, to sign out; how one signs in is one's own. */
  asOneself?: true
  /** A POST whose answer is never kept under an Idempotency-Key: it holds a secret, or nothing was changed. */
  keepAnswer?: false
  /** What it may refuse beyond what every endpoint of its form refuses. */
  refuses?: readonly ProblemCode[]
}

/** Whether its answer is one thing with a version, and so has an ETag. */
export const hasVersion = ({ response }: Endpoint) =>
  'properties' in response && 'version' in (response.properties as object)

/** Whether a retry with the same Idempotency-Key is answered as the first was: every POST of somebody that changes something. */
export const keepsAnswer = (endpoint: Endpoint) =>
  endpoint.method === 'POST' &&
  endpoint.allow !== 'public' &&
  !endpoint.upload &&
  !('file' in endpoint.response) &&
  endpoint.keepAnswer !== false

export type Contract = Record<string, Endpoint>
export const contract = <const C extends Contract>(endpoints: C): C => endpoints

type Part<S> = S extends TSchema ? Static<S> : undefined
export type ParamsOf<E extends Endpoint> = Part<E['params']>
export type QueryOf<E extends Endpoint> = Part<E['query']>
export type BodyOf<E extends Endpoint> = Part<E['body']>
export type ResponseOf<E extends Endpoint> = E['response'] extends { file: string }
  ? Blob
  : Static<Extract<E['response'], TSchema>>

/** The typed map of a contract, by 'METHOD /path', for the page's client. */
export type ApiOf<C extends Contract> = {
  [K in keyof C as `${C[K]['method']} ${C[K]['path']}`]: {
    params: ParamsOf<C[K]>
    query: QueryOf<C[K]>
    body: BodyOf<C[K]>
    /** The version that was looked at, for edits. */
    version: C[K]['ifMatch'] extends true ? number : undefined
    response: ResponseOf<C[K]>
  }
}

/** An object that refuses what it does not name. */
export const Closed = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false })
export const Id = Type.String({ format: 'uuid' })
export const byId = Closed({ id: Id })
/** Where a schema says for whom it is. */
export const mark = 'x-permission'
/**
 * Marks an optional property of an answer that is sent only to who holds the permission: whatever a handler put there, it
 * does not leave for anybody else. The database does not give it to him either; this is the lock beside it. On a filter: who does not
 * hold it is refused (matching.ts).
 */
export const onlyFor = <S extends TSchema>(permission: Permission, schema: S): S =>
  Object.assign(schema, { [mark]: permission })
/** Where a filter says for which side it is alone. */
export const side = 'x-audience'
/** Marks a filter by what only the house sees: anybody else who asks for it is refused (matching.ts). */
export const forHouse = <S extends TSchema>(schema: S): S => Object.assign(schema, { [side]: 'staff' })
/** The same of what only a client is asked. */
export const forClients = <S extends TSchema>(schema: S): S => Object.assign(schema, { [side]: 'client' })
/** A calendar day, YYYY-MM-DD, in the account's zone. */
export const Day = Type.String({ format: 'date' })
/** An instant, ISO 8601 in UTC. */
export const Instant = Type.String()
export const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])
export const OneOf = <const V extends readonly string[]>(values: V) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values] })
/** The languages of pages, mails and files. */
export const Locale = OneOf(['en', 'fr'])
export const Email = Type.String({ format: 'email', maxLength: 254 })
/** A thing with its name. */
export const Named = Type.Object({ id: Id, name: Type.String() })
/** An amount in minor units of its currency (ISO 4217). */
export const Amount = Closed({ amount: Type.Integer(), currency: Type.String() })
/** A text a person typed: trimmed by the command, bounded here, without control characters but tab and newline. */
export const Text = (min: number, max: number) =>
  Type.String({ minLength: min, maxLength: max, pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]*$' })

/** Keyset paging: at most 200 rows a page, an opaque cursor to the next. */
export const pageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 400 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
}
export const Page = <S extends TSchema>(item: S) =>
  Type.Object({ items: Type.Array(item), nextCursor: Nullable(Type.String()) })
export { Type }
