import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'

interface LineStock {
  lineId: string
  inStock: boolean
  allocated: number
  backordered: number
  promisedOn: string | null
}

/**
 * What of each line is kept and what waits; lines that are not counted here are left out. A line is promised for the day
 * on which so many are announced that those who wait before it and it itself are served, as far as the caller sees transfers.
 * Who may not see stock learns whether it is there.
 * @throws Problem not_found
 */
export async function getOrderStock(tx: Tx, orderId: string) {
  const [orders, lines] = await tx.all(
    sql`select from orders.orders where id = ${orderId}`,
    sql<LineStock>`
      select a.order_line_id as "lineId", sum(a.backordered) = 0 as "inStock", sum(a.allocated)::bigint as allocated,
             sum(a.backordered)::bigint as backordered,
             case when bool_and(a.backordered = 0 or i.day is not null) then max(i.day) filter (where a.backordered > 0) end as "promisedOn"
        from stock.allocations a
        cross join lateral (
          select coalesce(sum(b.backordered), 0) as before from stock.allocations b
           where b.account_id = a.account_id and b.warehouse_id = a.warehouse_id and b.product_id = a.product_id and b.backordered > 0
             and (b.placed_at, b.order_line_id) <= (a.placed_at, a.order_line_id)) w
        left join lateral (
          select min(c.day) as day from (
            select t.expected_on as day, sum(sum(x.remaining)) over (order by t.expected_on) as arrived
              from transfers.lines x join transfers.transfers t on t.account_id = x.account_id and t.id = x.transfer_id
             where x.account_id = a.account_id and x.product_id = a.product_id and t.warehouse_id = a.warehouse_id
               and t.state in ('to_ship', 'shipped', 'delivered', 'partially_received') and t.expected_on is not null
             group by t.expected_on) c
           where c.arrived >= w.before) i on a.backordered > 0
       where a.order_id = ${orderId} group by a.order_line_id`,
  )
  if (!orders[0]) throw notFound()
  if (tx.who.permissions.includes('stock:read')) return { lines }
  return { lines: lines.map(({ lineId, inStock }) => ({ lineId, inStock })) }
}
