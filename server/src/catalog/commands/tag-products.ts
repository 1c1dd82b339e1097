import { sql, texts, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { announce } from '#kernel/events.ts'
import { notFound } from '#kernel/problem.ts'
import { trimmedTags } from '../texts.ts'

/**
 * Adds tags to products and removes tags from them; order lines follow in the same transaction.
 * @returns how many products changed
 * @throws Problem not_found where one of the products is not there: nothing is tagged then
 */
export async function tagProducts(
  tx: Tx,
  { productIds, add = [], remove = [] }: { productIds: string[]; add?: string[]; remove?: string[] },
): Promise<{ changed: number }> {
  const added = trimmedTags('add', add)
  const removed = trimmedTags('remove', remove).filter((tag) => !added.includes(tag))
  const found = await tx.rows(sql`select from catalog.products where id = any (${uuids(productIds)})`)
  if (found.length < productIds.length) throw notFound()
  const [gone, come] = await tx.all(
    sql<{ product_id: string }>`
      delete from catalog.product_tags where product_id = any (${uuids(productIds)}) and tag = any (${texts(removed)}) returning product_id`,
    sql<{ product_id: string }>`
      insert into catalog.product_tags (account_id, product_id, owner_party_id, tag)
      select p.account_id, p.id, p.owner_party_id, t from catalog.products p, unnest(${texts(added)}) as t where p.id = any (${uuids(productIds)})
      on conflict do nothing returning product_id`,
  )
  const changed = [...new Set([...gone, ...come].map((row) => row.product_id))]
  if (changed.length > 0) await announce(tx, 'products.tagged', { productIds: changed })
  return { changed: changed.length }
}
