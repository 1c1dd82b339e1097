import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Handlers } from '#kernel/routes.ts'
import type { auditContract } from './contract.ts'
import { listEntries, listHistory } from './entries.ts'
import { entriesAsCsv, recordAuditExport } from './export-entries.ts'

export const auditHandlers: Handlers<typeof auditContract> = {
  listAuditEntries: listEntries,
  getAuditSeal: ({ tx }) => getSeal(tx),
  async exportAuditEntries({ tx, body, stream, reply }) {
    await recordAuditExport(tx, body)
    reply.header('content-disposition', 'attachment; filename="audit-log.csv"')
    return stream((snapshot) => entriesAsCsv(snapshot, body))
  },
  listHistory: ({ tx, query }) => listHistory(tx, query.kind, query.id),
}

/** How far the chain goes; `crossdock audit verify` reads it from its beginning. */
async function getSeal(tx: Tx) {
  const [heads, waiting, actions] = await tx.all(
    sql<{ seq: number; hash: string; at: string; key: string }>`
      select seq, encode(hash, 'hex') as hash, at, key from access.audit_heads`,
    sql<{ count: number }>`select count(*) as count from access.audit where seq is null`,
    // One step of an index for each action there is, whatever the length of the log.
    sql<{ action: string }>`
      with recursive each as (
        (select action from access.audit where account_id = app.account_id() order by action limit 1)
        union all
        select (select a.action from access.audit a where a.account_id = app.account_id() and a.action > each.action order by a.action limit 1)
          from each where each.action is not null)
      select action from each where action is not null order by action`,
  )
  const head = heads[0]
  return {
    sealed: head?.seq ?? 0,
    waiting: waiting[0]!.count,
    head: head ? { hash: head.hash, at: head.at, key: head.key } : null,
    actions: actions.map(({ action }) => action),
  }
}
