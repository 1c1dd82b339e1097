import type { Static } from 'typebox'
import { all, type Statement, sql, texts } from '#kernel/db/sql.ts'
import type { Closed } from '#kernel/endpoint.ts'
import type { orderFilter } from '../contract.ts'
import { searchTerms, upperBound } from '../search.ts'

export type OrderFilter = Static<ReturnType<typeof Closed<typeof orderFilter>>>

/**
 * What narrows orders `o`, as conditions for one `where`. The list, the counts and the export all ask here, so that they
 * cannot disagree. Policies narrow further, to what the caller may see.
 */
export function orderConditions(filter: OrderFilter): Statement<unknown> {
  const conditions: Statement<unknown>[] = []
  if (filter.status?.length) conditions.push(sql`o.status = any (${texts(filter.status)})`)
  if (filter.storeId) conditions.push(sql`o.store_id = ${filter.storeId}::uuid`)
  if (filter.placedFrom) conditions.push(sql`o.placed_on >= ${filter.placedFrom}::date`)
  if (filter.placedTo) conditions.push(sql`o.placed_on <= ${filter.placedTo}::date`)
  if (filter.tag) {
    conditions.push(
      sql`exists (select from orders.order_tags t where t.account_id = o.account_id and t.order_id = o.id and t.tag = ${filter.tag})`,
    )
  }
  if (filter.productTag) conditions.push(byProductTag(filter.productTag, filter.productTagLines ?? 'any'))
  if (filter.supplierId) {
    conditions.push(sql`exists (select from fulfillment.fulfillment_orders f
      where f.account_id = o.account_id and f.order_id = o.id and f.supplier_id = ${filter.supplierId}::uuid and f.state not in ('cancelled', 'rejected', 'unassigned'))`)
  }
  if (filter.issue) {
    conditions.push(sql`exists (select from orders.issues i
      where i.account_id = o.account_id and i.order_id = o.id and i.kind = ${filter.issue} and i.resolved_at is null)`)
  }
  for (const term of searchTerms(filter.q ?? '')) {
    conditions.push(sql`o.id in (select w.order_id from orders.search_words w
      where w.account_id = (select app.account_id()) and w.word >= ${term} and w.word < ${upperBound(term)})`)
  }
  return all(conditions)
}

function byProductTag(tag: string, lines: 'any' | 'all' | 'none'): Statement<unknown> {
  const tagged = sql`exists (select from orders.line_tags t where t.account_id = o.account_id and t.order_id = o.id and t.tag = ${tag})`
  if (lines === 'any') return tagged
  if (lines === 'none') return sql`not ${tagged}`
  return sql`${tagged} and not exists (select from orders.lines l where l.account_id = o.account_id and l.order_id = o.id
    and not exists (select from orders.line_tags t where t.account_id = l.account_id and t.line_id = l.id and t.tag = ${tag}))`
}
