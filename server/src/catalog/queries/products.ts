import { audienceOf } from '#kernel/audience.ts'
import { all, type Statement, sql } from '#kernel/db/sql.ts'
import type { Principal, Tx } from '#kernel/db/transaction.ts'
import type { Audience } from '#kernel/permissions.ts'
import { notFound } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import type { catalogContract } from '../contract.ts'

interface ProductRow {
  id: string
  sku: string
  name: string
  description: string
  barcodes: { code: string; quantity: number }[]
  weight_grams: number | null
  weighed: boolean
  discontinued: boolean
  archived: boolean
  client_id: string | null
  version: number
  tags: string[]
  price_currency: string | null
  price_micros: number | null
  cost_currency: string | null
  cost_micros: number | null
}

/** Prices and costs are joined for all the house: policies leave them out for who may not read them. A client's products have none for him. */
const productRows = (audience: Audience, condition: Statement<unknown>, limit: number) => sql<ProductRow>`
  select p.id, p.sku, p.name, p.description, p.weight_grams, p.weighed_at is not null as weighed, p.discontinued, p.archived_at is not null as archived, p.version,
         nullif(p.owner_party_id, (select own.id from access.parties own where own.account_id = p.account_id and own.kind = 'self')) as client_id,
         coalesce((select json_agg(json_build_object('code', b.code, 'quantity', b.quantity) order by b.quantity, b.code)
                     from catalog.product_barcodes b where b.account_id = p.account_id and b.product_id = p.id), '[]') as barcodes,
         ${audience === 'staff' ? housesColumns : sql`'{}'::text[] as tags`}
    from catalog.products p
         ${audience === 'staff' ? housesTables : sql``}
   where ${condition} order by p.sku, p.id limit ${limit}`

const housesColumns = sql`
  array(select t.tag from catalog.product_tags t where t.account_id = p.account_id and t.product_id = p.id order by t.tag) as tags,
  pr.currency as price_currency, pr.price_micros, c.currency as cost_currency, c.cost_micros`
const housesTables = sql`
  left join catalog.product_prices pr on pr.account_id = p.account_id and pr.product_id = p.id
  left join catalog.product_costs c on c.account_id = p.account_id and c.product_id = p.id`

const toProduct = (row: ProductRow, who: Principal) => ({
  id: row.id,
  sku: row.sku,
  name: row.name,
  description: row.description,
  barcodes: row.barcodes,
  weightGrams: row.weight_grams,
  weighed: row.weighed,
  discontinued: row.discontinued,
  archived: row.archived,
  clientId: row.client_id,
  version: row.version,
  tags: row.tags,
  ...(who.permissions.includes('products:prices') ? { price: amount(row.price_micros, row.price_currency) } : {}),
  ...(who.permissions.includes('products:costs') ? { cost: amount(row.cost_micros, row.cost_currency) } : {}),
})
const amount = (micros: number | null, currency: string | null) =>
  micros === null || currency === null ? null : { micros, currency }

/** A page of products in the order of their SKUs. */
export async function listProducts({ tx, query, pages }: Call<(typeof catalogContract)['listProducts']>) {
  const { cursor, limit = 50, ...filter } = query
  const after = pages.open(cursor, filter) as [string, string] | undefined
  const conditions = [filter.archived ? sql`p.archived_at is not null` : sql`p.archived_at is null`]
  for (const word of (filter.q ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 6)) {
    conditions.push(sql`position(${word} in lower(p.sku || ' ' || p.name)) > 0`)
  }
  if (filter.tag) {
    conditions.push(
      sql`exists (select from catalog.product_tags t where t.account_id = p.account_id and t.product_id = p.id and t.tag = ${filter.tag})`,
    )
  }
  if (filter.clientId) conditions.push(sql`p.owner_party_id = ${filter.clientId}`)
  if (after) conditions.push(sql`(p.sku, p.id) > (${after[0]}, ${after[1]}::uuid)`)
  const rows = await tx.rows(productRows(await audienceOf(tx), all(conditions), limit + 1))
  const last = rows.length > limit ? rows[limit - 1]! : undefined
  return {
    items: rows.slice(0, limit).map((row) => toProduct(row, tx.who)),
    nextCursor: last ? pages.seal([last.sku, last.id], filter) : null,
  }
}

/** @throws Problem not_found */
export async function getProduct(tx: Tx, id: string) {
  const row = await tx.first(productRows(await audienceOf(tx), sql`p.id = ${id}`, 1))
  if (!row) throw notFound()
  return toProduct(row, tx.who)
}

/** Which products a scanned code may mean: several only where several owners use it. A barcode goes before a SKU. */
export async function lookUpCode(tx: Tx, code: string, clientId?: string) {
  const items = await tx.rows(sql<{
    productId: string
    sku: string
    name: string
    clientId: string | null
    quantity: number
  }>`
    select distinct on (p.owner_party_id) p.id as "productId", p.sku, p.name, f.quantity,
           nullif(p.owner_party_id, (select own.id from access.parties own where own.account_id = p.account_id and own.kind = 'self')) as "clientId"
      from (select b.product_id, b.quantity, 1 as rank from catalog.product_barcodes b where b.code = ${code.trim()}
            union all select s.id, 1, 2 from catalog.products s where s.sku = ${code.trim()}) f
      join catalog.products p on p.id = f.product_id and p.archived_at is null
     where ${clientId ? sql`p.owner_party_id = ${clientId}::uuid` : sql`true`}
     order by p.owner_party_id, f.rank limit 50`)
  return { items }
}

export async function listProductTags(tx: Tx) {
  // Tags are the house's words about its products.
  if ((await audienceOf(tx)) !== 'staff') return { items: [] }
  const items = await tx.rows(sql<{ tag: string; products: number }>`
    select t.tag, count(*) as products from catalog.product_tags t
      join catalog.products p on p.account_id = t.account_id and p.id = t.product_id and p.archived_at is null
     group by t.tag order by lower(t.tag), t.tag limit 2000`)
  return { items }
}
