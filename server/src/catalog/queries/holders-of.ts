import { type Statement, sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { ownerOf } from '../commands/upsert-products.ts'

/** Which SKU has each of these barcodes already, among the products of the house or of a client. */
export async function holdersOf(tx: Tx, codes: string[], clientId?: string): Promise<Map<string, string>> {
  const owner: Statement<unknown> = ownerOf(clientId)
  const rows = await tx.rows(sql<{ code: string; sku: string }>`
    select b.code, p.sku from catalog.product_barcodes b join catalog.products p on p.account_id = b.account_id and p.id = b.product_id
     where b.owner_party_id = ${owner} and b.code = any (${texts(codes)})`)
  return new Map(rows.map(({ code, sku }) => [code, sku]))
}

/** The weight in grams of those of these products that the house has weighed, by SKU. */
export async function weighedOf(tx: Tx, skus: string[], clientId?: string): Promise<Map<string, number | null>> {
  const rows = await tx.rows(sql<{ sku: string; weight: number | null }>`
    select p.sku, p.weight_grams as weight from catalog.products p
     where p.owner_party_id = ${ownerOf(clientId)} and p.sku = any (${texts(skus)}) and p.weighed_at is not null`)
  return new Map(rows.map(({ sku, weight }) => [sku, weight]))
}
