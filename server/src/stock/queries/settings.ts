import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'

export interface StockSettings {
  countThreshold: number
  version: number
}

/** What the account said about its counts; until then a count may differ by ten. */
export async function getStockSettings(tx: Tx): Promise<StockSettings> {
  const row = await tx.first(
    sql<StockSettings>`select count_threshold as "countThreshold", version from stock.settings`,
  )
  return row ?? { countThreshold: 10, version: 1 }
}
