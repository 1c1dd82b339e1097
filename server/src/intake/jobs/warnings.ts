import { holdersOf, weighedOf } from '#catalog'
import { mayEnterCosts } from '#fulfillment'
import { sql, texts } from '#kernel/db/sql.ts'
import { productsBySku } from '#orders'
import type { ImportRow } from '../import-row.ts'
import { readHead, shownColumns } from '../queries/file-head.ts'
import {
  fields,
  meansStock,
  type OrderDraft,
  type ProductDraft,
  plainHeading,
  type ReasonCode,
} from '../reading/index.ts'
import type { Draft, Survey } from '../survey.ts'
import { inVain, type Worker } from './batches.ts'

type Warning = Survey['warnings'][number]

/** What a person should know before he imports, though no row is refused for it. */
export async function warningsOf(worker: Worker, row: ImportRow) {
  const { headings, sample } = await readHead(worker.deps, row.fileId, row.format)
  const client = await inVain(worker, async ({ who }) =>
    who.audience === 'client' ? (who.partyId ?? undefined) : undefined,
  )
  const hosts = new Set(fields(row.kind).flatMap(({ key, hosts }) => (hosts ? [key] : [])))
  const warnings: Warning[] = shownColumns(row, headings, sample).flatMap(
    ({ heading, ignored, proposed }): Warning[] => {
      const params = { column: heading }
      if (client && ignored && meansStock(plainHeading(heading))) return [{ code: 'warn_stock_ignored', params }]
      if (client && ignored && proposed && hosts.has(proposed)) return [{ code: 'warn_column_hosts', params }]
      if (ignored === 'later') return [{ code: 'warn_column_later', params }]
      return ignored && ignored !== 'empty' ? [{ code: 'warn_column_ignored', params }] : []
    },
  )
  const filled = (...fields: string[]) => fields.some((field) => field in row.mapping)
  if (row.kind === 'orders') {
    if (!filled('paid', 'paid_on')) warnings.push({ code: 'warn_no_payment', params: {} })
    if (!filled('unit_price', 'line_total')) warnings.push({ code: 'warn_no_prices', params: {} })
    if (!filled('placed_on'))
      warnings.push({ code: filled('shipped_on') ? 'warn_no_dates_shipped' : 'warn_no_dates', params: {} })
    const withCosts = filled('carrier_cost') && filled('shipped_on')
    if (withCosts && !(await inVain(worker, async (tx) => mayEnterCosts(tx))))
      warnings.push({ code: 'warn_costs_not_yours', params: {} })
  }
  const unknown = new Found('warn_skus_unknown')
  const elsewhere = new Found('warn_numbers_elsewhere')
  const barcodes = new Found('warn_barcodes_elsewhere')
  const weighed = new Found('warn_weighed')
  const departures = new Departures()
  return {
    /** Looks at a batch of what the file gives. */
    async see(drafts: Draft[]): Promise<void> {
      if (drafts.length === 0) return
      if (row.kind === 'products') {
        const given = (drafts as ProductDraft[]).flatMap(({ sku, barcode, line }) =>
          barcode ? [{ sku, barcode, line }] : [],
        )
        const codes = given.map(({ barcode }) => barcode)
        const held = await inVain(worker, (tx) => holdersOf(tx, codes, client))
        for (const { sku, barcode, line } of given) if ((held.get(barcode) ?? sku) !== sku) barcodes.add(barcode, line)
        const declared = (drafts as ProductDraft[]).flatMap(({ sku, line, weightGrams }) =>
          weightGrams ? [{ sku, line, weightGrams }] : [],
        )
        const measured = await inVain(worker, (tx) =>
          weighedOf(
            tx,
            declared.map(({ sku }) => sku),
            client,
          ),
        )
        for (const { sku, line, weightGrams } of declared)
          if ((measured.get(sku) ?? weightGrams) !== weightGrams) weighed.add(sku, line)
        return
      }
      const orders = drafts as OrderDraft[]
      const lines = orders.flatMap((order) => order.lines)
      const numbers = orders.map(({ number }) => number)
      const shipped = orders.flatMap(({ number, shippedOn }) => (shippedOn ? [number] : []))
      const [products, taken, here] = await inVain(worker, async (tx) => [
        await productsBySku(
          tx,
          row.storeId!,
          lines.map(({ sku }) => sku),
        ),
        await tx.rows(sql<{ number: string }>`
          select distinct number from orders.orders where store_id <> ${row.storeId} and number = any (${texts(numbers)})`),
        await tx.rows(sql<{ number: string }>`
          select external_id as number from orders.orders where store_id = ${row.storeId} and external_id = any (${texts(shipped)})`),
      ])
      departures.see(orders, new Set(here.map(({ number }) => number)))
      for (const { shippedOn, lines } of orders)
        for (const { sku, line } of lines) if (!shippedOn && !products.has(sku)) unknown.add(sku, line)
      const known = new Set(taken.map(({ number }) => number))
      for (const { number, firstLine } of orders) if (known.has(number)) elsewhere.add(number, firstLine)
    },
    all: (): Warning[] => [
      ...departures.warnings(),
      ...warnings,
      ...unknown.warning(),
      ...elsewhere.warning(),
      ...barcodes.warning(),
      ...weighed.warning(),
    ],
  }
}

/** What comes in as shipped, and what the file knows of departures that never were. */
class Departures {
  #count = 0
  #costs = 0
  readonly #known = new Found('warn_shipped_known')
  readonly #loose = {
    carrierCost: new Found('warn_cost_without_shipment'),
    tracking: new Found('warn_tracking_without_shipment'),
  }

  see(orders: OrderDraft[], known: Set<string>): void {
    for (const { number, firstLine, shippedOn, carrierCost, tracking } of orders) {
      if (!shippedOn) {
        if (carrierCost) this.#loose.carrierCost.add(number, firstLine)
        if (tracking) this.#loose.tracking.add(number, firstLine)
      } else if (known.has(number)) this.#known.add(number, firstLine)
      else {
        this.#count++
        if (carrierCost) this.#costs++
      }
    }
  }

  warnings(): Warning[] {
    const taken: Warning[] =
      this.#count > 0 ? [{ code: 'warn_shipped', params: { count: this.#count, costs: this.#costs } }] : []
    const { carrierCost, tracking } = this.#loose
    return [...taken, ...this.#known.warning(), ...carrierCost.warning(), ...tracking.warning()]
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
