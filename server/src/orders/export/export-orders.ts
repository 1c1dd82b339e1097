import { createHash } from 'node:crypto'
import { stringify } from 'csv-stringify/sync'
import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { guardedCell } from '#kernel/db/guarded.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Snapshot, Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { fp } from '#kernel/failpoints.ts'
import { invalid, Problem } from '#kernel/problem.ts'
import type { ordersContract } from '../contract.ts'
import { orderConditions } from '../queries/order-filter.ts'
import { columnsFor, type ExportColumn, type Exporter } from './columns.ts'
import { exportQuery } from './query.ts'

export type ExportWish = BodyOf<(typeof ordersContract)['exportOrders']>
export type ChosenColumn = NonNullable<ExportWish['columns']>[number]

/**
 * Columns by key, in the order chosen, under the headings given or their own.
 * @throws Problem invalid_request naming a column that is not there for this role
 */
export function chosenColumns(who: Exporter, chosen: readonly ChosenColumn[], language: 'en' | 'fr' = 'en') {
  const known = new Map(columnsFor(who).map((column) => [column.key, column]))
  return chosen.map(({ key, heading }, index): ExportColumn & { heading: string } => {
    const column = known.get(key)
    if (!column) throw invalid(`columns.${index}.key`, 'is not a column that you may export')
    return { ...column, heading: heading?.trim() || column.headings[language] }
  })
}

/** Refuses a wish that can't be met, before anything is sent. @throws Problem invalid_request */
function check(who: Exporter, wish: ExportWish) {
  chosenColumns(who, wish.columns ?? [])
  const { productTag, productTagLines } = wish.filter ?? {}
  if (wish.onlyMatchingLines && (!productTag || productTagLines === 'none'))
    throw invalid('onlyMatchingLines', 'needs a filter by a product tag that lines carry')
}

/**
 * Records who exports what, before the first byte leaves. Returns the export's id.
 * @throws Problem invalid_request, rate_limited
 */
export async function recordExport(tx: Tx, wish: ExportWish): Promise<string> {
  check(tx.who, wish)
  await takeTurn(tx)
  const id = uuidv7()
  const row = await tx.first(sql<{ value: number }>`
    select count(*) as value from orders.orders o where ${orderConditions(wish.filter ?? {})}`)
  await audit(tx, 'orders.exported', { kind: 'export', id }, { ...wish, orders: row!.value })
  return id
}

/**
 * One export of an account at a time, so that nobody's twenty downloads slow the others' work down. The turn ends with the
 * transaction, also of a server that died.
 */
async function takeTurn(tx: Tx): Promise<void> {
  const turn = await tx.first(sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('orders.export'), hashtext(${tx.who.accountId})) as mine`)
  if (!turn!.mine)
    throw new Problem(
      'rate_limited',
      'Another export of this account is being written. Wait until it has ended, then try again.',
    )
}

/** What a whole export was, to compare a file with. */
export interface Manifest {
  /** Order lines, the headings not counted. */
  lines: number
  bytes: number
  /** Of the file, in hexadecimal. */
  sha256: string
}

/** An export that is written once: its pieces, and when they were all taken, what they came to. */
export class OrdersFile {
  readonly #wish: ExportWish
  readonly #mark: string
  readonly #hash = createHash('sha256')
  #lines = 0
  #bytes = 0

  constructor(wish: ExportWish, options: { byteOrderMark?: boolean } = {}) {
    this.#wish = wish
    this.#mark = options.byteOrderMark ? byteOrderMark : ''
  }

  /** The orders of the caller as CSV, one row an order line. @throws Problem invalid_request, rate_limited */
  async *pieces(tx: Snapshot): AsyncGenerator<Buffer> {
    const { language = 'en', separator = 'comma', filter = {}, sort = '-placed', onlyMatchingLines } = this.#wish
    check(tx.who, this.#wish)
    await takeTurn(tx)
    const columns = chosenColumns(tx.who, this.#wish.columns ?? columnsFor(tx.who), language)
    const delimiter = separator === 'comma' ? ',' : ';'
    const headings = stringify([columns.map(({ heading }) => guardedCell(heading))], { delimiter })
    yield this.#count(Buffer.from(this.#mark + headings))
    const onlyTag = onlyMatchingLines ? filter.productTag : undefined
    const scope = { filter, sort, onlyTag, language, decimalComma: separator === 'semicolon' }
    const counted = (rows: number) => {
      this.#lines = rows
    }
    for await (const piece of tx.copy(exportQuery(columns, scope), { delimiter, counted })) {
      yield this.#count(piece)
      await fp('export.after_rows')
    }
  }

  manifest(): Manifest {
    return { lines: this.#lines, bytes: this.#bytes, sha256: this.#hash.copy().digest('hex') }
  }

  #count(piece: Buffer): Buffer {
    this.#bytes += piece.length
    this.#hash.update(piece)
    return piece
  }
}

/** Records what an export came to, when the last of it was read. */
export const recordManifest = (tx: Tx, id: string, manifest: Manifest) =>
  audit(tx, 'orders.export_finished', { kind: 'export', id }, { ...manifest })

/** Tells spreadsheets that the file is UTF-8. */
const byteOrderMark = '\u{FEFF}'
