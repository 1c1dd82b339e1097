import { sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'

/**
 * What a store's SKUs mean here, among the goods of its client, or of the house where it serves none: by the store's listings
 * first, else the product of that SKU. Another owner's product of the same SKU is never meant.
 */
export async function productsBySku(tx: Tx, storeId: string, skus: string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(skus)].filter((sku) => sku !== '')
  if (wanted.length === 0) return new Map()
  const rows = await tx.rows(sql<{ sku: string; product_id: string }>`
    with owner as (
      select coalesce(s.client_party_id, (select own.id from access.parties own where own.kind = 'self')) as id from channels.stores s where s.id = ${storeId}
    )
    select distinct on (sku) sku, product_id from (
      select x.external_sku as sku, x.product_id, 1 as rank from channels.listings x
        join catalog.products p on p.account_id = x.account_id and p.id = x.product_id and p.owner_party_id = (select id from owner)
       where x.store_id = ${storeId} and x.external_sku = any (${texts(wanted)})
      union all
      select p.sku, p.id, 2 from catalog.products p
       where p.owner_party_id = (select id from owner) and p.sku = any (${texts(wanted)}) and p.archived_at is null
    ) as found order by sku, rank`)
  return new Map(rows.map((row) => [row.sku, row.product_id]))
}
