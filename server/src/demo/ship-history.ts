import { assignLines, shipFulfillmentOrder } from '#fulfillment'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'

interface Line {
  order_id: string
  line_id: string
  supplier_id: string
  shipped_on: string
}

/** Days after which an order of the demo has left; what is younger waits in the queues. */
const daysToShip = 4

/** Lets the demo begin in the middle of the work: older paid orders left on time. */
export async function shipHistory(tx: Tx, orderIds: string[], now: Date): Promise<void> {
  const before = new Date(now.getTime() - daysToShip * 86_400_000).toISOString().slice(0, 10)
  const lines = await tx.rows(sql<Line>`
    select l.order_id, l.id as line_id, p.id as supplier_id, (o.placed_on + 2)::date as shipped_on
      from orders.orders o
      join orders.lines l on l.account_id = o.account_id and l.order_id = o.id
      join orders.line_tags t on t.account_id = l.account_id and t.line_id = l.id
      join access.parties p on p.account_id = o.account_id and p.kind = 'supplier' and t.tag = 'supplier:' || p.name
     where o.id in (select id from jsonb_to_recordset(${json(orderIds.map((id) => ({ id })))}) as x (id uuid))
       and o.placed_on <= ${before}::date and o.payment = 'paid'`)
  const carrierOf = new Map(orderIds.map((id, at) => [id, at % 2 === 0 ? 'DHL' : 'Colissimo']))
  const dayOf = new Map(lines.map((line) => [line.order_id, line.shipped_on]))
  for (const supplierId of new Set(lines.map((line) => line.supplier_id))) {
    const own = lines.filter((line) => line.supplier_id === supplierId)
    const assigned = await assignLines(tx, {
      lines: own.map((line) => ({ orderId: line.order_id, orderLineId: line.line_id })),
      to: { supplierId },
    })
    for (const [at, { fulfillmentOrderId, orderId }] of assigned.entries()) {
      const trackingNumber = `0034 0434 ${supplierId.slice(-4)} ${String(1000 + at)}`.toUpperCase()
      await shipFulfillmentOrder(tx, fulfillmentOrderId, {
        carrier: carrierOf.get(orderId)!,
        cost: { amount: 420 + ((at * 37) % 260), currency: 'EUR' },
        trackingNumber,
        shippedOn: dayOf.get(orderId)!,
      })
    }
  }
}
