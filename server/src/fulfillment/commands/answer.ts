import { audit } from '#kernel/audit.ts'
import { json, sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { type Chosen, chooseUnits, sum, unanswered, unshipped } from '../quantities.ts'
import { openFulfillmentOrder } from '../queries/open-fulfillment-order.ts'
import { checkStep } from './check-step.ts'
import { record } from './record.ts'

/** Accepts what is offered, or chosen units of it; the rest stays offered. By the house: on behalf of the supplier. */
export async function accept(tx: Tx, id: string, chosen?: Chosen[]): Promise<void> {
  const opened = await openFulfillmentOrder(tx, id)
  checkStep('accept', opened)
  const units = chooseUnits(opened.lines, chosen, unanswered)
  await tx.rows(sql`
    update fulfillment.lines l set accepted = l.accepted + u.quantity
      from jsonb_to_recordset(${json(units)}) as u (id uuid, quantity integer) where l.account_id = app.account_id() and l.id = u.id`)
  await tx.rows(sql`select fulfillment.settle(${uuids([id])})`)
  await record(tx, 'fulfillment.accepted', [{ id, data: { units: sum(units), ...onBehalf(tx) } }])
  await audit(tx, 'fulfillment_order.accepted', { kind: 'fulfillment_order', id }, { units })
}

/**
 * Rejects what has not left, or chosen units of it. What was not answered yet is rejected first, then what was accepted.
 * The units are free to be assigned again, and the order gets an issue for each line.
 */
export async function reject(tx: Tx, id: string, reason: string, chosen?: Chosen[]): Promise<void> {
  const opened = await openFulfillmentOrder(tx, id)
  checkStep('reject', opened)
  const units = chooseUnits(opened.lines, chosen, unshipped)
  await tx.rows(sql`
    update fulfillment.lines l set rejected = l.rejected + u.quantity, reject_reason = ${reason},
           accepted = least(l.accepted, l.quantity - l.cancelled - l.rejected - u.quantity)
      from jsonb_to_recordset(${json(units)}) as u (id uuid, quantity integer) where l.account_id = app.account_id() and l.id = u.id`)
  await tx.rows(sql`select fulfillment.raise_rejected(${uuids(units.map((unit) => unit.id))}, ${reason})`)
  await tx.rows(sql`select fulfillment.settle(${uuids([id])})`)
  await record(tx, 'fulfillment.rejected', [{ id, data: { units: sum(units), reason, ...onBehalf(tx) } }])
  await audit(tx, 'fulfillment_order.rejected', { kind: 'fulfillment_order', id }, { units, reason })
}

const onBehalf = (tx: Tx) => (tx.who.audience === 'staff' ? { onBehalf: true } : {})
