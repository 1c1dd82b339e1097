import { uuidv7 } from 'uuidv7'
import { auditEach } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { fp } from '#kernel/failpoints.ts'
import { invalid } from '#kernel/problem.ts'
import { indexWords } from '#orders'
import { type Chosen, chooseUnits, sum, toShip, type Units, unshipped } from '../quantities.ts'
import { type Opened, openFulfillmentOrder } from '../queries/open-fulfillment-order.ts'
import { checkStep } from './check-step.ts'
import { record } from './record.ts'
import { type Cost, keepCosts } from './shipment-cost.ts'

/** How something left, as a person says it. */
export interface Departure {
  carrier: string
  service?: string
  shippedOn?: string
  notifyBuyer?: boolean
  notifyChannel?: boolean
  /** What the carrier charges, where it is known and the caller may read it: of each parcel that does not say its own. */
  cost?: Cost
}
/** One parcel that left: units of one or more fulfillment orders of the same fulfiller. */
export interface Parcel {
  trackingNumber: string
  cost?: Cost
  shippedOn?: string
  contents: { of: Opened; units: Units[] }[]
}

/** Marks a fulfillment order as shipped, whole or in part; what was only offered is accepted by it. */
export async function shipFulfillmentOrder(
  tx: Tx,
  id: string,
  departure: Departure & { trackingNumber?: string; lines?: Chosen[] },
): Promise<void> {
  const of = await openFulfillmentOrder(tx, id)
  checkStep('ship', of)
  const units = chooseUnits(of.lines, departure.lines, departure.lines ? unshipped : toShip(of.lines))
  await ship(tx, departure, [{ trackingNumber: departure.trackingNumber ?? '', contents: [{ of, units }] }])
}

/**
 * Records parcels that left, of fulfillment orders that were opened and checked: quantities, tracking that can be found,
 * states, statuses, story. The buyer is told only if asked for, the channel unless told not to.
 */
export async function ship(tx: Tx, departure: Departure, parcels: Parcel[]): Promise<void> {
  const shipments = await shipmentsOf(tx, departure, parcels)
  await tx.rows(sql`select fulfillment.ship(${json(shipments.map(({ row }) => row))})`)
  await tell(tx, shipments)
}

/**
 * The same of many, as far as it is in stock.
 * @returns the parcels that stay, because what they hold is not there
 */
export async function shipWhatIsThere(tx: Tx, departure: Departure, parcels: Parcel[]): Promise<Parcel[]> {
  const shipments = await shipmentsOf(tx, departure, parcels)
  const { stay } = (await tx.first(sql<{ stay: string[] }>`
    select fulfillment.ship_what_is_there(${json(shipments.map(({ row }) => row))}) as stay`))!
  const left = shipments.filter(({ row }) => !stay.includes(row.id))
  if (left.length > 0) await tell(tx, left)
  return shipments.filter((one) => !left.includes(one)).map(({ parcel }) => parcel)
}

type Shipment = Awaited<ReturnType<typeof shipmentsOf>>[number]

async function shipmentsOf(tx: Tx, departure: Departure, parcels: Parcel[]) {
  const carrier = departure.carrier.trim()
  if (carrier === '') throw invalid('carrier', 'is required')
  const shippedOn = await dayOf(tx, departure.shippedOn)
  return parcels.map((parcel) => ({
    parcel,
    cost: parcel.cost ?? departure.cost,
    row: {
      id: uuidv7(),
      parcelId: uuidv7(),
      carrier,
      service: departure.service?.trim() ?? '',
      shippedOn: parcel.shippedOn ?? shippedOn,
      notifyBuyer: departure.notifyBuyer ?? false,
      notifyChannel: departure.notifyChannel ?? true,
      trackingNumber: parcel.trackingNumber.trim(),
      lines: parcel.contents.flatMap(({ units }) => units),
    },
  }))
}

/** What follows from parcels that left: their costs, tracking that can be found, the story, the record. */
async function tell(tx: Tx, shipments: Shipment[]): Promise<void> {
  await keepCosts(
    tx,
    shipments.flatMap(({ row, cost }) => (cost ? [{ shipmentId: row.id, cost }] : [])),
  )
  await fp('ship.after_units')
  const { carrier } = shipments[0]!.row
  const contents = shipments.flatMap(({ parcel, row }) =>
    parcel.contents.map(({ of, units }) => ({ id: of.id, tracking: row.trackingNumber, units })),
  )
  const words = contents.map(({ id, tracking }) => ({ id, words: indexWords(tracking, tracking.replace(/\s/g, '')) }))
  await tx.rows(sql`select fulfillment.add_tracking_words(${json(words)})`)
  await record(
    tx,
    'fulfillment.shipped',
    contents.map(({ id, tracking, units }) => ({ id, data: { carrier, trackingNumber: tracking, units: sum(units) } })),
  )
  await auditEach(
    tx,
    'fulfillment_order.shipped',
    'fulfillment_order',
    contents.map(({ id, tracking, units }) => ({ id, changes: { carrier, tracking, units } })),
  )
}

/** The day it left: today in the account's zone unless said; at most tomorrow. */
async function dayOf(tx: Tx, wanted: string | undefined): Promise<string> {
  const row = await tx.first(sql<{ today: string; too_late: boolean }>`
    select t.today, ${wanted ?? null}::date > t.today + 1 as too_late
      from access.accounts a, lateral (select (app.now() at time zone a.timezone)::date as today) t where a.id = app.account_id()`)
  if (row!.too_late) throw invalid('shippedOn', 'must not be later than tomorrow')
  return wanted ?? row!.today
}
