import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import type { catalogContract } from '../contract.ts'
import { getProduct } from '../queries/products.ts'
import { required, trimmedTags } from '../texts.ts'
import { keepBarcodes } from './keep-barcodes.ts'
import { ownerOf, upsertProducts } from './upsert-products.ts'

/** @throws Problem not_found where there is no such client, already_exists where its owner has a product of the SKU, or of a barcode */
export async function createProduct(tx: Tx, body: BodyOf<(typeof catalogContract)['createProduct']>) {
  const sku = required('sku', body.sku)
  const { clientId } = body
  if (
    clientId !== undefined &&
    !(await tx.first(sql`select 1 from access.parties where id = ${clientId} and kind = 'client'`))
  )
    throw notFound()
  if (clientId === undefined) await expectHouse(tx)
  const product = {
    sku,
    name: required('name', body.name),
    description: body.description?.trim() ?? null,
    barcodes: [],
    discontinued: body.discontinued ?? null,
    price: body.price ?? null,
    cost: body.cost ?? null,
    tags: trimmedTags('tags', body.tags ?? []),
  }
  const [result] = await upsertProducts(tx, { products: [product], mode: 'create', clientId })
  if (result!.outcome !== 'created') {
    throw new Problem('already_exists', `There is a product with the SKU ${sku} already.`, {
      errors: [{ field: 'sku', message: 'is taken by another product' }],
    })
  }
  const row = await tx.first(sql<{ id: string }>`
    select p.id from catalog.products p where p.owner_party_id = ${ownerOf(clientId)} and p.sku = ${sku}`)
  if (body.barcodes?.length) await keepBarcodes(tx, row!.id, body.barcodes)
  if (body.weightGrams)
    await tx.rows(sql`
      update catalog.products set weight_grams = ${body.weightGrams}, weighed_at = app.now() where id = ${row!.id}`)
  await audit(tx, 'product.created', { kind: 'product', id: row!.id }, { sku, name: product.name })
  return await getProduct(tx, row!.id)
}

/** Refuses the goods of the house to who is kept to stores of clients. */
async function expectHouse(tx: Tx): Promise<void> {
  const row = await tx.first(sql<{ may: boolean }>`
    select app.may_of_all_owners('products:edit') or ${ownerOf(undefined)} = any (app.owners_where_may('products:edit')) as may`)
  if (!row!.may)
    throw new Problem('not_permitted', 'You look after goods of clients: say whose this product is.', {
      extra: { permission: 'products:edit' },
    })
}
