import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import { tell, typed } from '../step.ts'

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
  const added = await tx.first(sql<{ id: string; store_id: string }>`
    insert into orders.comments (account_id, id, order_id, store_id, visibility, author_member_id, author, text)
    select o.account_id, ${uuidv7()}, o.id, o.store_id, ${visibility}, app.member_id(), ${tx.who.name}, ${text}
      from orders.orders o where o.id = ${id}
    returning order_id as id, store_id`)
  if (!added) throw notFound()
  await tell(tx, added, 'order.commented', { visibility })
  await audit(tx, 'order.commented', { kind: 'order', id }, { visibility })
  return {}
}
