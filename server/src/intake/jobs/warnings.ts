import { sql, texts } from '#kernel/db/sql.ts'
import { productsBySku } from '#orders'
import type { ImportRow } from '../import-row.ts'
import { readHead, shownColumns } from '../queries/file-head.ts'
import type { OrderDraft, ReasonCode } from '../reading/index.ts'
import type { Draft, Survey } from '../survey.ts'
import { inVain, type Worker } from './batches.ts'

type Warning = Survey['warnings'][number]

/** What a person should know before he imports, though no row is refused for it. */
export async function warningsOf(worker: Worker, row: ImportRow) {
  const { headings, sample } = await readHead(worker.deps, row.fileId, row.format)
  const warnings: Warning[] = shownColumns(row, headings, sample).flatMap(({ heading, ignored }): Warning[] => {
    if (ignored === 'later') return [{ code: 'warn_column_later', params: { column: heading } }]
    return ignored && ignored !== 'empty' ? [{ code: 'warn_column_ignored', params: { column: heading } }] : []
  })
  const filled = (...fields: string[]) => fields.some((field) => field in row.mapping)
  if (row.kind === 'orders') {
    if (!filled('paid', 'paid_on')) warnings.push({ code: 'warn_no_payment', params: {} })
    if (!filled('unit_price', 'line_total')) warnings.push({ code: 'warn_no_prices', params: {} })
    if (!filled('placed_on')) warnings.push({ code: 'warn_no_dates', params: {} })
  }
  const unknown = new Found('warn_skus_unknown')
  const elsewhere = new Found('warn_numbers_elsewhere')
  return {
    /** Looks at a batch of what the file gives. */
    async see(drafts: Draft[]): Promise<void> {
      if (row.kind !== 'orders' || drafts.length === 0) return
      const orders = drafts as OrderDraft[]
      const lines = orders.flatMap((order) => order.lines)
      const numbers = orders.map(({ number }) => number)
      const [products, taken] = await inVain(worker, async (tx) => [
        await productsBySku(
          tx,
          row.storeId!,
          lines.map(({ sku }) => sku),
        ),
        await tx.rows(sql<{ number: string }>`
          select distinct number from orders.orders where store_id <> ${row.storeId} and number = any (${texts(numbers)})`),
      ])
      for (const { sku, line } of lines) if (!products.has(sku)) unknown.add(sku, line)
      const known = new Set(taken.map(({ number }) => number))
      for (const { number, firstLine } of orders) if (known.has(number)) elsewhere.add(number, firstLine)
    },
    all: (): Warning[] => [...warnings, ...unknown.warning(), ...elsewhere.warning()],
  }
}

/** Something met at several rows, told once with the first of them. */
class Found {
  readonly #code: ReasonCode
  #first: { value: string; line: number } | undefined
  #rows = 0
  constructor(code: ReasonCode) {
    this.#code = code
  }
  add(value: string, line: number): void {
    this.#first ??= { value, line }
    this.#rows++
  }
  warning(): Warning[] {
    return this.#first ? [{ code: this.#code, params: { count: this.#rows, ...this.#first } }] : []
  }
}
