import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid } from '#kernel/problem.ts'

/**
 * Puts so many eaches more, or fewer, on hand, for a reason. What is more serves the orders that wait for it.
 * @throws Problem invalid_request, not_found, kept_for_orders where fewer would be there than are allocated
 */
export async function adjustStock(
  tx: Tx,
  { warehouseId, productId, by, reason }: { warehouseId: string; productId: string; by: number; reason: string },
): Promise<void> {
  if (by === 0) throw invalid('by', 'must be more or less than nothing')
  if (reason.trim() === '') throw invalid('reason', 'must not be blank')
  await tx.rows(sql`select stock.adjust(${warehouseId}, ${productId}, ${by}, ${reason})`)
  await audit(tx, 'stock.adjusted', { kind: 'product', id: productId }, { warehouseId, by, reason: reason.trim() })
}
