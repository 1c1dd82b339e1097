import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import { tell } from '../step.ts'

/** Marks an issue as dealt with; one that is resolved already stays so. @throws Problem not_found */
export async function resolveIssue(tx: Tx, id: string) {
  const resolved = await tx.first(sql<{ id: string; store_id: string; kind: string }>`
    update orders.issues set resolved_at = app.now(), resolved_by = ${tx.who.name}
     where id = ${id} and resolved_at is null
    returning order_id as id, store_id, kind`)
  if (!resolved) {
    if (!(await tx.first(sql`select 1 from orders.issues where id = ${id}`))) throw notFound()
    return {}
  }
  await tell(tx, resolved, 'issue.resolved', { issue: resolved.kind })
  await audit(tx, 'issue.resolved', { kind: 'order', id: resolved.id }, { issue: resolved.kind })
  return {}
}
