import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'

export interface Store {
  id: string
  name: string
  currency: string
}

/** The stores one may import into, the account's own first. */
export const listStores = (tx: Tx) =>
  tx.rows(sql<Store>`select id, name, currency from channels.stores order by is_default desc, name, id`)
