import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Condition } from '../condition/schema.ts'
import { countingLines, lineMeets, orderMeets } from '../condition/to-sql.ts'
import { linesFor, matchingOrders, nextOpen, notYet } from './matching.ts'
import { type Rule, runnableRules } from './rules.ts'

/** More open orders than these are not looked at for a preview. */
const cap = 5_000

/**
 * What the rules would do with the open orders the caller sees, rule by rule: how many lines each would assign, how many
 * orders it would touch. Nothing is written; tags that an earlier rule would add are not foreseen.
 */
export async function previewRules(tx: Tx) {
  const { rules } = await runnableRules(tx)
  const ids = await nextOpen(tx, '00000000-0000-0000-0000-000000000000', cap + 1, {})
  let left = ids.slice(0, cap)
  const given = new Set<string>()
  const results: { id: string; name: string; orders: number; lines: number }[] = []
  for (const rule of rules) {
    const matched = left.length === 0 ? [] : await matchingOrders(tx, rule.condition, left)
    const { orders, lines } = await wouldTouch(tx, rule, matched, given)
    results.push({ id: rule.id, name: rule.name, orders, lines })
    if (rule.stopAfter) {
      const stopped = new Set(matched)
      left = left.filter((id) => !stopped.has(id))
    }
  }
  return { of: Math.min(ids.length, cap), capped: ids.length > cap, rules: results }
}

async function wouldTouch(tx: Tx, rule: Rule, matched: string[], given: Set<string>) {
  const orders = new Set<string>()
  let lines = 0
  if (matched.length === 0) return { orders: 0, lines }
  for (const action of rule.actions) {
    if (action.do !== 'assign') {
      for (const id of await notYet(tx, rule.id, action.do, matched)) orders.add(id)
      continue
    }
    const free = (await linesFor(tx, rule.condition, action.lines, matched)).filter(
      (line) => !given.has(line.orderLineId),
    )
    for (const line of free) {
      given.add(line.orderLineId)
      orders.add(line.orderId)
    }
    lines += free.length
  }
  return { orders: orders.size, lines }
}

/** How many of the last 1,000 orders meet a condition, with how many lines, and the newest of them. */
export async function testCondition(tx: Tx, condition: Condition) {
  const row = await tx.first(sql<{
    of: number
    orders: number
    lines: number
    sample: { id: string; number: string; placedOn: string }[]
  }>`
    with last as (
      select o.* from orders.orders o order by o.placed_at desc, o.id desc limit 1000
    ), matched as (
      select o.* from last o where ${orderMeets(condition)}
    )
    select (select count(*) from last) as of, (select count(*) from matched) as orders,
           (select count(*) from matched o join orders.lines l on l.account_id = o.account_id and l.order_id = o.id
             where ${countingLines} and ${lineMeets(condition)}) as lines,
           (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'placedOn', m.placed_on)), '[]') from (
             select * from matched order by placed_at desc, id desc limit 20) m) as sample`)
  return row!
}
