import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import { sideOf, tell, typed } from '../step.ts'

/**
 * Comments on an order: `internal` stays in the house, `client` is shared with the store's client. The story only says
 * that there was a comment, not what it says.
 * @throws Problem not_found, not_permitted (internal notes are a permission of their own)
 */
export async function commentOrder(tx: Tx, id: string, body: { text: string; visibility: 'internal' | 'client' }) {
  const text = typed('text', body.text)
  const { visibility } = body
  if (visibility === 'internal' && !tx.who.permissions.includes('orders:notes'))
    throw new Problem('not_permitted', 'Internal notes are not for your role: share the comment, or ask a colleague.', {
      extra: { permission: 'orders:notes' },
    })
  const order = await tx.first(
    sql<{ id: string; store_id: string }>`select id, store_id from orders.orders where id = ${id}`,
  )
  if (!order) throw notFound()
  await tx.rows(sql`
    insert into orders.comments (account_id, id, order_id, store_id, visibility, side, author_member_id, author, text)
    values (app.account_id(), ${uuidv7()}, ${id}, ${order.store_id}, ${visibility}, ${sideOf(tx)}, app.member_id(), ${tx.who.name}, ${text})`)
  await tell(tx, order, 'order.commented', { visibility })
  await audit(tx, 'order.commented', { kind: 'order', id }, { visibility })
  return {}
}

/** Notes up to when the caller has read what the other side wrote; an earlier moment than the one noted changes nothing. @throws Problem not_found */
export async function readComments(tx: Tx, id: string, { until }: { until: string }) {
  const order = await tx.first(sql<{ store_id: string }>`select store_id from orders.orders where id = ${id}`)
  if (!order) throw notFound()
  await tx.rows(sql`
    insert into orders.comment_reads as r (account_id, member_id, order_id, store_id, read_at)
    values (app.account_id(), app.member_id(), ${id}, ${order.store_id}, least(${until}::timestamptz, app.now()))
    on conflict (account_id, member_id, order_id) do update set read_at = greatest(r.read_at, excluded.read_at)`)
  return {}
}
