import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'

interface LowLevel {
  level: number | null
  version: number
}

/**
 * Says below how many available eaches a product is low in a warehouse; null: never.
 * @param version of what was said before; the first is that nobody said anything
 * @throws Problem not_found for goods or a warehouse out of his grant, changed_meanwhile
 */
export async function setLowLevel(
  tx: Tx,
  version: number,
  { warehouseId, productId, level }: { warehouseId: string; productId: string; level: number | null },
): Promise<LowLevel> {
  const goods = await tx.first(sql`
    select from catalog.products p join stock.warehouses w on w.account_id = p.account_id and w.id = ${warehouseId}
     where p.id = ${productId}`)
  if (!goods) throw notFound()
  // There is a row to be locked from the first edit on.
  await tx.rows(sql`
    insert into stock.low_levels (account_id, warehouse_id, product_id, owner_party_id)
    select p.account_id, ${warehouseId}, p.id, p.owner_party_id from catalog.products p where p.id = ${productId}
    on conflict do nothing`)
  const here = sql`warehouse_id = ${warehouseId} and product_id = ${productId}`
  const before = await tx.first(sql<LowLevel>`select level, version from stock.low_levels where ${here} for update`)
  if (before!.version !== version) throw changedMeanwhile(before!, { level })
  const after = await tx.first(sql<LowLevel>`
    update stock.low_levels set level = ${level}, version = version + 1 where ${here} returning level, version`)
  await audit(tx, 'stock.watched', { kind: 'product', id: productId }, { warehouseId, level })
  return after!
}
