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
 * What of each line is kept and what waits; lines that are not counted here are left out. Who may
 * not see stock learns whether it is there.
 * @throws Problem not_found
 */
export async function getOrderStock(tx: Tx, orderId: string) {
  const [orders, lines] = await tx.all(
    sql`select from orders.orders where id = ${orderId}`,
    sql<LineStock>`
      select a.order_line_id as "lineId", sum(a.backordered) = 0 as "inStock", sum(a.allocated)::bigint as allocated,
             sum(a.backordered)::bigint as backordered,
             case when bool_and(a.backordered = 0 or p.promised_on is not null) then max(p.promised_on) end as "promisedOn"
        from stock.allocations a
        left join stock.promised(array[${orderId}]::uuid[]) p on p.order_line_id = a.order_line_id and p.warehouse_id = a.warehouse_id
       where a.order_id = ${orderId} group by a.order_line_id`,
  )
  if (!orders[0]) throw notFound()
  if (tx.who.permissions.includes('stock:read')) return { lines }
  return { lines: lines.map(({ lineId, inStock }) => ({ lineId, inStock })) }
}
