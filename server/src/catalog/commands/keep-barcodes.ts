import { explainConstraints } from '#kernel/db/errors.ts'
import { json, sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, Problem } from '#kernel/problem.ts'
import { required } from '../texts.ts'

/** A code to scan and how many eaches are under it. */
export interface Barcode {
  code: string
  quantity: number
}

explainConstraints({ product_barcodes_pkey: () => taken('One of these barcodes belongs to another product.') })

const taken = (sentence: string) =>
  new Problem('already_exists', sentence, { errors: [{ field: 'barcodes', message: 'is on another product' }] })

/** @throws Problem invalid_request where a code is blank or stands twice */
export function trimmedBarcodes(barcodes: Barcode[]): Barcode[] {
  const trimmed = barcodes.map(({ code, quantity }) => ({ code: required('barcodes', code), quantity }))
  if (new Set(trimmed.map(({ code }) => code)).size < trimmed.length)
    throw invalid('barcodes', 'must not name a code twice')
  return trimmed
}

/**
 * Makes these the barcodes of a product: a code means one product of its owner.
 * @throws Problem already_exists, with the product that has one of them
 */
export async function keepBarcodes(tx: Tx, productId: string, barcodes: Barcode[]): Promise<void> {
  const wanted = trimmedBarcodes(barcodes)
  const codes = texts(wanted.map(({ code }) => code))
  const other = await tx.first(sql<{ code: string; sku: string }>`
    select b.code, o.sku
      from catalog.products p
      join catalog.product_barcodes b on b.account_id = p.account_id and b.owner_party_id = p.owner_party_id and b.code = any (${codes})
      join catalog.products o on o.account_id = b.account_id and o.id = b.product_id
     where p.id = ${productId} and b.product_id <> p.id order by b.code limit 1`)
  if (other) throw taken(`The barcode ${other.code} is on the product ${other.sku} already.`)
  await tx.rows(sql`delete from catalog.product_barcodes where product_id = ${productId} and not code = any (${codes})`)
  await tx.rows(sql`
    insert into catalog.product_barcodes as x (account_id, owner_party_id, code, product_id, quantity)
    select p.account_id, p.owner_party_id, r.code, p.id, r.quantity
      from catalog.products p cross join jsonb_to_recordset(${json(wanted)}) as r (code text, quantity integer)
     where p.id = ${productId}
    on conflict (account_id, owner_party_id, code) do update set quantity = excluded.quantity where x.product_id = excluded.product_id`)
}
