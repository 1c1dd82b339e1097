import { sql, uuids } from '#kernel/db/sql.ts'
import { on } from '#kernel/events.ts'
import { takeSnapshots } from './take-snapshots.ts'

// What changes on an order changes on its fulfillment orders, until they have left.
on('orders.edited', async (tx, { orderIds }) => {
  const open = await tx.rows(sql<{ id: string }>`
    select id from fulfillment.fulfillment_orders
     where order_id = any (${uuids(orderIds)}) and state not in ('shipped', 'rejected', 'cancelled', 'unassigned')`)
  if (open.length > 0)
    await takeSnapshots(
      tx,
      open.map(({ id }) => id),
    )
})

on('orders.cancelled', async (tx, { orderIds }) => {
  await tx.rows(sql`select fulfillment.follow_cancelled(${uuids(orderIds)})`)
})
