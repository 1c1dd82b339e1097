import type { orderFields } from './order-fields.ts'
import { FieldValues, type FileShape, type Filled, readCells, refusal, shapeRefusal } from './row-reader.ts'
import type { Refusal, Row } from './types.ts'

export type OrderValues = FieldValues<(typeof orderFields)[number]>

/** What is known of a file before its orders are put together. */
export type OrdersPlan = FileShape & {
  /** The currency of orders that name none. */
  currency: string
  /** The last day on which an order can have left. */
  lastDay: string
  ofOrder: Filled[]
  ofLine: Filled[]
}

/** An order all of whose rows were read, being put together from them; they may lie apart in the file. */
export class OpenOrder {
  readonly number: string
  readonly plan: OrdersPlan
  readonly rows: readonly Row[]
  readonly refusals: Refusal[] = []
  readonly values: OrderValues = new FieldValues()
  readonly lines: { row: Row; values: OrderValues }[] = []
  /** Where each value of the order stood first. */
  readonly foundAt = new Map<string, { line: number; cell: string }>()
  /** A row read without fault: most files repeat the order on each row, and what is the same need not be read again. */
  #known: Row | undefined

  constructor(number: string, plan: OrdersPlan, rows: readonly Row[]) {
    this.number = number
    this.plan = plan
    this.rows = rows
    for (const row of rows) this.#add(row)
  }

  #add(row: Row): void {
    const shape = shapeRefusal(row, this.plan.headings)
    if (shape) this.refusals.push(shape)
    else {
      if (!this.#repeats(row)) this.#merge(row)
      this.#addLine(row)
    }
  }

  #repeats(row: Row): boolean {
    const known = this.#known
    return known !== undefined && this.plan.ofOrder.every(({ column }) => row.cells[column] === known.cells[column])
  }

  /** Takes over what the row says of the order; an empty cell says nothing, another value contradicts. */
  #merge(row: Row): void {
    const before = this.refusals.length
    const values = readCells(row, this.plan.ofOrder, this.plan, this.refusals)
    if (this.refusals.length === before) this.#known ??= row
    for (const at of this.plan.ofOrder) {
      const key = at.field.key
      const value = values.find(key)
      if (value === undefined) continue
      const cell = row.cells[at.column]!.trim()
      const earlier = this.values.find(key)
      const found = this.foundAt.get(key)
      if (found === undefined) {
        this.foundAt.set(key, { line: row.line, cell })
        this.values.set(key, value)
      } else if (at.field.joined) this.values.set(key, join(earlier, value))
      else if (!same(earlier, value)) {
        const params = { order: this.number, other: found.cell, first: found.line }
        this.refusals.push(refusal(row, at, 'order_contradicts', params, cell))
      }
    }
  }

  #addLine(row: Row): void {
    if (isWithoutLine(row, this.plan.ofLine)) return
    const before = this.refusals.length
    const values: OrderValues = readCells(row, this.plan.ofLine, this.plan, this.refusals)
    if (this.refusals.length === before) this.lines.push({ row, values })
  }
}

/** A row may carry the order alone (eBay's combined orders, ShipStation's blank item rows): a quantity at most. */
function isWithoutLine(row: Row, ofLine: Filled[]): boolean {
  const empty = (at: Filled) => (row.cells[at.column] ?? '').trim() === ''
  const telling = ofLine.filter(({ field }) => field.key !== 'quantity')
  return telling.every(empty) && (telling.length > 1 || ofLine.every(empty))
}

/** Values are compared by what they mean: 14 and 14.00, Reims and REIMS are the same. */
const same = (a: unknown, b: unknown) => canonical(a) === canonical(b)

const canonical = (value: unknown) =>
  JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}` : part))
    .replace(/(\\n|\s)+/g, ' ')
    .toLowerCase()

/** Notes and tags that differ from row to row all belong to the order; each is kept once. */
function join(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) return [...new Set([...a, ...b])]
  const [note, other] = [String(a), String(b)]
  return note.split('\n').includes(other) ? note : `${note}\n${other}`
}
