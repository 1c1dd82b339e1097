import { uuidv7 } from 'uuidv7'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { indexWords } from '#orders'
import { type Cost, mayEnterCosts } from './shipment-cost.ts'

/** An order that left before it came in. */
export interface Departed {
  orderId: string
  shippedOn: string
  carrier: string
  service: string
  trackingNumber: string
  /** What the carrier charged; left out where the caller may not enter it. */
  cost: Cost | null
}

/**
 * Takes orders that were added in this very transaction in as shipped: all of each from the default warehouse, in one
 * parcel, on its day. Some 500 in two statements. Nobody is told; the import is what the audit knows of it.
 * @throws Problem not_permitted for who may not import
 */
export async function takeInShipped(tx: Tx, departed: Departed[]): Promise<void> {
  if (departed.length === 0) return
  const rows = departed.map(({ cost, trackingNumber, ...departure }) => ({
    ...departure,
    trackingNumber: trackingNumber.trim(),
    fulfillmentOrderId: uuidv7(),
    shipmentId: uuidv7(),
    parcelId: uuidv7(),
    storyId: uuidv7(),
    words: indexWords(trackingNumber, trackingNumber.replace(/\s/g, '')),
    cost,
  }))
  await tx.rows(sql`select fulfillment.take_in_shipped(${json(rows)})`)
  const costs = rows.flatMap(({ shipmentId, cost }) => (cost ? [{ id: shipmentId, ...cost }] : []))
  if (costs.length > 0 && mayEnterCosts(tx)) await tx.rows(sql`select fulfillment.set_costs(${json(costs)})`)
}
