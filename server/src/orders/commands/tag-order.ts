import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import { tell, typed } from '../step.ts'

interface Order {
  id: string
  store_id: string
}

/** Adds a tag; one that is there already stays as it is. @throws Problem not_found */
export async function tagOrder(tx: Tx, id: string, body: { tag: string }) {
  const tag = typed('tag', body.tag)
  const added = await tx.first(sql<Order>`
    insert into orders.order_tags (account_id, order_id, store_id, tag)
    select o.account_id, o.id, o.store_id, ${tag} from orders.orders o where o.id = ${id}
    on conflict do nothing returning order_id as id, store_id`)
  return await recorded(tx, id, added, 'order.tagged', tag)
}

/** Takes a tag off; one that is not there is no mistake. @throws Problem not_found */
export async function untagOrder(tx: Tx, id: string, { tag }: { tag: string }) {
  const removed = await tx.first(sql<Order>`
    delete from orders.order_tags where order_id = ${id} and tag = ${tag} returning order_id as id, store_id`)
  return await recorded(tx, id, removed, 'order.untagged', tag)
}

async function recorded(tx: Tx, id: string, changed: Order | undefined, event: string, tag: string) {
  if (!changed) {
    if (!(await tx.first(sql`select 1 from orders.orders where id = ${id}`))) throw notFound()
    return {}
  }
  await tell(tx, changed, event, { tag })
  await audit(tx, event, { kind: 'order', id }, { tag })
  return {}
}
