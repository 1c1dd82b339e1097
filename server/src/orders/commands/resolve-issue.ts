import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { json, sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import { verbs } from '../lifecycle.ts'
import { refuseStep, tell, typed } from '../step.ts'

/**
 * Says that something is wrong with the address of an order, for whoever works on issues. Once at a time.
 * @throws Problem invalid_request, not_found, wrong_state, already_exists
 */
export async function raiseIssue(tx: Tx, orderId: string, body: { kind: 'address'; reason: string }) {
  const reason = typed('reason', body.reason)
  const id = uuidv7()
  const raised = await tx.first(sql<{ id: string; store_id: string }>`
    insert into orders.issues (account_id, id, order_id, store_id, kind, detail)
    select o.account_id, ${id}, o.id, o.store_id, ${body.kind}, ${json({ reason, by: tx.who.name })}
      from orders.orders o where o.id = ${orderId} and orders.stage_of(o.id) = any (${texts(verbs.raise.stages)})
    on conflict do nothing
    returning order_id as id, store_id`)
  if (!raised) {
    const open = await tx.first(sql`
      select 1 from orders.issues where order_id = ${orderId} and kind = ${body.kind} and resolved_at is null`)
    if (open) throw new Problem('already_exists', 'An address problem is open on this order already.')
    return await refuseStep(tx, orderId, 'raise')
  }
  await tell(tx, raised, 'issue.raised', { issue: body.kind, reason })
  await audit(tx, 'issue.raised', { kind: 'order', id: orderId }, { issue: body.kind, reason })
  return { id }
}

/** Marks an issue as dealt with; one that is resolved already stays so. @throws Problem not_found */
export async function resolveIssue(tx: Tx, id: string, how = '') {
  const resolved = await tx.first(sql<{ id: string; store_id: string; kind: string }>`
    update orders.issues set resolved_at = app.now(), resolved_by = ${tx.who.name}
     where id = ${id} and resolved_at is null
    returning order_id as id, store_id, kind`)
  if (!resolved) {
    if (!(await tx.first(sql`select 1 from orders.issues where id = ${id}`))) throw notFound()
    return {}
  }
  const reason = how.trim() === '' ? {} : { reason: how.trim() }
  await tell(tx, resolved, 'issue.resolved', { issue: resolved.kind, ...reason })
  await audit(tx, 'issue.resolved', { kind: 'order', id: resolved.id }, { issue: resolved.kind, ...reason })
  return {}
}
