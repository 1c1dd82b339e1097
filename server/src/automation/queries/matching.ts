import { json, sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Action } from '../actions.ts'
import type { Condition } from '../condition/schema.ts'
import { countingLines, lineMeets, orderMeets } from '../condition/to-sql.ts'

/** Orders that rules may still do something with: payable, not all shipped, not cancelled. A held order is prepared, and stays held. */
const openOrders = sql`o.status not in ('awaiting_payment', 'shipped', 'cancelled') and o.payment <> 'unpaid'`

/** Those of these orders that are open. */
export async function openAmong(tx: Tx, orderIds: string[]): Promise<string[]> {
  const rows = await tx.rows(sql<{ id: string }>`
    select o.id from orders.orders o where o.id = any (${uuids(orderIds)}) and ${openOrders}`)
  return rows.map(({ id }) => id)
}

/** What somebody sees, where it is not everything: his stores, or, where he is confined, his orders. */
export type Sight = {
  storeIds?: string[] | null
  orderIds?: string[] | null
}
const within = ({ storeIds, orderIds }: Sight) =>
  orderIds ? sql`o.id = any (${uuids(orderIds)})` : storeIds ? sql`o.store_id = any (${uuids(storeIds)})` : sql`true`

/** The next open orders after `after`, by id, within somebody's sight. */
export async function nextOpen(tx: Tx, after: string, limit: number, sight: Sight): Promise<string[]> {
  const rows = await tx.rows(sql<{ id: string }>`
    select o.id from orders.orders o where o.id > ${after} and ${openOrders} and ${within(sight)} order by o.id limit ${limit}`)
  return rows.map(({ id }) => id)
}

export async function countOpen(tx: Tx, sight: Sight): Promise<number> {
  const row = await tx.first(
    sql<{ value: number }>`select count(*) as value from orders.orders o where ${openOrders} and ${within(sight)}`,
  )
  return row!.value
}

/** Those of these orders that meet the condition. */
export async function matchingOrders(tx: Tx, condition: Condition, orderIds: string[]): Promise<string[]> {
  const rows = await tx.rows(sql<{ id: string }>`
    select o.id from orders.orders o where o.id = any (${uuids(orderIds)}) and ${orderMeets(condition)}`)
  return rows.map(({ id }) => id)
}

/**
 * The lines of matching orders that an assignment means. Only lines that were never given to anybody: what a supplier
 * rejected, or a person took back or divided, is that person's to decide.
 */
export async function linesFor(
  tx: Tx,
  condition: Condition,
  lines: Extract<Action, { do: 'assign' }>['lines'],
  orderIds: string[],
): Promise<{ orderId: string; orderLineId: string }[]> {
  return await tx.rows(sql<{ orderId: string; orderLineId: string }>`
    select o.id as "orderId", l.id as "orderLineId"
      from orders.orders o join orders.lines l on l.account_id = o.account_id and l.order_id = o.id
     where o.id = any (${uuids(orderIds)}) and ${countingLines} and ${lines === 'all' ? sql`true` : lineMeets(condition)}
       and not exists (select from fulfillment.lines f where f.account_id = l.account_id and f.order_line_id = l.id)
     order by o.id, l.position`)
}

/** Those of the orders with which this rule has not yet done this. */
export async function notYet(tx: Tx, ruleId: string, deed: 'tag' | 'hold', orderIds: string[]): Promise<string[]> {
  const done = await tx.rows(sql<{ order_id: string }>`
    select t.order_id from automation.traces t
     where t.rule_id = ${ruleId} and t.order_id = any (${uuids(orderIds)}) and t.effect->'did' @> ${json([{ do: deed }])}`)
  const known = new Set(done.map((row) => row.order_id))
  return orderIds.filter((id) => !known.has(id))
}
