import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'

/**
 * Says below how many available eaches a product is low in a warehouse; null: never.
 * @throws Problem not_found for goods or a warehouse out of his grant
 */
export async function setLowLevel(
  tx: Tx,
  { warehouseId, productId, level }: { warehouseId: string; productId: string; level: number | null },
): Promise<{ level: number | null }> {
  const goods = await tx.first(sql`
    select from catalog.products p join stock.warehouses w on w.account_id = p.account_id and w.id = ${warehouseId}
     where p.id = ${productId}`)
  if (!goods) throw notFound()
  await tx.rows(
    level === null
      ? sql`delete from stock.low_levels where warehouse_id = ${warehouseId} and product_id = ${productId}`
      : sql`
        insert into stock.low_levels as x (account_id, warehouse_id, product_id, owner_party_id, level)
        select p.account_id, ${warehouseId}, p.id, p.owner_party_id, ${level} from catalog.products p where p.id = ${productId}
        on conflict (account_id, warehouse_id, product_id) do update set level = excluded.level, version = x.version + 1`,
  )
  await audit(tx, 'stock.watched', { kind: 'product', id: productId }, { warehouseId, level })
  return { level }
}
