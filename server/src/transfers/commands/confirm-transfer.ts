import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { takeStep } from '../take-step.ts'

/**
 * A side confirms what of a client's transfer was counted otherwise than declared: once, when nothing can change any more.
 * @throws Problem not_found, wrong_state
 */
export async function confirmTransfer(tx: Tx, id: string): Promise<void> {
  await takeStep(tx, 'confirm', id, sql`select transfers.confirm(${id}) as done`)
  await audit(tx, 'transfer.confirmed', { kind: 'transfer', id })
}
