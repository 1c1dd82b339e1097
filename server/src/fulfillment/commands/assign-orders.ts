import { audit, auditEach } from '#kernel/audit.ts'
import { sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { whyNot } from '#orders'
import type { Chosen } from '../quantities.ts'
import { type Assignment, assignLines } from './assign-lines.ts'

interface Target {
  supplierId?: string
  warehouseId?: string
}

/** @throws Problem invalid_request unless exactly one fulfiller is named */
function fulfillerOf({ supplierId, warehouseId }: Target): Assignment['to'] {
  if (supplierId && !warehouseId) return { supplierId }
  if (warehouseId && !supplierId) return { warehouseId }
  throw invalid('supplierId', 'name either a supplier or a warehouse')
}

/**
 * Assigns chosen lines of an order, or all that nobody has.
 * @throws Problem not_found for an order or line of elsewhere, wrong_state when there is nothing to assign
 */
export async function assignOrder(tx: Tx, orderId: string, { lines, ...target }: Target & { lines?: Chosen[] }) {
  const to = fulfillerOf(target)
  const order = await tx.first(
    sql<{ stage: string }>`select orders.stage_of(id) as stage from orders.orders where id = ${orderId}`,
  )
  if (!order) throw notFound()
  const reason = whyNot('assign', tx.who.permissions, order)
  if (reason) throw new Problem('wrong_state', reason)
  const known = await linesOf(tx, [orderId])
  for (const { lineId } of lines ?? []) if (!known.some((line) => line.orderLineId === lineId)) throw notFound()
  const asked = lines?.map(({ lineId, quantity }) => ({ orderId, orderLineId: lineId, quantity }))
  const assigned = await assignLines(tx, { lines: asked ?? known, to })
  if (assigned.length === 0)
    throw new Problem('wrong_state', 'Somebody has all of it already: take it back first, then assign it anew.')
  await audit(tx, 'order.assigned', { kind: 'order', id: orderId }, { ...to, fulfillmentOrders: assigned })
}

/**
 * Assigns all that nobody has of many orders, answered order by order.
 * @throws Problem not_permitted to who may do so only one by one; not_found for the whole call where one of the ids is not
 * the caller's to see
 */
export async function assignOrders(tx: Tx, { orderIds, ...target }: Target & { orderIds: string[] }) {
  if (!tx.who.permissions.includes('orders:bulk'))
    throw new Problem('not_permitted', undefined, { extra: { permission: 'orders:bulk' } })
  const to = fulfillerOf(target)
  const orders = await tx.rows(sql<{ id: string; number: string; status: string }>`
    select id, number, status from orders.orders where id = any (${uuids(orderIds)})`)
  if (orders.length < orderIds.length) throw notFound()
  const assigned = await assignLines(tx, { lines: await linesOf(tx, orderIds), to })
  await auditEach(
    tx,
    'order.assigned',
    'order',
    assigned.map(({ orderId, ...made }) => ({ id: orderId, changes: { ...to, ...made } })),
  )
  const rows = orders.map(({ id, number, status }) => {
    const made = assigned.find(({ orderId }) => orderId === id)
    const closed = status === 'shipped' || status === 'cancelled'
    const result = made ? ('assigned' as const) : closed ? ('closed' as const) : ('nothing_to_assign' as const)
    return { orderId: id, number, result, fulfillmentOrder: made?.number ?? null }
  })
  return { rows }
}

const linesOf = (tx: Tx, orderIds: string[]) =>
  tx.rows(sql<{ orderId: string; orderLineId: string }>`
    select order_id as "orderId", id as "orderLineId" from orders.lines where order_id = any (${uuids(orderIds)})`)
