import { Problem } from '../problem.ts'

/**
 * Which constraint means what to a person. A slice adds its own lines by `explainConstraints`; a constraint that is not
 * listed is a bug, and its name never reaches the caller.
 */
const constraints = new Map<string, () => Problem>()

export function explainConstraints(sentences: Record<string, () => Problem>): void {
  for (const [name, problem] of Object.entries(sentences)) constraints.set(name, problem)
}

/** What functions of the database refuse with a code of its own. */
const statesOfTheirOwn = ['last_administrator', 'owner_protected', 'role_archived'] as const
/** The same, with a sentence about this case and, as the hint, what it says as data. */
const statesWithSentence = ['not_in_stock', 'kept_for_orders', 'changed_meanwhile'] as const

interface DatabaseError {
  code?: string
  constraint?: string
  detail?: string
  hint?: string
  message?: string
}

/** Turns what PostgreSQL refused into what a person may read; anything unknown is returned as it came. */
export function asProblem(error: unknown): unknown {
  const { code = '', constraint, detail, hint, message = '' } = error as DatabaseError
  if (error instanceof Problem) return error
  if (code === 'CD401') return new Problem('not_signed_in')
  if (code === 'CD403' && detail === 'outside_hours') return new Problem('outside_hours')
  if (code === 'CD403') return new Problem('not_permitted', undefined, { extra: { permission: detail?.split('|')[0] } })
  if (code === 'CD404') return new Problem('not_found')
  const stated = statesWithSentence.find((one) => code === 'CD409' && one === detail)
  if (stated) return new Problem(stated, message, { extra: JSON.parse(hint ?? '{}') })
  if (code === 'CD409') return new Problem(statesOfTheirOwn.find((one) => one === detail) ?? 'wrong_state')
  if (constraint && constraints.has(constraint)) return constraints.get(constraint)!()
  // A row that policies keep out of reach is refused in the words of one that does not exist.
  if (code === '42501' && message.startsWith('new row violates'))
    return Object.assign(new Problem('not_found'), { cause: error })
  if (code === '22003' || code === '22008')
    return Object.assign(new Problem('invalid_request', 'A number or a date in it is beyond what can be kept.'), {
      cause: error,
    })
  if (code === '55P03' || code === '40001' || code === '40P01') return new Problem('busy')
  if (code === '57014')
    return Object.assign(
      new Problem('unavailable', 'This took longer than it may. Try again, or ask for less at once.'),
      {
        cause: error,
      },
    )
  if (isLost(error) || /^53/.test(code) || /timeout exceeded when trying to connect/.test(message))
    return Object.assign(new Problem('unavailable'), { cause: error })
  return error
}

/**
 * The connection is gone, or leads to a server that takes no writes any more: it is no refusal of the statement. Unless that
 * was a commit, what it was about was not done.
 */
export function isLost(error: unknown): boolean {
  const { code = '', message = '' } = error as DatabaseError
  return (
    /^(08|57P|25006)/.test(code) ||
    /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOENT|EAI_)/.test(code) ||
    /^(Connection terminated|Client (was closed|has encountered a connection error))/.test(message)
  )
}

/** What was prepared no longer fits the tables (a newer version changed them beside us), or is gone: another connection will do. */
export const isOutdated = (error: unknown) => ['0A000', '26000'].includes((error as DatabaseError).code ?? '')
