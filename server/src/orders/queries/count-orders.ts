import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { orderStatuses } from '../status.ts'
import { countIssues, emptyQueue } from './issues.ts'
import { leadByWords, type OrderFilter, orderConditions } from './order-filter.ts'

const cap = 10_000

/** How many orders a filter matches: exact up to the cap, "10,000 or more" beyond it. */
export async function countOrders(tx: Tx, filter: OrderFilter) {
  const conditions = orderConditions(filter, await leadByWords(tx, filter.q))
  const row = await tx.first(sql<{ value: number }>`
    select count(*) as value from (select 1 from orders.orders o where ${conditions} limit ${cap + 1}) as matched`)
  return { value: Math.min(row!.value, cap), capped: row!.value > cap }
}

/** The figures on the tabs: orders by status, and in the queue of issues. */
export async function countByStatus(tx: Tx) {
  const [statuses, issues] = await tx.all(
    sql<{ status: string; value: number }>`
      select status, sum(value)::bigint as value
        from (select status, value from orders.counts union all select status, delta from orders.count_deltas
              -- The sums are of whole stores: who is confined, or kept to his warehouses, has none, and his own orders are counted.
              union all select status, count(*) from orders.orders where (select app.confined()) or not (select orders.is_lenient()) group by status) as kept group by status`,
    countIssues,
  )
  return {
    status: { ...zeros(orderStatuses), ...Object.fromEntries(statuses.map((row) => [row.status, row.value])) },
    issues: { ...emptyQueue, ...Object.fromEntries(issues.map((row) => [row.kind, row.value])) },
  }
}

const zeros = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, 0]))
