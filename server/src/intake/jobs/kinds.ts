import { createReadStream } from 'node:fs'
import { type ProductInput, upsertProducts } from '#catalog'
import { takeInShipped } from '#fulfillment'
import { sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import { dayAfter, dayIn } from '#kernel/zone.ts'
import { addOrders } from '#orders'
import type { ImportRow } from '../import-row.ts'
import { fileOf } from '../queries/file-head.ts'
import {
  type Checked,
  checkOrders,
  checkProducts,
  type Micros,
  type OrderDraft,
  type ProductDraft,
  surveyOrders,
} from '../reading/index.ts'
import type { Draft, Tally } from '../survey.ts'
import { departureOf, newOrder } from './new-order.ts'

/** A file's orders or products, checked, in an order that is the same each time it is read. */
export interface Source {
  /** How many rows there are; null while nobody counted them. */
  rows: number | null
  results: AsyncGenerator<Checked<Draft>, void, undefined>
}

interface KindOfImport {
  open(deps: Deps, row: ImportRow): Promise<Source>
  /** Writes what is not there yet. The same batch again changes nothing. */
  write(tx: Tx, row: ImportRow, drafts: Draft[]): Promise<Tally>
  /** What `write` would do; for a transaction that is rolled back. */
  foresee(tx: Tx, row: ImportRow, drafts: Draft[]): Promise<Tally>
}

const tally = (outcomes: string[]): Tally => {
  const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length
  const [created, changed] = [count('created'), count('changed')]
  return { created, changed, unchanged: outcomes.length - created - changed }
}

const orders: KindOfImport = {
  async open(deps, row) {
    const path = await fileOf(deps, row.fileId)
    // By the day of the upload, so that a file that is gone on with later is read as it was checked.
    const lastDay = dayAfter(dayIn(row.timezone, row.createdAt))
    const file = { open: () => createReadStream(path), lastDay, ...row }
    const survey = await surveyOrders(file)
    return { rows: survey.rows, results: checkOrders(file, survey) }
  },
  async write(tx, row, drafts) {
    const place = { timezone: row.timezone, importedAt: row.createdAt }
    const batch = (drafts as OrderDraft[]).map((draft) => newOrder(draft, place))
    const created = await addOrders(tx, { storeId: row.storeId!, orders: batch, importId: row.id })
    const departed = (drafts as OrderDraft[]).flatMap((draft) => {
      const orderId = created.get(draft.number)
      const departure = orderId && departureOf(draft, row.timezone)
      return departure ? [{ orderId, ...departure }] : []
    })
    await takeInShipped(tx, departed)
    return { created: created.size, changed: 0, unchanged: batch.length - created.size }
  },
  async foresee(tx, row, drafts) {
    const numbers = (drafts as OrderDraft[]).map(({ number }) => number)
    const known = await tx.rows(sql`
      select from orders.orders where store_id = ${row.storeId} and external_id = any (${texts(numbers)})`)
    return { created: numbers.length - known.length, changed: 0, unchanged: known.length }
  },
}

const products: KindOfImport = {
  async open(deps, row) {
    const source = createReadStream(await fileOf(deps, row.fileId))
    return { rows: row.rowsTotal, results: checkProducts({ source, ...row }) }
  },
  async write(tx, row, drafts) {
    // A client's file brings his own goods, and of them what is his to say.
    const clientId = tx.who.audience === 'client' ? tx.who.partyId! : undefined
    const batch = (drafts as ProductDraft[]).map((draft) => newProduct(draft, row.currency))
    return tally(
      (await upsertProducts(tx, { products: batch, mode: row.mode, clientId })).map(({ outcome }) => outcome),
    )
  },
  foresee: (tx, row, drafts) => products.write(tx, row, drafts),
}

export const kindsOfImport = { orders, products }

function newProduct(draft: ProductDraft, currency: string): ProductInput {
  const amount = (micros: Micros | null) => (micros === null ? null : { micros: Number(micros), currency })
  // A file that names suppliers but no such tags still gives the rules something to go by.
  const bySupplier = draft.supplier !== null && !draft.tags.some((tag) => tag.startsWith('supplier:'))
  return {
    sku: draft.sku,
    name: draft.name,
    description: draft.description,
    barcodes: draft.barcode === null ? [] : [{ code: draft.barcode, quantity: 1 }],
    discontinued: draft.discontinued,
    weightGrams: draft.weightGrams,
    price: amount(draft.price),
    cost: amount(draft.cost),
    tags: bySupplier ? [...draft.tags, `supplier:${draft.supplier}`] : draft.tags,
  }
}
