import { sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'

/**
 * Holds many orders for one reason until somebody releases them, for a rule. What is shipped or cancelled is passed over.
 * @returns the ids of those that are held now
 */
export async function holdOrders(
  tx: Tx,
  { orderIds, reason }: { orderIds: string[]; reason: string },
): Promise<string[]> {
  if (orderIds.length === 0) return []
  const rows = await tx.rows(sql<{ order_id: string }>`
    with held as (
      insert into orders.holds (account_id, id, order_id, store_id, side, reason, placed_by)
      select o.account_id, gen_random_uuid(), o.id, o.store_id, 'host', ${reason}, ${tx.who.name}
        from orders.orders o where o.id = any (${uuids(orderIds)}) and o.status not in ('shipped', 'cancelled')
      returning account_id, order_id, store_id
    ), told as (
      insert into orders.timeline (account_id, id, order_id, store_id, kind, actor, via, data)
      select account_id, gen_random_uuid(), order_id, store_id, 'order.held', ${tx.who.name}, (select app.via()),
             jsonb_build_object('reason', ${reason}::text, 'until', null)
        from held
    )
    select order_id from held`)
  const ids = rows.map((row) => row.order_id)
  await tx.rows(sql`select orders.recompute(${uuids(ids)})`)
  return ids
}
