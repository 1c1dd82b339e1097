import type { Principal } from './db/transaction.ts'
import type { Deps } from './deps.ts'

/** What reads rather than changes, and is entered in the audit record all the same. */
export const readingActions = [
  'audit.exported',
  'buyer.exported',
  'buyer.looked-up',
  'fulfillment_order.recipient-read',
  'fulfillment_order.slip-printed',
  'mail.link-revealed',
  'order.contact-read',
  'orders.export_finished',
  'orders.exported',
  'queue.exported',
  'statement.exported',
  'stock.exported',
  'transfers.exported',
] as const
export type ReadingAction = (typeof readingActions)[number]

interface Read {
  accountId: string
  memberId: string
  via: string
  action: string
  kind: string
  /** Null: no record by itself, and each time counts. */
  subjectId: string | null
  requestId: string
  /** In a view, with whose rights. */
  asWhom: string | null
}

const noted = new WeakMap<Deps, Map<string, Read>>()
const notesOf = (deps: Deps) => {
  const known = noted.get(deps) ?? new Map<string, Read>()
  noted.set(deps, known)
  return known
}

/**
 * Notes that somebody opened a record with personal data. Written a moment later (`writeReads`), so that a look costs no
 * write of its own; once per person, record and hour. In a view it is the one who looks.
 */
export function noteRead(
  deps: Deps,
  who: Principal,
  { action, id, requestId }: { action: ReadingAction; id: string | undefined; requestId: string },
): void {
  const memberId = who.viewerId ?? who.memberId
  notesOf(deps).set(`${memberId} ${action} ${id ?? requestId}`, {
    accountId: who.accountId,
    memberId,
    via: who.via,
    action,
    kind: action.split('.')[0]!,
    subjectId: id ?? null,
    requestId,
    asWhom: who.viewerId ? who.name : null,
  })
}

/** Whether an answer holds what makes the look an entry: a file always, a record where it names the recipient or the buyer. */
export const isPersonal = (answer: unknown): boolean =>
  typeof answer !== 'object' || answer === null || 'pipe' in answer || ArrayBuffer.isView(answer)
    ? true
    : 'contact' in answer || 'recipient' in answer

/** Enters what was noted since; what cannot be written now is kept for the next time, within bounds. */
export async function writeReads(deps: Deps): Promise<void> {
  const notes = notesOf(deps)
  if (notes.size === 0) return
  const batch = [...notes]
  notes.clear()
  try {
    await deps.pools.worker.query('select access.record_reads($1)', [JSON.stringify(batch.map(([, read]) => read))])
  } catch (error) {
    if (notes.size < 10_000) for (const [key, read] of batch) if (!notes.has(key)) notes.set(key, read)
    throw error
  }
}
