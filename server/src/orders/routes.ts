import { sql } from '#kernel/db/sql.ts'
import type { Handlers } from '#kernel/routes.ts'
import type { ordersContract } from './contract.ts'
import { countByStatus, countOrders } from './queries/count-orders.ts'
import { getOrder } from './queries/get-order.ts'
import { listOrders } from './queries/list-orders.ts'

export const ordersHandlers: Handlers<typeof ordersContract> = {
  listOrders,
  countOrders: ({ tx, query }) => countOrders(tx, query),
  countByStatus: ({ tx }) => countByStatus(tx),
  getOrder: ({ tx, params }) => getOrder(tx, params.id),
  async listProductTagsOnOrders({ tx, query }) {
    const wanted = query.q ?? ''
    const rows = await tx.rows(sql<{ tag: string }>`
      select distinct tag from orders.line_tags where lower(tag) >= lower(${wanted}) and lower(tag) < lower(${wanted}) || ${'\u{10FFFF}'} order by tag limit 100`)
    return { items: rows.map(({ tag }) => tag) }
  },
}
