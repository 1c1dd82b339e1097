import { sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'

/** What a store's SKUs mean here: by the store's listings first, else the house's own product of that SKU. */
export async function productsBySku(tx: Tx, storeId: string, skus: string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(skus)].filter((sku) => sku !== '')
  if (wanted.length === 0) return new Map()
  const rows = await tx.rows(sql<{ sku: string; product_id: string }>`
    select distinct on (sku) sku, product_id from (
      select external_sku as sku, product_id, 1 as rank from channels.listings where store_id = ${storeId} and external_sku = any (${texts(wanted)})
      union all
      select p.sku, p.id, 2 from catalog.products p
        join access.parties own on own.account_id = p.account_id and own.id = p.owner_party_id and own.kind = 'self'
       where p.sku = any (${texts(wanted)}) and p.archived_at is null
    ) as found order by sku, rank`)
  return new Map(rows.map((row) => [row.sku, row.product_id]))
}
