import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'

export interface Count {
  warehouseId: string
  productId: string
  /** What was on hand by the ledger when he began to count. */
  expected: number
  counted: number
  reason?: string | undefined
}

/**
 * Writes what was counted. It is applied at once unless it differs by more than the account lets pass and he may not adjust
 * stock: then it waits for somebody who may.
 * @throws Problem not_found, changed_meanwhile with what is on hand now, kept_for_orders
 */
export async function countStock(tx: Tx, count: Count): Promise<{ id: string; state: 'applied' | 'waiting' }> {
  const { warehouseId, productId, expected, counted, reason = '' } = count
  const id = uuidv7()
  const row = await tx.first(sql<{ state: 'applied' | 'waiting' }>`
    select stock.count(${id}, ${warehouseId}, ${productId}, ${expected}, ${counted}, ${reason}) as state`)
  await audit(tx, 'stock.counted', { kind: 'product', id: productId }, { warehouseId, expected, counted })
  return { id, state: row!.state }
}

/**
 * Approves a count that waits, or refuses it.
 * @throws Problem not_found, changed_meanwhile where somebody was first, kept_for_orders
 */
export async function answerCount(tx: Tx, id: string, version: number, approve: boolean): Promise<void> {
  await tx.rows(sql`select stock.answer_count(${id}, ${version}, ${approve})`)
  const row = await tx.first(sql<{ product_id: string }>`select product_id from stock.counts where id = ${id}`)
  await audit(tx, approve ? 'count.approved' : 'count.refused', { kind: 'product', id: row!.product_id }, { count: id })
}
