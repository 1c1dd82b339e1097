import { sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { on } from '#kernel/events.ts'

/** What is kept for orders follows what they want: new ones, other quantities, fewer. Fulfillment orders see to it themselves. */
const keep = (tx: Tx, orderIds: string[]) => tx.rows(sql`select stock.allocate(${uuids(orderIds)})`)

on('orders.arrived', async (tx, { orderIds }) => {
  await keep(tx, orderIds)
})
on('orders.edited', async (tx, { orderIds, fields = [] }) => {
  if (fields.some((field) => field.startsWith('lines.'))) await keep(tx, orderIds)
})
on('orders.cancelled', async (tx, { orderIds }) => {
  await keep(tx, orderIds)
})
