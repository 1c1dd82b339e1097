import { uuidv7 } from 'uuidv7'
import { json, type Statement, sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { announce } from '#kernel/events.ts'
import type { Barcode } from './keep-barcodes.ts'

/** An amount for one unit, in millionths of the major unit of its currency. */
export interface UnitAmount {
  micros: number
  currency: string
}

/** A product as a file or a form gives it. Null says nothing: a known product keeps what it has. */
export interface ProductInput {
  sku: string
  name: string
  description: string | null
  /** Added to those the product has. A code that another product of the owner has stays with it. */
  barcodes: Barcode[]
  discontinued: boolean | null
  /** As its owner declares it; what the house measured stays. */
  weightGrams?: number | null
  price: UnitAmount | null
  cost: UnitAmount | null
  /** Added to those the product has; a tag somebody set by hand is never lost to a file. */
  tags: string[]
}
export type UpsertOutcome = 'created' | 'changed' | 'unchanged' | 'skipped'

/**
 * Adds and changes products of one owner by their SKU, each SKU once in a batch of some 500, in a few statements. Without a
 * client they are the house's own; another owner's product of the same SKU is another product.
 * `create` skips what exists, `update` skips what doesn't. An archived product that comes again is taken back, by the house alone;
 * a client's batch says nothing of prices, costs and tags, which are the house's.
 * Listeners of `products.tagged` hear of those that are new or got tags. The caller records the deed.
 */
export async function upsertProducts(
  tx: Tx,
  batch: { products: ProductInput[]; mode: 'create' | 'update' | 'both'; clientId?: string | undefined },
): Promise<{ sku: string; outcome: UpsertOutcome }[]> {
  const { products, mode } = batch
  const owner = ownerOf(batch.clientId)
  const created = mode === 'update' ? [] : await insertProducts(tx, products, owner)
  const isNew = new Set(created.map(({ sku }) => sku))
  const known =
    mode === 'create'
      ? []
      : await updateProducts(
          tx,
          products.filter(({ sku }) => !isNew.has(sku)),
          owner,
        )
  const ids = new Map([...created, ...known].map(({ sku, id }) => [sku, id]))
  const rows = products.flatMap((product) => {
    const id = ids.get(product.sku)
    return id ? [{ ...product, id }] : []
  })
  const codes = keepCodes(rows)
  const { tagged, touched } =
    tx.who.audience === 'staff'
      ? await fillSideTables(tx, rows, codes)
      : { tagged: [], touched: idsOf(await tx.rows(codes)) }
  const changed = new Set([...known.filter((row) => row.changed).map(({ id }) => id), ...touched, ...tagged])
  const affected = [...new Set([...created.map(({ id }) => id), ...tagged])]
  if (affected.length > 0) await announce(tx, 'products.tagged', { productIds: affected })
  return products.map(({ sku }) => {
    const id = ids.get(sku)
    if (!id) return { sku, outcome: 'skipped' }
    return { sku, outcome: isNew.has(sku) ? 'created' : changed.has(id) ? 'changed' : 'unchanged' }
  })
}

/** The party whose goods they are: the client, or the house. */
export const ownerOf = (clientId: string | undefined): Statement<unknown> =>
  clientId === undefined ? sql`(select own.id from access.parties own where own.kind = 'self')` : sql`${clientId}::uuid`

const insertProducts = (tx: Tx, products: ProductInput[], owner: Statement<unknown>) =>
  tx.rows(sql<{ id: string; sku: string }>`
    insert into catalog.products (account_id, id, owner_party_id, sku, name, description, discontinued, weight_grams)
    select (select app.account_id()), r.id, ${owner}, r.sku, r.name, coalesce(r.description, ''), coalesce(r.discontinued, false), r."weightGrams"
      from jsonb_to_recordset(${json(products.map((product) => ({ ...product, id: uuidv7() })))})
           as r (id uuid, sku text, name text, description text, discontinued boolean, "weightGrams" integer)
    on conflict (account_id, owner_party_id, sku) do nothing
    returning id, sku`)

async function updateProducts(tx: Tx, products: ProductInput[], owner: Statement<unknown>) {
  const ofHouse = tx.who.audience === 'staff'
  const weight = sql`case when p.weighed_at is null then coalesce(r."weightGrams", p.weight_grams) else p.weight_grams end`
  const changed = await tx.rows(sql<{ id: string }>`
    update catalog.products p
       set name = r.name, description = coalesce(r.description, p.description),
           discontinued = coalesce(r.discontinued, p.discontinued), weight_grams = ${weight},
           ${ofHouse ? sql`archived_at = null,` : sql``} version = p.version + 1
      from jsonb_to_recordset(${json(products)}) as r (sku text, name text, description text, discontinued boolean, "weightGrams" integer)
     where p.owner_party_id = ${owner} and p.sku = r.sku
       and ((p.name, p.description, p.discontinued, p.weight_grams) is distinct from
            (r.name, coalesce(r.description, p.description), coalesce(r.discontinued, p.discontinued), ${weight})
            or ${ofHouse ? sql`p.archived_at is not null` : sql`false`})
    returning p.id`)
  const now = new Set(changed.map(({ id }) => id))
  const rows = await tx.rows(sql<{ id: string; sku: string }>`
    select p.id, p.sku from catalog.products p where p.owner_party_id = ${owner} and p.sku = any (${texts(products.map(({ sku }) => sku))})`)
  return rows.map((row) => ({ ...row, changed: now.has(row.id) }))
}

const idsOf = (found: { product_id: string }[]) => [...new Set(found.map((row) => row.product_id))]

const keepCodes = (rows: (ProductInput & { id: string })[]) => {
  const barcodes = rows.flatMap((row) => row.barcodes.map((barcode) => ({ id: row.id, ...barcode })))
  return sql<{ product_id: string }>`
    insert into catalog.product_barcodes as x (account_id, owner_party_id, code, product_id, quantity)
    select distinct on (p.owner_party_id, r.code) p.account_id, p.owner_party_id, r.code, p.id, r.quantity
      from jsonb_to_recordset(${json(barcodes)}) as r (id uuid, code text, quantity integer)
      join catalog.products p on p.account_id = (select app.account_id()) and p.id = r.id
    on conflict (account_id, owner_party_id, code) do update set quantity = excluded.quantity
     where x.product_id = excluded.product_id and x.quantity <> excluded.quantity
    returning product_id`
}

/** Prices, costs, tags and barcodes in one round trip; returns which products got something they had not. */
async function fillSideTables(tx: Tx, rows: (ProductInput & { id: string })[], codes: ReturnType<typeof keepCodes>) {
  const amounts = (pick: (row: ProductInput) => UnitAmount | null) =>
    json(rows.flatMap((row) => (pick(row) ? [{ id: row.id, ...pick(row) }] : [])))
  const tags = rows.flatMap((row) => row.tags.map((tag) => ({ id: row.id, tag })))
  const [prices, costs, tagged, coded] = await tx.all(
    sql<{ product_id: string }>`
      insert into catalog.product_prices as x (account_id, product_id, owner_party_id, currency, price_micros)
      select p.account_id, p.id, p.owner_party_id, r.currency, r.micros
        from jsonb_to_recordset(${amounts((row) => row.price)}) as r (id uuid, currency text, micros bigint)
        join catalog.products p on p.account_id = (select app.account_id()) and p.id = r.id
      on conflict (account_id, product_id) do update set currency = excluded.currency, price_micros = excluded.price_micros
       where (x.currency, x.price_micros) <> (excluded.currency, excluded.price_micros)
      returning product_id`,
    sql<{ product_id: string }>`
      insert into catalog.product_costs as x (account_id, product_id, owner_party_id, currency, cost_micros)
      select p.account_id, p.id, p.owner_party_id, r.currency, r.micros
        from jsonb_to_recordset(${amounts((row) => row.cost)}) as r (id uuid, currency text, micros bigint)
        join catalog.products p on p.account_id = (select app.account_id()) and p.id = r.id
      on conflict (account_id, product_id) do update set currency = excluded.currency, cost_micros = excluded.cost_micros
       where (x.currency, x.cost_micros) <> (excluded.currency, excluded.cost_micros)
      returning product_id`,
    sql<{ product_id: string }>`
      insert into catalog.product_tags (account_id, product_id, owner_party_id, tag)
      select distinct p.account_id, p.id, p.owner_party_id, r.tag from jsonb_to_recordset(${json(tags)}) as r (id uuid, tag text)
        join catalog.products p on p.account_id = (select app.account_id()) and p.id = r.id
      on conflict do nothing returning product_id`,
    codes,
  )
  return { tagged: idsOf(tagged), touched: [...idsOf(prices), ...idsOf(costs), ...idsOf(coded)] }
}
