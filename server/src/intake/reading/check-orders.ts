import type { Readable } from 'node:stream'
import { OpenOrder, type OrdersPlan } from './open-order.ts'
import { finishOrder } from './order-draft.ts'
import { readTable } from './read-rows.ts'
import { FileRefused } from './reasons.ts'
import { filledColumns, missing, refusal } from './row-reader.ts'
import type { Checked, Format, Mapping, OrderDraft, Row } from './types.ts'

/** An orders file, how it is written and which column fills which field. `open` gives its bytes anew at each call. */
export type OrdersFile = {
  open: () => Readable
  format: Format
  mapping: Mapping
  /** The currency of orders that name none. */
  currency: string
  /** The last day on which an order can have left, YYYY-MM-DD. */
  lastDay: string
}

/** How many rows a file has, and each of its orders. */
export type Survey = { rows: number; rowsOf: Map<string, number> }

const mostRowsAnOrder = 5_000
/** Rows that wait for the others of their order: some 50 MB. */
const mostRowsWaiting = 50_000

/**
 * The first pass over an orders file: counts the rows of each order, so that the second knows when it has seen the last of
 * an order's rows. Throws a FileRefused for a file that has no row or cannot be read to its end.
 */
export async function surveyOrders(file: OrdersFile): Promise<Survey> {
  const { plan, rows } = await openOrders(file)
  const numberOf = orderNumbers(plan)
  const rowsOf = new Map<string, number>()
  let count = 0
  for await (const row of rows) {
    count++
    const number = numberOf(row)
    if (number !== null) rowsOf.set(number, (rowsOf.get(number) ?? 0) + 1)
  }
  if (count === 0) throw new FileRefused('file_no_rows')
  return { rows: count, rowsOf }
}

/**
 * The second pass: every order as soon as its last row was read, as a draft or with the reasons against it; the survey is
 * used up by it. The same file, format and mapping always give the same sequence, so that whoever stopped after N of them
 * can go on after N.
 *
 * Of a file whose orders' rows lie far apart only so many orders are put together at a time as memory has room for; the
 * file is then read again for the next ones. Of 1,000,000 lines that all lie apart, 385,000 orders are made in 8 readings.
 */
export async function* checkOrders(
  file: OrdersFile,
  survey: Survey,
  limit = mostRowsWaiting,
): AsyncGenerator<Checked<OrderDraft>, void, undefined> {
  yield* checkSome(file, survey, limit, true)
  for (let left = survey.rowsOf.size; left > 0; left = survey.rowsOf.size) {
    yield* checkSome(file, survey, limit, false)
    if (survey.rowsOf.size === left) throw new Error('this is not the file that was surveyed')
  }
}

/** One reading. Orders that are done are no longer in the survey; what belongs to no order is told in the first alone. */
async function* checkSome(
  file: OrdersFile,
  { rowsOf }: Survey,
  limit: number,
  isFirst: boolean,
): AsyncGenerator<Checked<OrderDraft>, void, undefined> {
  const { plan, rows } = await openOrders(file)
  const numberOf = orderNumbers(plan)
  const waiting = new Map<string, Row[]>()
  let held = 0
  let isFull = false
  for await (const row of rows) {
    const number = numberOf(row)
    if (number === null) {
      if (isFirst) yield { rows: [row], draft: null, refusals: [missing(row, numberColumn(plan), plan.headings)] }
      continue
    }
    const wanted = rowsOf.get(number)
    if (wanted === undefined) continue
    const own = waiting.get(number) ?? (isFull && wanted > 1 ? undefined : [])
    if (own === undefined) continue
    if (wanted > mostRowsAnOrder) {
      waiting.set(number, own)
      const params = { order: number, rows: wanted, limit: mostRowsAnOrder }
      yield { rows: [row], draft: null, refusals: [refusal(row, numberColumn(plan), 'order_too_long', params, number)] }
      continue
    }
    own.push(row)
    if (own.length < wanted) {
      waiting.set(number, own)
      if (++held >= limit) isFull = true
      continue
    }
    waiting.delete(number)
    rowsOf.delete(number)
    held -= wanted - 1
    yield finishOrder(new OpenOrder(number, plan, own))
  }
  // What still waits was too long to be taken, and told row by row.
  for (const number of waiting.keys()) rowsOf.delete(number)
}

async function openOrders(file: OrdersFile): Promise<{ plan: OrdersPlan; rows: AsyncGenerator<Row, void, undefined> }> {
  const { headings, rows } = await readTable(file.open(), file.format)
  const columns = filledColumns('orders', headings, file.mapping)
  const plan = {
    headings,
    format: file.format,
    currency: file.currency,
    lastDay: file.lastDay,
    ofOrder: columns.filter(({ field }) => field.level === 'order'),
    ofLine: columns.filter(({ field }) => field.level === 'line'),
  }
  return { plan, rows }
}

const numberColumn = (plan: OrdersPlan) => plan.ofOrder.find(({ field }) => field.key === 'order_number')!

/**
 * Tells which order a row belongs to, as the number stands in the file; null if it says none. WooCommerce leaves the whole
 * order empty on its further lines: such a row goes with the one above it. Ask for every row, in the file's order.
 */
function orderNumbers(plan: OrdersPlan): (row: Row) => string | null {
  const { column } = numberColumn(plan)
  let above: string | null = null
  return (row) => {
    const own = (row.cells[column] ?? '').trim().replace(/^'(?=\d)/, '')
    if (own !== '') above = own
    else if (plan.ofOrder.some((at) => (row.cells[at.column] ?? '').trim() !== '')) above = null
    return above
  }
}
