import { uuidv7 } from 'uuidv7'
import { json, sql } from './db/sql.ts'
import type { Tx } from './db/transaction.ts'

/** Records a deed in the transaction that does it: who, as whom, what, old and new. Never a secret. */
export async function audit(
  tx: Tx,
  action: string,
  subject: { kind: string; id: string },
  changes: Record<string, unknown> = {},
): Promise<void> {
  await tx.rows(sql`
    insert into access.audit (account_id, id, member_id, actor, via, action, subject_kind, subject_id, changes)
    values (app.account_id(), ${uuidv7()}, app.member_id(), ${tx.who.name}, app.via(), ${action}, ${subject.kind}, ${subject.id}, ${json(changes)})`)
}
