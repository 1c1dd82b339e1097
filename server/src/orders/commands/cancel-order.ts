import { audit } from '#kernel/audit.ts'
import { sql, texts, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { announce } from '#kernel/events.ts'
import { Problem } from '#kernel/problem.ts'
import { stagesFor } from '../lifecycle.ts'
import { refuseStep, tell, typed } from '../step.ts'

/**
 * Cancels what nobody works on yet: units that a warehouse has released or a supplier has accepted stay, and so do fees
 * beside them. With nothing given out, that is the whole order. `evenAtWork`: also what is being worked on, by approval; what
 * has left stays.
 * @throws Problem not_found, wrong_state
 */
export async function cancelOrder(tx: Tx, id: string, body: { reason: string }, { evenAtWork = false } = {}) {
  const reason = typed('reason', body.reason)
  // Who accepts at this moment waits for us, and then finds the line cancelled.
  await tx.rows(sql`select fulfillment.lock_orders(array[${id}]::uuid[])`)
  const cancelled = await tx.rows(sql<{ store_id: string; position: number; units: number }>`
    with given as (
      select order_line_id as line_id, case when ${evenAtWork} then shipped else at_work end as units
        from fulfillment.units_of(array[${id}]::uuid[])
    ), cut as (
      select l.id, l.cancelled_quantity as before, l.quantity - coalesce(g.units, 0) as cancelled
        from orders.lines l left join given g on g.line_id = l.id
       where l.order_id = ${id} and (l.requires_shipping or not exists (select from given where units > 0))
    )
    update orders.lines l set cancelled_quantity = cut.cancelled
      from cut, orders.orders o
     where l.id = cut.id and l.cancelled_quantity < cut.cancelled and o.id = l.order_id
       and orders.stage_of(o.id) = any (${texts(stagesFor('cancel', tx.who.permissions))})
    returning l.store_id, l.position, cut.cancelled - cut.before as units`)
  if (!cancelled[0]) return await refuseCancel(tx, id)
  await tx.rows(sql`select orders.recompute(${uuids([id])})`)
  const units = cancelled.reduce((sum, line) => sum + line.units, 0)
  await tell(tx, { id, store_id: cancelled[0].store_id }, 'order.cancelled', { reason, units })
  await audit(tx, 'order.cancelled', { kind: 'order', id }, { reason, units })
  await announce(tx, 'orders.cancelled', { orderIds: [id], reason })
  return {}
}

async function refuseCancel(tx: Tx, id: string): Promise<never> {
  const order = await tx.first(sql<{ stage: string }>`
    select orders.stage_of(o.id) as stage from orders.orders o where o.id = ${id}`)
  if (order?.stage === 'submitted' && tx.who.permissions.includes('fulfillment:assign'))
    throw new Problem('wrong_state', 'All of it is being worked on or has left: recall it first.')
  return await refuseStep(tx, id, 'cancel')
}
