import { sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { OrderFacts } from '../condition/explain.ts'
import { countingLines } from '../condition/to-sql.ts'

/** What conditions see of these orders, by id; orders the caller does not see are missing. */
export async function factsOf(tx: Tx, orderIds: string[]): Promise<Map<string, OrderFacts>> {
  const rows = await tx.rows(sql<OrderFacts & { id: string }>`
    select o.id, o.country, o.store_id as "storeId", o.service,
           array(select t.tag from orders.order_tags t where t.account_id = o.account_id and t.order_id = o.id
                  and t.side = 'host' order by t.tag) as tags,
           (select coalesce(jsonb_agg(jsonb_build_object('sku', l.sku, 'tags',
                     array(select t.tag from orders.line_tags t where t.account_id = l.account_id and t.line_id = l.id order by t.tag))
                     order by l.position), '[]')
              from orders.lines l where l.account_id = o.account_id and l.order_id = o.id and ${countingLines}) as lines,
           counts.quantity, counts.lines as "lineCount"
      from orders.orders o
     cross join lateral (
       select coalesce(sum(l.quantity - l.cancelled_quantity), 0)::integer as quantity, count(*)::integer as lines
         from orders.lines l where l.account_id = o.account_id and l.order_id = o.id and ${countingLines}) as counts
     where o.id = any (${uuids(orderIds)})`)
  return new Map(rows.map(({ id, ...facts }) => [id, facts]))
}
