import { audienceOf } from '#kernel/audience.ts'
import { all, type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Audience } from '#kernel/permissions.ts'
import { notFound } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import type { stockContract } from '../contract.ts'

type Named = { id: string; name: string }
export type Amounts = Record<
  'onHand' | 'allocated' | 'available' | 'incoming' | 'inTransit' | 'quarantine' | 'unverified' | 'backordered',
  number
> & { lowLevel?: number | null }
type LowLevelVersion = { warehouseId: string; version: number }
type Level = Amounts & { product: { id: string; sku: string; name: string }; warehouse: Named; client: Named | null }

/**
 * A row for each product and warehouse, whatever lots and places it lies in. Somebody of the house also finds what is only
 * watched: it has a low level, and never moved. A client who asks for what is low finds that marked by a level, not by which.
 */
export const perWarehouse = (audience: Audience, low = false) => {
  const watched = sql`
    union all select product_id, warehouse_id, owner_party_id, 0, 0, 0, 0, 0, 0, 0, level from stock.low_levels where level is not null`
  const marked = sql`
    union all select product_id, warehouse_id, owner_party_id, 0, 0, 0, 0, 0, 0, 0, 1 from stock.low_goods()`
  return sql`
    select x.product_id, x.warehouse_id, x.owner_party_id, sum(on_hand)::bigint as on_hand, sum(allocated)::bigint as allocated,
           sum(quarantine)::bigint as quarantine, sum(unverified)::bigint as unverified, sum(announced)::bigint as announced,
           sum(in_transit)::bigint as in_transit, sum(backordered)::bigint as backordered, max(level) as level
      from (select product_id, warehouse_id, owner_party_id, on_hand, allocated, quarantine, unverified, announced, in_transit,
                   backordered, null::integer as level from stock.levels
            ${audience === 'staff' ? watched : low ? marked : sql``}) x
     group by x.product_id, x.warehouse_id, x.owner_party_id`
}

const levels = (audience: Audience, condition: Statement<unknown>, limit: number, low = false) => sql<Level>`
  select json_build_object('id', p.id, 'sku', p.sku, 'name', p.name) as product,
         json_build_object('id', w.id, 'name', w.name) as warehouse,
         case when c.kind = 'client' then json_build_object('id', c.id, 'name', c.name) end as client,
         l.on_hand as "onHand", l.allocated, l.on_hand - l.allocated as available, l.announced + l.in_transit as incoming,
         l.in_transit as "inTransit", l.quarantine, l.unverified, l.backordered
         ${audience === 'staff' ? sql`, l.level as "lowLevel"` : sql``}
    from (${perWarehouse(audience, low)}) l
    join catalog.products p on p.account_id = (select app.account_id()) and p.id = l.product_id
    join stock.warehouses w on w.account_id = p.account_id and w.id = l.warehouse_id
    left join access.parties c on c.account_id = p.account_id and c.id = p.owner_party_id
   where ${condition} order by p.sku, p.id, w.id limit ${limit}`

/** The words of a search for products. */
export const wordsOf = (q = '') => q.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 6)

/** A page of levels in the order of their SKUs. */
export async function listStock({ tx, query, pages }: Call<(typeof stockContract)['listStock']>) {
  const { cursor, limit = 50, ...filter } = query
  const after = pages.open(cursor, filter) as [string, string, string] | undefined
  const conditions: Statement<unknown>[] = []
  const audience = await audienceOf(tx)
  for (const word of wordsOf(filter.q)) conditions.push(sql`position(${word} in lower(p.sku || ' ' || p.name)) > 0`)
  if (filter.warehouseId) conditions.push(sql`w.id = ${filter.warehouseId}::uuid`)
  if (filter.clientId) conditions.push(sql`p.owner_party_id = ${filter.clientId}::uuid`)
  if (filter.low)
    conditions.push(audience === 'staff' ? sql`l.on_hand - l.allocated < l.level` : sql`l.level is not null`)
  if (filter.backordered) conditions.push(sql`l.backordered > 0`)
  if (after) conditions.push(sql`(p.sku, p.id, w.id) > (${after[0]}, ${after[1]}::uuid, ${after[2]}::uuid)`)
  const rows = await tx.rows(levels(audience, all(conditions), limit + 1, filter.low))
  const last = rows.length > limit ? rows[limit - 1]! : undefined
  return {
    items: rows.slice(0, limit),
    nextCursor: last ? pages.seal([last.product.sku, last.product.id, last.warehouse.id], filter) : null,
  }
}

/**
 * One product in every warehouse it may lie in, those where there is none of it with zeros.
 * @throws Problem not_found
 */
export async function getProductStock(tx: Tx, productId: string) {
  const audience = await audienceOf(tx)
  const [products, found, warehouses, versions] = await tx.all(
    sql<{ id: string; sku: string; name: string; client: Named | null }>`
      select p.id, p.sku, p.name, case when c.kind = 'client' then json_build_object('id', c.id, 'name', c.name) end as client
        from catalog.products p left join access.parties c on c.account_id = p.account_id and c.id = p.owner_party_id
       where p.id = ${productId}`,
    levels(audience, sql`p.id = ${productId}`, 1000),
    sql<Named>`select id, name from stock.warehouses where archived_at is null order by lower(name), id`,
    audience === 'staff'
      ? sql<LowLevelVersion>`select warehouse_id as "warehouseId", version from stock.low_levels where product_id = ${productId}`
      : sql<LowLevelVersion>`select where false`,
  )
  const product = products[0]
  if (!product) throw notFound()
  const { client, ...name } = product
  const there = found.map(({ product: _, client: __, ...level }) => level)
  const none = warehouses.filter(({ id }) => !there.some(({ warehouse }) => warehouse.id === id))
  const nothing = audience === 'staff' ? { ...zeros, lowLevel: null } : zeros
  const versionIn = new Map(versions.map(({ warehouseId, version }) => [warehouseId, version]))
  const all = [...there, ...none.map((warehouse) => ({ warehouse, ...nothing }))].map((level) =>
    audience === 'staff' ? { ...level, lowLevelVersion: versionIn.get(level.warehouse.id) ?? 1 } : level,
  )
  const total = Object.fromEntries(
    Object.keys(zeros).map((key) => [key, there.reduce((sum, level) => sum + level[key as keyof typeof zeros], 0)]),
  ) as typeof zeros
  return { product: name, client, total, levels: all }
}
const zeros = {
  onHand: 0,
  allocated: 0,
  available: 0,
  incoming: 0,
  inTransit: 0,
  quarantine: 0,
  unverified: 0,
  backordered: 0,
}
