import { uuidv7 } from 'uuidv7'
import { json, sql } from './db/sql.ts'
import type { Tx } from './db/transaction.ts'

/**
 * Records a deed in the transaction that does it: who, as whom, what, old and new. `changes` is kept apart from the entry,
 * where it can be erased; the entry keeps the names of its fields. Never a secret.
 */
export async function audit(
  tx: Tx,
  action: string,
  subject: { kind: string; id: string },
  changes: object = {},
): Promise<void> {
  await entry(tx, action, 'done', subject, changes)
}

/** Records the same deed for each of many, in one statement. */
export async function auditEach(
  tx: Tx,
  action: string,
  kind: string,
  deeds: readonly { id: string; changes: object }[],
): Promise<void> {
  const rows = deeds.map(({ id, changes }) => ({ id: uuidv7(), subject_id: id, changes }))
  await tx.rows(sql`
    select access.record(r.id, ${action}, 'done', ${kind}, r.subject_id, ${tx.requestId ?? null}, r.changes)
      from jsonb_to_recordset(${json(rows)}) as r (id uuid, subject_id uuid, changes jsonb)`)
}

/** Records that somebody known was refused: `action` is the name of the endpoint, `code` the problem's. */
export async function auditRefusal(tx: Tx, action: string, code: string, id: string | undefined): Promise<void> {
  await entry(tx, action, code, id === undefined ? undefined : { kind: 'request', id }, {})
}

async function entry(
  tx: Tx,
  action: string,
  outcome: string,
  subject: { kind: string; id: string } | undefined,
  changes: object,
) {
  await tx.rows(sql`
    select access.record(${uuidv7()}, ${action}, ${outcome}, ${subject?.kind ?? null}, ${subject?.id ?? null},
                         ${tx.requestId ?? null}, ${json(changes)})`)
}
