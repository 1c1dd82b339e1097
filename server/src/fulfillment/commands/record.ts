import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'

/** Tells the story of the orders of these fulfillment orders; the one who tells may not see the order himself. */
export async function record(
  tx: Tx,
  kind: string,
  entries: { id: string; data: Record<string, unknown> }[],
): Promise<void> {
  await tx.rows(sql`
    select fulfillment.record(r.id, ${kind}, r.data) from jsonb_to_recordset(${json(entries)}) as r (id uuid, data jsonb)`)
}
