import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid } from '#kernel/problem.ts'
import { takeStep } from '../take-step.ts'

/**
 * Calls off what was not received; what was received stays. What has left asks for a reason.
 * @throws Problem not_found, wrong_state, changed_meanwhile, invalid_request without a reason
 */
export async function cancelTransfer(tx: Tx, id: string, version: number, given = ''): Promise<void> {
  const reason = given.trim()
  const underWay = await tx.first(sql`
    select from transfers.transfers where id = ${id} and version = ${version} and state in ('shipped', 'delivered', 'partially_received')`)
  if (underWay && reason === '') throw invalid('reason', 'is required: it has left already')
  await takeStep(tx, 'cancel', id, sql`select transfers.cancel(${id}, ${version}, ${reason}) as done`, version)
  await audit(tx, 'transfer.cancelled', { kind: 'transfer', id }, { reason })
}

/**
 * The house waits no longer for the rest, for a reason.
 * @throws Problem not_found, not_permitted for a client, wrong_state, changed_meanwhile
 */
export async function closeTransfer(
  tx: Tx,
  id: string,
  version: number,
  { reason: given, rest }: { reason: string; rest: 'written_off' | 'sent_back' },
): Promise<void> {
  const reason = given.trim()
  if (reason === '') throw invalid('reason', 'is required')
  const back = rest === 'sent_back'
  await takeStep(
    tx,
    'close',
    id,
    sql`select transfers.close_short(${id}, ${version}, ${reason}, ${back}) as done`,
    version,
  )
  await audit(tx, 'transfer.closed-short', { kind: 'transfer', id }, { reason, rest })
}
