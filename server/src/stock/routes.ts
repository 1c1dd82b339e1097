import { sql } from '#kernel/db/sql.ts'
import type { Handlers } from '#kernel/routes.ts'
import { adjustStock } from './commands/adjust-stock.ts'
import { changeStockSettings } from './commands/change-settings.ts'
import { answerCount, countStock } from './commands/count-stock.ts'
import { changeWarehouse, createWarehouse, orderStoreWarehouses } from './commands/keep-warehouses.ts'
import { setLowLevel } from './commands/set-low-level.ts'
import type { stockContract } from './contract.ts'
import { listCounts } from './queries/counts.ts'
import { stockFile } from './queries/export-stock.ts'
import { getProductStock, listStock } from './queries/levels.ts'
import { listMovements } from './queries/movements.ts'
import { getOrderStock } from './queries/order-stock.ts'
import { getStockSettings } from './queries/settings.ts'
import { listWarehouses, storeOrders } from './queries/warehouses.ts'

export const stockHandlers: Handlers<typeof stockContract> = {
  listStock,
  async exportStock({ query, stream, reply }) {
    reply.header('content-disposition', 'attachment; filename="stock.csv"')
    return stream((tx) => stockFile(tx, query.language ?? 'en'))
  },
  getProductStock: ({ tx, params }) => getProductStock(tx, params.id),
  listMovements,
  async adjustStock({ tx, body }) {
    await adjustStock(tx, body)
    const row = await tx.first(sql<{ onHand: number; available: number }>`
      select sum(on_hand)::bigint as "onHand", sum(on_hand - allocated)::bigint as available
        from stock.levels where warehouse_id = ${body.warehouseId} and product_id = ${body.productId}`)
    return row!
  },
  listCounts,
  countStock: ({ tx, body }) => countStock(tx, body),
  async answerCount({ tx, params, version, body }) {
    await answerCount(tx, params.id, version, body.approve)
    return { state: body.approve ? 'applied' : 'refused' }
  },
  getStockSettings: ({ tx }) => getStockSettings(tx),
  changeStockSettings: ({ tx, version, body }) => changeStockSettings(tx, version, body),
  setLowLevel: ({ tx, version, body }) => setLowLevel(tx, version, body),
  getOrderStock: ({ tx, params }) => getOrderStock(tx, params.id),
  listWarehouses: ({ tx, query }) => listWarehouses(tx, query.archived),
  createWarehouse: ({ tx, body }) => createWarehouse(tx, body),
  changeWarehouse: ({ tx, params, version, body }) => changeWarehouse(tx, params.id, version, body),
  listStoreWarehouses: async ({ tx }) => ({ items: await tx.rows(storeOrders()) }),
  orderStoreWarehouses: ({ tx, params, version, body }) =>
    orderStoreWarehouses(tx, params.id, version, body.warehouseIds),
}
