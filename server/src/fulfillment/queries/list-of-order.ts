import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import { type State, whatCanBeDone } from '../lifecycle.ts'
import { assigneeOf } from './assignee.ts'
import type { LineFacts } from './open-fulfillment-order.ts'
import { costOf, type Gone, goneOf, type KeptCost, toShipments } from './shipments.ts'

interface Row {
  id: string
  number: string
  fulfiller: 'warehouse' | 'supplier'
  fulfillerId: string
  fulfillerName: string
  state: State
  onHold: boolean
  acceptedAt: string | null
  shippedAt: string | null
  assignee: { id: string; name: string } | null
  lines: (LineFacts & { orderLineId: string; sku: string; name: string; rejectReason: string })[]
  gone: Gone[]
}

/**
 * Who has what of an order and what left, with what the caller may do; and what nobody has.
 * @throws Problem not_found, the same for another's order and for none
 */
export async function listOfOrder(tx: Tx, orderId: string) {
  const [orders, rows, unassigned, costs] = await tx.all(
    sql<{ id: string }>`select id from orders.orders where id = ${orderId}`,
    sql<Row>`
      select f.id, f.number, f.fulfiller, coalesce(f.supplier_id, f.warehouse_id) as "fulfillerId", f.fulfiller_name as "fulfillerName", f.state,
             f.on_hold as "onHold", f.accepted_at as "acceptedAt", f.shipped_at as "shippedAt", ${assigneeOf} as assignee, coalesce((
               select json_agg(json_build_object('id', l.id, 'orderLineId', l.order_line_id, 'sku', l.sku, 'name', l.name, 'quantity', l.quantity,
                        'accepted', l.accepted, 'rejected', l.rejected, 'cancelled', l.cancelled, 'shipped', l.shipped, 'rejectReason', l.reject_reason)
                        order by l.position, l.id)
                 from fulfillment.lines l where l.account_id = f.account_id and l.fulfillment_order_id = f.id and l.quantity > 0), '[]') as lines,
             ${goneOf} as gone
        from fulfillment.fulfillment_orders f where f.order_id = ${orderId} and f.state <> 'unassigned' order by f.created_at, f.number`,
    sql<{ orderLineId: string; sku: string; name: string; quantity: number }>`
      select * from (
        select l.id as "orderLineId", l.sku, l.name, l.position, l.quantity - l.cancelled_quantity - coalesce(h.held, 0) as quantity
          from orders.lines l left join fulfillment.units_of(array[${orderId}]::uuid[]) h on h.order_line_id = l.id where l.order_id = ${orderId} and l.requires_shipping) as free
       where quantity > 0 order by position`,
    // Empty for who may not read it.
    sql<KeptCost & { id: string }>`
      select distinct c.shipment_id as id, c.amount, c.currency, c.version
        from fulfillment.fulfillment_orders f
        join fulfillment.lines l on l.account_id = f.account_id and l.fulfillment_order_id = f.id
        join fulfillment.parcel_lines pl on pl.account_id = l.account_id and pl.line_id = l.id
        join fulfillment.parcels p on p.account_id = pl.account_id and p.id = pl.parcel_id
        join fulfillment.shipment_costs c on c.account_id = p.account_id and c.shipment_id = p.shipment_id
       where f.order_id = ${orderId}`,
  )
  if (!orders[0]) throw notFound()
  const mayRead = tx.who.permissions.includes('shipping-costs:read')
  const charged = (shipmentId: string) => {
    if (!mayRead) return
    const { version, cost } = costOf(costs.find(({ id }) => id === shipmentId))
    return { costVersion: version, ...(cost && { cost }) }
  }
  return {
    items: rows.map(({ gone, ...row }) => ({
      ...row,
      shipments: toShipments(gone).map((shipment) => ({ ...shipment, ...charged(shipment.id) })),
      can: whatCanBeDone(tx.who.permissions, row),
    })),
    unassigned: unassigned.map(({ orderLineId, sku, name, quantity }) => ({ orderLineId, sku, name, quantity })),
  }
}

/** The order a fulfillment order is part of. */
export async function orderOf(tx: Tx, fulfillmentOrderId: string): Promise<string> {
  const row = await tx.first(sql<{ order_id: string }>`
    select order_id from fulfillment.fulfillment_orders where id = ${fulfillmentOrderId}`)
  if (!row) throw notFound()
  return row.order_id
}

/** Whether the caller still sees the order. */
export const sees = async (tx: Tx, orderId: string): Promise<boolean> =>
  (await tx.first(sql`select 1 from orders.orders where id = ${orderId}`)) !== undefined
