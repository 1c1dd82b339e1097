import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { guardedCell } from '#kernel/db/guarded.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { type QueueFilter, type QueueItem, wholeQueue } from './queue.ts'

const columns = [
  'Number',
  'Merchant',
  'State',
  'Ordered on',
  'Ship by',
  'Deliver by',
  'Service',
  'Name',
  'Company',
  'Address 1',
  'Address 2',
  'Address 3',
  'City',
  'Region',
  'Postcode',
  'Country',
  'SKU',
  'Product',
  'Quantity',
  'Shipped',
  'Carrier',
  'Tracking',
  'Gift text',
  'Note',
]

/** The caller's queue as CSV, one row a line. */
export async function exportQueue(tx: Tx, filter: QueueFilter): Promise<Readable> {
  const items = wholeQueue(tx, filter)
  const first = await items.next() // a refusal comes before the first byte
  const rows = Readable.from(rowsOf(first, items))
  const csv = stringify({ header: true, columns, bom: true, record_delimiter: 'windows' })
  rows.on('error', (error) => csv.destroy(error))
  return rows.pipe(csv)
}

async function* rowsOf(first: IteratorResult<QueueItem>, rest: AsyncGenerator<QueueItem>) {
  if (first.done) return
  for (const line of first.value.lines) yield rowOf(first.value, line).map(guardedCell)
  for await (const item of rest) for (const line of item.lines) yield rowOf(item, line).map(guardedCell)
}

function rowOf(item: QueueItem, line: QueueItem['lines'][number]) {
  const { recipient } = item
  const sent = item.shipments.filter(({ parcels }) =>
    parcels.some(({ lines }) => lines.some(({ lineId }) => lineId === line.id)),
  )
  return [
    item.number,
    item.merchantName,
    item.state,
    item.placedOn,
    item.shipBy,
    item.deliverBy,
    item.service,
    item.removedAt ? `Removed on ${item.removedAt.slice(0, 10)}` : recipient.name,
    recipient.company,
    recipient.line1,
    recipient.line2,
    recipient.line3,
    recipient.city,
    recipient.region,
    recipient.postcode,
    recipient.country,
    line.sku,
    line.name,
    line.quantity - line.rejected - line.cancelled,
    line.shipped,
    sent.map(({ carrier }) => carrier).join(' '),
    sent.flatMap(({ parcels }) => parcels.map(({ trackingNumber }) => trackingNumber)).join(' '),
    item.giftText,
    item.buyerNote,
  ]
}
