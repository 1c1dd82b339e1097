import { sql, texts, uuids } from '#kernel/db/sql.ts'
import { on } from '#kernel/events.ts'
import { takeSnapshots } from './take-snapshots.ts'

/** What a fulfiller would miss on the parcel or its slip. */
const parts: [RegExp, string][] = [
  [/^recipient\./, 'address'],
  [/^(buyerNote|giftText)$/, 'note'],
  [/^service$/, 'service'],
  [/^(shipBy|priority)$/, 'dates'],
]

// What changes on an order changes on its fulfillment orders, until they have left.
on('orders.edited', async (tx, { orderIds, fields = [] }) => {
  const { open } = (await tx.first(sql<{ open: string[] }>`select fulfillment.open_parts(${uuids(orderIds)}) as open`))!
  if (open.length > 0) await takeSnapshots(tx, open)
  const changed = parts.flatMap(([field, part]) => (fields.some((path) => field.test(path)) ? [part] : []))
  if (open.length > 0 && changed.length > 0)
    await tx.rows(sql`select fulfillment.mark_changed(${uuids(orderIds)}, ${texts(changed)})`)
})

on('orders.cancelled', async (tx, { orderIds }) => {
  await tx.rows(sql`select fulfillment.follow_cancelled(${uuids(orderIds)})`)
})
