import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import type { catalogContract } from '../contract.ts'
import { getProduct } from '../queries/products.ts'
import { required, trimmedTags } from '../texts.ts'
import { keepBarcodes } from './keep-barcodes.ts'
import { tagProducts } from './tag-products.ts'
import type { UnitAmount } from './upsert-products.ts'

type Change = BodyOf<(typeof catalogContract)['changeProduct']>

/**
 * Changes what is named, leaves the rest. Tags, when given, are the product's tags from now on.
 * @throws Problem not_found, changed_meanwhile, already_exists for a barcode of another product
 */
export async function changeProduct(tx: Tx, id: string, version: number, change: Change) {
  await tx.rows(sql`select from catalog.products where id = ${id} for update`)
  const before = await getProduct(tx, id)
  if (before.version !== version) throw changedMeanwhile(before, change)
  const name = change.name === undefined ? before.name : required('name', change.name)
  await tx.rows(sql`
    update catalog.products p
       set name = ${name}, description = ${change.description?.trim() ?? before.description},
           weight_grams = ${change.weightGrams === undefined ? before.weightGrams : change.weightGrams},
           weighed_at = ${weighedAt(change.weightGrams)},
           discontinued = ${change.discontinued ?? before.discontinued},
           archived_at = case when ${change.archived ?? before.archived} then coalesce(p.archived_at, app.now()) end,
           version = p.version + 1
     where p.id = ${id}`)
  if (change.barcodes !== undefined) await keepBarcodes(tx, id, change.barcodes)
  if (change.price !== undefined) await keepPrice(tx, id, change.price)
  if (change.cost !== undefined) await keepCost(tx, id, change.cost)
  if (change.tags !== undefined) {
    const wanted = trimmedTags('tags', change.tags)
    const remove = before.tags.filter((tag) => !wanted.includes(tag))
    await tagProducts(tx, { productIds: [id], add: wanted, remove })
  }
  const after = await getProduct(tx, id)
  await audit(tx, 'product.changed', { kind: 'product', id }, whatChanged(before, after))
  return after
}

/** A weight that somebody of the house gives is measured; taken away, it is unknown again; else it stays as it was. */
const weighedAt = (grams: number | null | undefined) =>
  grams === undefined ? sql`p.weighed_at` : grams === null ? sql`null` : sql`app.now()`

const keepPrice = (tx: Tx, id: string, price: UnitAmount | null) =>
  tx.rows(
    price === null
      ? sql`delete from catalog.product_prices where product_id = ${id}`
      : sql`insert into catalog.product_prices (account_id, product_id, owner_party_id, currency, price_micros)
          select p.account_id, p.id, p.owner_party_id, ${price.currency}, ${price.micros} from catalog.products p where p.id = ${id}
          on conflict (account_id, product_id) do update set currency = excluded.currency, price_micros = excluded.price_micros`,
  )

const keepCost = (tx: Tx, id: string, cost: UnitAmount | null) =>
  tx.rows(
    cost === null
      ? sql`delete from catalog.product_costs where product_id = ${id}`
      : sql`insert into catalog.product_costs (account_id, product_id, owner_party_id, currency, cost_micros)
          select p.account_id, p.id, p.owner_party_id, ${cost.currency}, ${cost.micros} from catalog.products p where p.id = ${id}
          on conflict (account_id, product_id) do update set currency = excluded.currency, cost_micros = excluded.cost_micros`,
  )

const whatChanged = (before: object, after: object) =>
  Object.fromEntries(
    Object.entries(after).flatMap(([field, value]) => {
      const old = before[field as keyof object] as unknown
      return JSON.stringify(old) === JSON.stringify(value) ? [] : [[field, { from: old, to: value }]]
    }),
  )
