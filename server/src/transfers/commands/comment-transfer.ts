import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, notFound } from '#kernel/problem.ts'

/** Says something that both sides read. @throws Problem not_found, invalid_request where nothing is said */
export async function commentTransfer(tx: Tx, id: string, said: string): Promise<void> {
  const text = said.trim()
  if (text === '') throw invalid('text', 'is required')
  const row = await tx.first(sql<{ done: boolean }>`select transfers.comment(${id}, ${text}) as done`)
  if (!row?.done) throw notFound()
  await audit(tx, 'transfer.commented', { kind: 'transfer', id })
}
