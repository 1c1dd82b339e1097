import { sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import type { State } from '../lifecycle.ts'

export interface LineFacts {
  id: string
  quantity: number
  accepted: number
  rejected: number
  cancelled: number
  shipped: number
}
export interface Opened {
  id: string
  number: string
  state: State
  onHold: boolean
  supplierId: string | null
  assigneeId: string | null
  /** The name of the person who has it; empty: nobody. */
  assignee: string
  lines: LineFacts[]
}

/**
 * Fulfillment orders as a step begins: their orders are locked until the transaction ends, so that what is read here
 * stays true. Only those the caller may see.
 */
export async function openFulfillmentOrders(tx: Tx, ids: string[]): Promise<Opened[]> {
  const [, opened] = await tx.all(
    sql`select fulfillment.lock(${uuids(ids)})`,
    sql<Opened>`
    select f.id, f.number, f.state, f.on_hold as "onHold", f.supplier_id as "supplierId", f.assignee_member_id as "assigneeId", f.assignee_name as assignee, coalesce((
             select json_agg(json_build_object('id', l.id, 'quantity', l.quantity, 'accepted', l.accepted, 'rejected', l.rejected,
                                               'cancelled', l.cancelled, 'shipped', l.shipped) order by l.position, l.id)
               from fulfillment.lines l where l.account_id = f.account_id and l.fulfillment_order_id = f.id), '[]') as lines
      from fulfillment.fulfillment_orders f
     where f.account_id = app.account_id() and f.id = any (${uuids(ids)}) order by f.number`,
  )
  return opened
}

/** @throws Problem not_found, the same for another's and for none */
export async function openFulfillmentOrder(tx: Tx, id: string): Promise<Opened> {
  const [opened] = await openFulfillmentOrders(tx, [id])
  if (!opened) throw notFound()
  return opened
}
