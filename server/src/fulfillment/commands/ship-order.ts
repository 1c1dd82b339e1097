import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { whyNot } from '#orders'
import { type Chosen, chooseUnits, type Units, unshipped } from '../quantities.ts'
import { type Opened, openFulfillmentOrders } from '../queries/open-fulfillment-order.ts'
import { assignLines } from './assign-lines.ts'
import { type Departure, ship } from './ship.ts'

/**
 * Marks an order as shipped by hand: what is with the own warehouse, and what is with nobody, which goes to the warehouse
 * where it is kept, or to the default one, for it. What suppliers have is theirs to ship.
 * @throws Problem not_found, held, not_in_stock, or wrong_state when nothing of it is ours to ship
 */
export async function shipOrder(
  tx: Tx,
  orderId: string,
  departure: Departure & { trackingNumber?: string; lines?: Chosen[] },
): Promise<void> {
  const [[order], lines] = await tx.all(
    sql<{ stage: string; held: boolean }>`
    select orders.stage_of(o.id) as stage,
           exists (select from orders.holds h where h.account_id = o.account_id and h.order_id = o.id and h.released_at is null) as held
      from orders.orders o where o.id = ${orderId}`,
    sql<{ id: string; warehouseId: string }>`
    select l.id, coalesce((select a.warehouse_id from stock.allocations a where a.account_id = l.account_id and a.order_line_id = l.id
                            order by a.allocated desc, a.warehouse_id limit 1), w.id) as "warehouseId"
      from orders.lines l join stock.warehouses w on w.account_id = l.account_id and w.is_default where l.order_id = ${orderId}`,
  )
  if (!order) throw notFound()
  const reason = whyNot('ship', tx.who.permissions, order)
  if (reason) throw new Problem(order.held ? 'held' : 'wrong_state', reason)

  for (const { lineId } of departure.lines ?? []) if (!lines.some(({ id }) => id === lineId)) throw notFound()
  for (const [warehouseId, kept] of Map.groupBy(lines, (line) => line.warehouseId)) {
    const asked = departure.lines ?? kept.map(({ id }): Chosen => ({ lineId: id }))
    const here = asked.filter(({ lineId }) => kept.some(({ id }) => id === lineId))
    const given = here.map(({ lineId, quantity }) => ({ orderId, orderLineId: lineId, quantity }))
    await assignLines(tx, { lines: given, to: { warehouseId } })
  }
  const ours = await tx.rows(sql<{ id: string; line_id: string; order_line_id: string }>`
    select f.id, l.id as line_id, l.order_line_id from fulfillment.fulfillment_orders f
      join fulfillment.lines l on l.account_id = f.account_id and l.fulfillment_order_id = f.id
     where f.order_id = ${orderId} and f.fulfiller = 'warehouse' and f.state in ('open', 'released', 'picking', 'packed') order by f.number, l.position`)
  if (ours.length === 0)
    throw new Problem('wrong_state', 'All of it is with suppliers: mark their part as shipped instead.')
  const opened = await openFulfillmentOrders(tx, [...new Set(ours.map(({ id }) => id))])
  const lineOf = new Map(ours.map((line) => [line.line_id, line.order_line_id]))
  const contents = departure.lines ? chosenOf(opened, lineOf, departure.lines) : allOf(opened)
  await ship(tx, departure, [{ trackingNumber: departure.trackingNumber ?? '', contents }])
}

const allOf = (opened: Opened[]) => opened.map((of) => ({ of, units: chooseUnits(of.lines, undefined, unshipped) }))

/** Spreads the quantities asked of the order's lines over the fulfillment orders that hold them. */
function chosenOf(opened: Opened[], lineOf: Map<string, string>, chosen: Chosen[]) {
  const contents = new Map(opened.map((of) => [of, [] as Units[]]))
  chosen.forEach(({ lineId, quantity }, index) => {
    let rest = quantity ?? Number.POSITIVE_INFINITY
    let open = 0
    for (const [of, units] of contents) {
      for (const line of of.lines.filter(({ id }) => lineOf.get(id) === lineId)) {
        const some = Math.min(rest, unshipped(line))
        open += unshipped(line)
        if (some > 0) units.push({ id: line.id, quantity: some })
        rest -= some
      }
    }
    if (open === 0 || (quantity ?? 0) > open) throw invalid(`lines.${index}.quantity`, `must not be more than ${open}`)
  })
  return [...contents].filter(([, units]) => units.length > 0).map(([of, units]) => ({ of, units }))
}
