import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import { type Side, sideOf, tell, typed } from '../step.ts'

interface Order {
  id: string
  store_id: string
}

/**
 * Adds a tag; one that is there already stays as it is. The house may also add one of the client's side, for him to see; a
 * client has those of his own side only.
 * @throws Problem not_found, not_permitted
 */
export async function tagOrder(tx: Tx, id: string, body: { tag: string; side?: Side }) {
  const tag = typed('tag', body.tag)
  const side = body.side ?? sideOf(tx)
  if (side === 'host' && sideOf(tx) === 'client')
    throw new Problem('not_permitted', 'Tags of the host are not yours to set: leave the side away.')
  if (side === 'client' && sideOf(tx) === 'host' && !tx.who.permissions.includes('orders:tag-portal'))
    throw new Problem('not_permitted', 'Tags that the client sees are not for your role: leave the side away.', {
      extra: { permission: 'orders:tag-portal' },
    })
  const added = await tx.first(sql<Order>`
    insert into orders.order_tags (account_id, order_id, store_id, tag, side)
    select o.account_id, o.id, o.store_id, ${tag}, ${side} from orders.orders o where o.id = ${id}
    on conflict do nothing returning order_id as id, store_id`)
  return await recorded(tx, id, added, 'order.tagged', { tag, side })
}

/** Takes a tag of the caller's own side off; one that is not there is no mistake. @throws Problem not_found */
export async function untagOrder(tx: Tx, id: string, { tag }: { tag: string }) {
  const removed = await tx.first(sql<Order>`
    delete from orders.order_tags where order_id = ${id} and tag = ${tag} and side = ${sideOf(tx)} returning order_id as id, store_id`)
  return await recorded(tx, id, removed, 'order.untagged', { tag, side: sideOf(tx) })
}

async function recorded(
  tx: Tx,
  id: string,
  changed: Order | undefined,
  event: string,
  about: { tag: string; side: Side },
) {
  if (!changed) {
    if (!(await tx.first(sql`select 1 from orders.orders where id = ${id}`))) throw notFound()
    return {}
  }
  await tell(tx, changed, event, about)
  await audit(tx, event, { kind: 'order', id }, about)
  return {}
}
