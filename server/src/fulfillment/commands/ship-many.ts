import { sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { steps } from '../lifecycle.ts'
import { chooseUnits, toShip } from '../quantities.ts'
import { type Opened, openFulfillmentOrders } from '../queries/open-fulfillment-order.ts'
import type { shipResults } from '../shapes.ts'
import { type Departure, type Parcel, shipWhatIsThere } from './ship.ts'
import type { Cost } from './shipment-cost.ts'

interface Row {
  number: string
  trackingNumber: string
  cost?: Cost
}
type Result = (typeof shipResults)[number]

/**
 * Marks many as shipped from a pasted list, answered row by row. A number of somebody else is
 * as unknown as one that never was, and one of which there is too little stays. The same list again changes nothing.
 */
export async function shipMany(tx: Tx, { rows, ...departure }: Departure & { rows: Row[] }) {
  const asked = rows.map((row) => ({ ...row, number: row.number.trim(), trackingNumber: row.trackingNumber.trim() }))
  const named = await findByNumber(tx, [...new Set(asked.map((row) => row.number))])
  const opened = new Map(
    (await openFulfillmentOrders(tx, [...new Set(named.map(({ id }) => id))])).map((f) => [f.id, f]),
  )
  const tracked = await trackingOf(tx, [...opened.keys()])

  const parcels: Parcel[] = []
  const gone = new Map<string, string>() // what this very list ships, and with which tracking
  const decide = ({ number, trackingNumber, cost }: Row): Result => {
    if (trackingNumber === '') return 'no_tracking'
    const matches = named.flatMap((hit) => (hit.asked === number && opened.has(hit.id) ? [opened.get(hit.id)!] : []))
    const ready = matches.filter((of) => isReady(of) && !gone.has(of.id))
    if (ready.length === 0) return whyNone(matches, trackingNumber)
    if (ready.length > 1) return 'ambiguous'
    const of = ready[0]!
    if (of.onHold) return 'held'
    parcels.push({
      trackingNumber,
      ...(cost ? { cost } : {}),
      contents: [{ of, units: chooseUnits(of.lines, undefined, toShip(of.lines)) }],
    })
    gone.set(of.id, trackingNumber)
    return 'done'
  }
  const whyNone = (matches: Opened[], trackingNumber: string): Result => {
    if (matches.length === 0) return 'unknown'
    const has = ({ id }: Opened) => gone.get(id) === trackingNumber || tracked.has(`${id} ${trackingNumber}`)
    if (matches.some(has)) return 'already_done'
    return matches.some(({ id, state }) => state === 'shipped' || gone.has(id)) ? 'already_shipped' : 'not_possible'
  }

  const answers = asked.map((row) => ({
    number: row.number,
    trackingNumber: row.trackingNumber,
    result: decide(row),
  }))
  if (parcels.length === 0) return { rows: answers }
  const stay = await shipWhatIsThere(tx, departure, parcels)
  const lacking = new Set(stay.flatMap(({ contents }) => contents.map(({ of }) => of.number)))
  return { rows: answers.map((row) => (lacking.has(row.number) ? { ...row, result: whenLacking(row.result) } : row)) }
}

/** What was to leave by this list, or would have been a second time, is not there. */
const whenLacking = (result: Result): Result =>
  ['done', 'already_done', 'already_shipped'].includes(result) ? 'not_in_stock' : result

const isReady = ({ state }: Opened) => (steps.ship.from as readonly string[]).includes(state)

async function findByNumber(tx: Tx, numbers: string[]) {
  return await tx.rows(sql<{ asked: string; id: string }>`
    select number as asked, id from fulfillment.fulfillment_orders
     where account_id = app.account_id() and number = any (${texts(numbers)})`)
}

async function trackingOf(tx: Tx, ids: string[]): Promise<Set<string>> {
  const rows = await tx.rows(sql<{ key: string }>`
    select distinct l.fulfillment_order_id || ' ' || p.tracking_number as key
      from fulfillment.lines l
      join fulfillment.parcel_lines pl on pl.account_id = l.account_id and pl.line_id = l.id
      join fulfillment.parcels p on p.account_id = pl.account_id and p.id = pl.parcel_id
     where l.account_id = app.account_id() and l.fulfillment_order_id = any (${ids}::uuid[])`)
  return new Set(rows.map(({ key }) => key))
}
