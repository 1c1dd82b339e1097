import { uuidv7 } from 'uuidv7'
import { assignLines } from '#fulfillment'
import { json, sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { holdOrders, tagOrders } from '#orders'
import type { Action, Deed } from '../actions.ts'
import { linesFor, matchingOrders, notYet, openAmong } from '../queries/matching.ts'
import { type Rule, runnableRules } from '../queries/rules.ts'

/**
 * Runs the enabled rules, top to bottom, on some hundred orders at once: a few statements for each rule, not for each
 * order. What is assigned stays with whom it is; a tag or a hold that a rule once set is not set again by it. So the same
 * run twice does nothing the second time.
 */
export async function runOn(tx: Tx, orderIds: string[], run: 'arrival' | 'now'): Promise<void> {
  const { rules, suppliers } = await runnableRules(tx)
  let left = rules.length > 0 ? await openAmong(tx, orderIds) : []
  for (const rule of rules) {
    if (left.length === 0) return
    const matched = await matchingOrders(tx, rule.condition, left)
    if (matched.length === 0) continue
    const deeds = new Map<string, Deed[]>()
    for (const action of rule.actions) {
      for (const [orderId, deed] of await act(tx, rule, action, matched, suppliers)) {
        deeds.set(orderId, [...(deeds.get(orderId) ?? []), deed])
      }
    }
    await keepTraces(tx, rule, run, deeds)
    if (rule.stopAfter) left = left.filter((id) => !matched.includes(id))
  }
}

async function act(
  tx: Tx,
  rule: Rule,
  action: Action,
  matched: string[],
  suppliers: Map<string, string>,
): Promise<[orderId: string, Deed][]> {
  if (action.do === 'assign') return await assign(tx, rule, action, matched, suppliers.get(action.supplierId)!)
  const fresh = await notYet(tx, rule.id, action.do, matched)
  const done =
    action.do === 'tag'
      ? await tagOrders(tx, { orderIds: fresh, tag: action.tag })
      : await holdOrders(tx, { orderIds: fresh, reason: action.reason })
  return done.map((orderId) => [orderId, action])
}

async function assign(
  tx: Tx,
  rule: Rule,
  action: Extract<Action, { do: 'assign' }>,
  matched: string[],
  supplier: string,
): Promise<[string, Deed][]> {
  const { supplierId } = action
  const lines = await linesFor(tx, rule.condition, action.lines, matched)
  if (lines.length === 0) return []
  const assigned = await assignLines(tx, { lines, to: { supplierId } })
  const given = await tx.rows(sql<{ id: string; sku: string; quantity: number }>`
    select l.fulfillment_order_id as id, l.sku, l.quantity from fulfillment.lines l
     where l.fulfillment_order_id = any (${uuids(assigned.map((each) => each.fulfillmentOrderId))})
       and l.order_line_id = any (${uuids(lines.map((line) => line.orderLineId))}) order by l.position`)
  const bySupply = Map.groupBy(given, ({ id }) => id)
  return assigned.map(({ orderId, fulfillmentOrderId, number }) => {
    const of = (bySupply.get(fulfillmentOrderId) ?? []).map(({ sku, quantity }) => ({ sku, quantity }))
    return [orderId, { do: 'assign', supplierId, supplier, fulfillmentOrder: number, lines: of }]
  })
}

async function keepTraces(tx: Tx, rule: Rule, run: 'arrival' | 'now', deeds: Map<string, Deed[]>): Promise<void> {
  if (deeds.size === 0) return
  const rows = [...deeds].map(([orderId, did]) => ({ id: uuidv7(), order_id: orderId, did }))
  await tx.rows(sql`
    insert into automation.traces (account_id, id, order_id, store_id, rule_id, rule_name, rule_version, run, effect)
    select (select app.account_id()), r.id, o.id, o.store_id, ${rule.id}::uuid, ${rule.name}, ${rule.version}, ${run},
           jsonb_build_object('condition', ${json(rule.condition)}, 'did', r.did)
      from jsonb_to_recordset(${json(rows)}) as r (id uuid, order_id uuid, did jsonb)
      join orders.orders o on o.account_id = (select app.account_id()) and o.id = r.order_id`)
}
