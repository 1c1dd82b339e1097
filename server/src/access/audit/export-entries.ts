import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Snapshot, Tx } from '#kernel/db/transaction.ts'
import { type EntryFilter, entryConditions, nameOf, wayOf } from './entries.ts'

/** Records who takes the log out, before the first byte leaves. */
export const recordAuditExport = (tx: Tx, filter: EntryFilter) =>
  audit(tx, 'audit.exported', { kind: 'export', id: uuidv7() }, { ...filter })

const headings = 'at,actor,role,via,action,outcome,record kind,record,record id,changes,request id\r\n'

/** The log as CSV, newest first. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export async function* entriesAsCsv(tx: Snapshot, filter: EntryFilter): AsyncGenerator<string | Buffer> {
  yield `\u{FEFF}${headings}`
  const cells = [
    sql`to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    ...[sql`a.actor`, sql`a.role`, wayOf, sql`a.action`, sql`a.outcome`, sql`a.subject_kind`, nameOf].map(
      (cell) => sql`regexp_replace(${cell}, '^([=+\\-@\t\r\n＝＋－＠])', '''\\1')`,
    ),
    sql`a.subject_id`,
    sql`v.changes`,
    sql`a.request_id`,
  ]
  yield* tx.copy(
    sql`select ${sql.join(cells)} from access.audit a
      left join access.audit_values v on v.account_id = a.account_id and v.audit_id = a.id
     where ${entryConditions(filter)} order by a.at desc, a.id desc`,
    { delimiter: ',' },
  )
}
