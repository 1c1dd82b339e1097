import { sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'

/**
 * Puts a tag on many orders, for a rule.
 * @returns the ids of those that had it not
 */
export async function tagOrders(tx: Tx, { orderIds, tag }: { orderIds: string[]; tag: string }): Promise<string[]> {
  if (orderIds.length === 0) return []
  const rows = await tx.rows(sql<{ order_id: string }>`
    with added as (
      insert into orders.order_tags (account_id, order_id, store_id, tag, source)
      select o.account_id, o.id, o.store_id, ${tag}, 'rule' from orders.orders o where o.id = any (${uuids(orderIds)})
      on conflict do nothing returning account_id, order_id, store_id
    ), told as (
      insert into orders.timeline (account_id, id, order_id, store_id, kind, actor, via, data)
      select account_id, gen_random_uuid(), order_id, store_id, 'order.tagged', ${tx.who.name}, (select app.via()), jsonb_build_object('tag', ${tag}::text)
        from added
    )
    select order_id from added`)
  return rows.map((row) => row.order_id)
}
