import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { openFulfillmentOrder } from '../queries/open-fulfillment-order.ts'
import { checkStep } from './check-step.ts'
import { record } from './record.ts'

/** Takes back what has not left. A supplier's sight of it ends with this transaction; what he shipped he may still read. */
export async function unassign(tx: Tx, id: string): Promise<void> {
  checkStep('unassign', await openFulfillmentOrder(tx, id))
  const taken = await tx.first(sql<{ units: number }>`select fulfillment.unassign(${id}) as units`)
  await record(tx, 'lines.unassigned', [{ id, data: { units: taken!.units } }])
  await audit(tx, 'fulfillment_order.unassigned', { kind: 'fulfillment_order', id }, { units: taken!.units })
}
