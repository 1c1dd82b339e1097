import { json, sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { indexWords } from '#orders'

/**
 * Copies what stands on the order to these fulfillment orders, as far as they are still to be shipped, and indexes them
 * for the search of their suppliers. Those that have left stay as they left.
 */
export async function takeSnapshots(tx: Tx, fulfillmentOrderIds: string[]): Promise<void> {
  const found = await tx.rows(sql<{ id: string; words_of: string }>`
    select fulfillment_order_id as id, words_of from fulfillment.snapshot(${uuids(fulfillmentOrderIds)})`)
  const words = found.map(({ id, words_of }) => ({ id, words: indexWords(words_of) }))
  await tx.rows(sql`select fulfillment.set_words(${json(words)})`)
}
