import { stringify } from 'csv-stringify/sync'
import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { fp } from '#kernel/failpoints.ts'
import { invalid } from '#kernel/problem.ts'
import type { ordersContract } from '../contract.ts'
import { orderConditions } from '../queries/order-filter.ts'
import { columnsFor, type ExportColumn } from './columns.ts'
import { exportRows } from './rows.ts'

export type ExportWish = BodyOf<(typeof ordersContract)['exportOrders']>
export type ChosenColumn = NonNullable<ExportWish['columns']>[number]

/**
 * Columns by key, in the order chosen, under the headings given or their own.
 * @throws Problem invalid_request naming a column that is not there for this role
 */
export function chosenColumns(
  permissions: readonly string[],
  chosen: readonly ChosenColumn[],
  language: 'en' | 'fr' = 'en',
) {
  const known = new Map(columnsFor(permissions).map((column) => [column.key, column]))
  return chosen.map(({ key, heading }, index): ExportColumn & { heading: string } => {
    const column = known.get(key)
    if (!column) throw invalid(`columns.${index}.key`, 'is not a column that you may export')
    return { ...column, heading: heading?.trim() || column.headings[language] }
  })
}

/** Refuses a wish that can't be met, before anything is sent. @throws Problem invalid_request */
function check(permissions: readonly string[], wish: ExportWish) {
  chosenColumns(permissions, wish.columns ?? [])
  const { productTag, productTagLines } = wish.filter ?? {}
  if (wish.onlyMatchingLines && (!productTag || productTagLines === 'none'))
    throw invalid('onlyMatchingLines', 'needs a filter by a product tag that lines carry')
}

/** Records who exports what, before the first byte leaves. @throws Problem invalid_request */
export async function recordExport(tx: Tx, wish: ExportWish): Promise<void> {
  check(tx.who.permissions, wish)
  const row = await tx.first(sql<{ value: number }>`
    select count(*) as value from orders.orders o where ${orderConditions(wish.filter ?? {})}`)
  await audit(tx, 'orders.exported', { kind: 'account', id: tx.who.accountId }, { ...wish, orders: row!.value })
}

/**
 * The orders of the caller as CSV, one row an order line, piece by piece. `tx` should see one snapshot, since it is asked
 * many times.
 * @throws Problem invalid_request
 */
export async function* ordersCsv(tx: Tx, wish: ExportWish): AsyncGenerator<string> {
  check(tx.who.permissions, wish)
  const { language = 'en', separator = 'comma', filter = {}, sort = '-placed' } = wish
  const columns = chosenColumns(tx.who.permissions, wish.columns ?? columnsFor(tx.who.permissions), language)
  const delimiter = separator === 'comma' ? ',' : ';'
  const write = (rows: string[][]) => stringify(rows, { delimiter })
  yield write([columns.map(({ heading }) => guarded(heading))])
  const onlyTag = wish.onlyMatchingLines ? filter.productTag : undefined
  for await (const rows of exportRows(tx, { filter, sort, onlyTag })) {
    yield write(
      rows.map((row) =>
        columns.map(({ value, isNumber }) => {
          const cell = value(row, language)
          if (isNumber) return separator === 'comma' ? cell : cell.replace('.', ',')
          return guarded(cell)
        }),
      ),
    )
    await fp('export.after_rows')
  }
}

/** Tells spreadsheets that the file is UTF-8. */
export const byteOrderMark = '\u{FEFF}'

/**
 * A spreadsheet runs a cell that begins like a formula: an apostrophe before it makes it text, which our own import takes
 * off again. A plain number or phone number is none.
 */
function guarded(cell: string): string {
  if (!/^[=+\-@\t\r\n＝＋－＠]/.test(cell) || /^[+-]?\d[\d .]*$/.test(cell)) return cell
  return `'${cell}`
}
