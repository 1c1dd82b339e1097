import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Cost } from '../commands/shipment-cost.ts'

/** A unit of what left, as SQL gathers it: one row a parcel and line. */
export interface Gone {
  shipmentId: string
  carrier: string
  service: string
  shippedOn: string
  createdBy: string
  parcelId: string
  trackingNumber: string
  lineId: string
  quantity: number
}

/** All that left of fulfillment order `f`, as one JSON column, the oldest first. */
export const goneOf: Statement<unknown> = sql`coalesce((
  select json_agg(json_build_object('shipmentId', s.id, 'carrier', s.carrier, 'service', s.service, 'shippedOn', s.shipped_on, 'createdBy', s.created_by,
           'parcelId', p.id, 'trackingNumber', p.tracking_number, 'lineId', l.id, 'quantity', pl.quantity) order by s.created_at, s.id, p.id, l.position)
    from fulfillment.lines l
    join fulfillment.parcel_lines pl on pl.account_id = l.account_id and pl.line_id = l.id
    join fulfillment.parcels p on p.account_id = pl.account_id and p.id = pl.parcel_id
    join fulfillment.shipments s on s.account_id = p.account_id and s.id = p.shipment_id
   where l.account_id = f.account_id and l.fulfillment_order_id = f.id), '[]')`

export interface Parcel {
  id: string
  trackingNumber: string
  lines: { lineId: string; quantity: number }[]
}

/** Puts the rows together again: shipments, their parcels, what is in them. */
export function toShipments(rows: Gone[]) {
  const shipments = new Map<string, Omit<Gone, 'shipmentId'> & { parcels: Map<string, Parcel> }>()
  for (const row of rows) {
    const shipment = shipments.get(row.shipmentId) ?? { ...row, parcels: new Map<string, Parcel>() }
    const parcel = shipment.parcels.get(row.parcelId) ?? {
      id: row.parcelId,
      trackingNumber: row.trackingNumber,
      lines: [],
    }
    parcel.lines.push({ lineId: row.lineId, quantity: row.quantity })
    shipments.set(row.shipmentId, shipment)
    shipment.parcels.set(row.parcelId, parcel)
  }
  return [...shipments].map(([id, { carrier, service, shippedOn, createdBy, parcels }]) => ({
    id,
    carrier,
    service,
    shippedOn,
    createdBy,
    parcels: [...parcels.values()],
  }))
}

/** What is kept of a shipment's cost; without an amount it was taken out. */
export type KeptCost = { amount: number | null; currency: string | null; version: number }

/** The cost of a shipment with its version; 0 before there was one, and one that was taken out goes on counting. */
export function costOf(kept: KeptCost | undefined): { version: number; cost: Cost | null } {
  if (!kept) return { version: 0, cost: null }
  const { amount, currency, version } = kept
  return { version, cost: amount === null ? null : { amount, currency: currency! } }
}
