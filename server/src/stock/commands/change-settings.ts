import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { Problem } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import { getStockSettings, type StockSettings } from '../queries/settings.ts'

/**
 * Says by how many eaches a count may differ and still be applied at once. For who sees every store and warehouse.
 * @throws Problem not_permitted, changed_meanwhile
 */
export async function changeStockSettings(
  tx: Tx,
  version: number,
  change: Pick<StockSettings, 'countThreshold'>,
): Promise<StockSettings> {
  const allowed = await tx.first(sql<{ all: boolean }>`
    select app.may_everywhere('warehouses:edit') as all`)
  if (!allowed!.all)
    throw new Problem(
      'not_permitted',
      'This counts for the whole account: it is for who sees every store and warehouse.',
      {
        extra: { permission: 'warehouses:edit' },
      },
    )
  // There is a row to be locked from the first edit on.
  await tx.rows(sql`insert into stock.settings (account_id) values (app.account_id()) on conflict do nothing`)
  await tx.rows(sql`select from stock.settings for update`)
  const before = await getStockSettings(tx)
  if (before.version !== version) throw changedMeanwhile(before, change)
  await tx.rows(sql`update stock.settings set count_threshold = ${change.countThreshold}, version = version + 1`)
  await audit(tx, 'stock.settings-changed', { kind: 'account', id: tx.who.accountId }, { ...change })
  return await getStockSettings(tx)
}
