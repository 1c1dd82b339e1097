import { auditEach } from '#kernel/audit.ts'
import { sql, texts, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { steps } from '../lifecycle.ts'
import { openFulfillmentOrders } from '../queries/open-fulfillment-order.ts'
import { checkStep } from './check-step.ts'
import { record } from './record.ts'

interface Assignee {
  id: string
  name: string
  supplierId: string | null
}

/** The people to whom the caller may give fulfillment orders. */
export const listAssignees = (tx: Tx) =>
  tx.rows(sql<Assignee>`select id, name, supplier_id as "supplierId" from fulfillment.assignees()`)

/**
 * Gives fulfillment orders to a person of their fulfiller, or with null to nobody. Who sees only what is his own gains or
 * loses sight of them with his next request.
 * @throws Problem not_found where one of them is not the caller's, wrong_state, invalid_request for a person of another company
 */
export async function setAssignee(tx: Tx, ids: string[], memberId: string | null) {
  const opened = await openFulfillmentOrders(tx, ids)
  if (opened.length < ids.length) throw notFound()
  for (const one of opened) checkStep('hand', one)
  const assignee = memberId === null ? undefined : (await listAssignees(tx)).find(({ id }) => id === memberId)
  if (memberId !== null && !assignee) throw invalid('memberId', 'is nobody who can be given this')
  if (assignee && opened.some(({ supplierId }) => supplierId !== assignee.supplierId))
    throw invalid('memberId', 'does not work for the one who is to ship this')
  const name = assignee?.name ?? ''
  // Told first: afterwards it may be out of the teller's own sight.
  await record(
    tx,
    name ? 'fulfillment.handed' : 'fulfillment.handed-back',
    ids.map((id) => ({ id, data: { assignee: name } })),
  )
  await tx.rows(sql`select fulfillment.set_assignee(${uuids(ids)}, ${memberId})`)
  await auditEach(
    tx,
    'fulfillment_order.assignee-changed',
    'fulfillment_order',
    opened.map(({ id, assignee: before }) => ({ id, changes: { assignee: [before, name] } })),
  )
  return { changed: ids.length, before: opened.map(({ id, assigneeId }) => ({ id, memberId: assigneeId })) }
}

/**
 * Gives to a person what his own company, or the house, has to ship of many orders; with null, takes back what anybody has.
 * What is with nobody, with another company, or has left is passed over.
 * @throws Problem not_permitted to who may do so only one by one; not_found for the whole call where one of the orders is not
 * the caller's to see, invalid_request for somebody who can be given nothing
 */
export async function handOrders(tx: Tx, orderIds: string[], memberId: string | null) {
  if (orderIds.length > 1 && !tx.who.permissions.includes('orders:bulk'))
    throw new Problem('not_permitted', undefined, { extra: { permission: 'orders:bulk' } })
  const assignee = memberId === null ? undefined : (await listAssignees(tx)).find(({ id }) => id === memberId)
  if (memberId !== null && !assignee) throw invalid('memberId', 'is nobody who can be given this')
  const [orders, parts] = await tx.all(
    sql`select id from orders.orders where id = any (${uuids(orderIds)})`,
    sql<{ id: string; order_id: string }>`
      select id, order_id from fulfillment.fulfillment_orders
       where order_id = any (${uuids(orderIds)}) and state = any (${texts(steps.hand.from)})
         and ${assignee ? sql`supplier_id is not distinct from ${assignee.supplierId}::uuid` : sql`assignee_member_id is not null`}
       order by id`,
  )
  if (orders.length < orderIds.length) throw notFound()
  const ids = parts.map(({ id }) => id)
  const given = ids.length > 0 ? await setAssignee(tx, ids, memberId) : { changed: 0, before: [] }
  return { ...given, passedOver: orderIds.length - new Set(parts.map(({ order_id }) => order_id)).size }
}
