import { type Statement, sql } from '#kernel/db/sql.ts'
import { type IssueFilter, issueQueue } from '../status.ts'

/** Today where the account is. */
const today = sql`(select (app.now() at time zone a.timezone)::date from access.accounts a where a.id = (select app.account_id()))`
/** Order `o` should have left before today, and has not: a fact, so it is never stored. */
export const isLate: Statement<unknown> = sql`(o.ship_by < ${today} and o.status not in ('shipped', 'cancelled'))`
const isHeld = sql`exists (select from orders.holds h where h.account_id = o.account_id and h.order_id = o.id and h.released_at is null)
  and o.status not in ('shipped', 'cancelled')`
const hasIssue = (kind: Statement<unknown>) => sql`exists (select from orders.issues i
  where i.account_id = o.account_id and i.order_id = o.id and i.resolved_at is null and ${kind})`

/** Whether order `o` stands in the queue of issues, by kind. */
export function issueCondition(kind: IssueFilter): Statement<unknown> {
  if (kind === 'late') return isLate
  if (kind === 'held') return sql`(${isHeld})`
  if (kind === 'any') return sql`(${isLate} or (${isHeld}) or ${hasIssue(sql`true`)})`
  return hasIssue(sql`i.kind = ${kind}`)
}

/** How many orders stand in each part of the queue, as far as the caller sees them: from the side of what is open, which is little. */
export const countIssues = sql<{ kind: string; value: number }>`
  with open as (
    select i.kind, i.order_id from orders.issues i where i.resolved_at is null
    union select 'held', h.order_id from orders.holds h join orders.orders o on o.account_id = h.account_id and o.id = h.order_id
           where h.released_at is null and o.status not in ('shipped', 'cancelled')
    union select 'late', o.id from orders.orders o where ${isLate})
  select kind, count(*) as value from open group by kind
  union all select 'any', count(distinct order_id) from open`

export const emptyQueue = Object.fromEntries(['any', ...issueQueue].map((kind) => [kind, 0]))
