import { sql } from './db/sql.ts'
import type { Tx } from './db/transaction.ts'
import type { Audience } from './permissions.ts'

/**
 * Which side asks, for a query that names other tables for the house than for its clients. A reading transaction knows it
 * once a statement ran: this costs a round trip.
 */
export async function audienceOf(tx: Tx): Promise<Audience> {
  await tx.rows(sql`select`)
  return tx.who.audience
}
