import { sql } from '#kernel/db/sql.ts'
import { Problem } from '#kernel/problem.ts'
import type { Handlers } from '#kernel/routes.ts'
import { accept, reject } from './commands/answer.ts'
import { assignOrder, assignOrders } from './commands/assign-orders.ts'
import { handOrders, listAssignees, setAssignee } from './commands/set-assignee.ts'
import { shipFulfillmentOrder } from './commands/ship.ts'
import { shipMany } from './commands/ship-many.ts'
import { shipOrder } from './commands/ship-order.ts'
import { correctCost } from './commands/shipment-cost.ts'
import { unassign } from './commands/unassign.ts'
import type { fulfillmentContract } from './contract.ts'
import { listAverages } from './queries/averages.ts'
import { listOfOrder, orderOf, sees } from './queries/list-of-order.ts'
import { slipsOf } from './queries/slips.ts'
import { printSlips } from './slip.ts'

export const fulfillmentHandlers: Handlers<typeof fulfillmentContract> = {
  listFulfillmentOrders: ({ tx, params }) => listOfOrder(tx, params.id),
  async listFulfillers({ tx }) {
    const items = await tx.rows(sql<{ kind: 'warehouse' | 'supplier'; id: string; name: string }>`
      select 'supplier' as kind, id, name from access.parties where kind = 'supplier' and archived_at is null
      union all select 'warehouse', id, name from stock.warehouses order by kind, name`)
    return { items }
  },
  async assignOrder({ tx, params, body }) {
    await assignOrder(tx, params.id, body)
    return await listOfOrder(tx, params.id)
  },
  assignOrders: ({ tx, body }) => assignOrders(tx, body),
  async shipOrder({ tx, params, body }) {
    await shipOrder(tx, params.id, body)
    return await listOfOrder(tx, params.id)
  },
  async unassignFulfillmentOrder({ tx, params }) {
    const orderId = await orderOf(tx, params.id)
    await unassign(tx, params.id)
    // Who reached no more of the order than this part sees nothing of it from now on.
    return (await sees(tx, orderId)) ? await listOfOrder(tx, orderId) : { items: [], unassigned: [] }
  },
  async listAssignees({ tx }) {
    return { items: await listAssignees(tx) }
  },
  handFulfillmentOrders: ({ tx, body }) => setAssignee(tx, body.ids, body.memberId),
  handOrders: ({ tx, body }) => handOrders(tx, body.orderIds, body.memberId),
  async acceptFulfillmentOrder({ tx, params, body }) {
    await accept(tx, params.id, body.lines)
    return await listOfOrder(tx, await orderOf(tx, params.id))
  },
  async rejectFulfillmentOrder({ tx, params, body }) {
    await reject(tx, params.id, body.reason, body.lines)
    return await listOfOrder(tx, await orderOf(tx, params.id))
  },
  async shipFulfillmentOrder({ tx, params, body }) {
    await shipFulfillmentOrder(tx, params.id, body)
    return await listOfOrder(tx, await orderOf(tx, params.id))
  },
  async shipFulfillmentOrders({ tx, body }) {
    if (!tx.who.permissions.includes('orders:bulk'))
      throw new Problem('not_permitted', undefined, { extra: { permission: 'orders:bulk' } })
    return await shipMany(tx, body)
  },
  setShipmentCost: ({ tx, params, version, body }) => correctCost(tx, params.id, version, body.cost),
  listAverages: ({ tx }) => listAverages(tx),
  async printSlip({ tx, params, query, reply }) {
    const slips = await slipsOf(tx, [params.id])
    reply.header('content-disposition', `inline; filename="slip.pdf"`)
    return printSlips(slips, query.language)
  },
}
