import type { Static } from 'typebox'
import { all, type Statement, sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Closed } from '#kernel/endpoint.ts'
import type { orderFilter } from '../contract.ts'
import { searchTerms, upperBound } from '../search.ts'
import { issueCondition } from './issues.ts'

export type OrderFilter = Static<ReturnType<typeof Closed<typeof orderFilter>>>

/** The terms of a search: those that few orders have, and the others. */
export interface Found {
  rare: string[]
  common: string[]
}
/** So many orders are few: looked up by their ids, whatever the size of the account. */
const few = 5_000

/**
 * Looks the words of a search up, before the orders: the orders of a rare word are then read by their ids, and those of a
 * common one are met soon among the newest. No single plan does both well at a million orders.
 */
export async function findByWords(tx: Tx, q: string | undefined): Promise<Found> {
  const terms = searchTerms(q ?? '')
  if (terms.length === 0) return { rare: [], common: [] }
  const counted = await tx.all(
    ...terms.map(
      (term) => sql<{ value: number }>`
        select count(*) as value from (select 1 from ${wordsLike(term)} limit ${few + 1}) as matched`,
    ),
  )
  const isRare = (_: string, index: number) => counted[index]![0]!.value <= few
  return { rare: terms.filter(isRare), common: terms.filter((term, index) => !isRare(term, index)) }
}

/** The same for who goes through all that match, not only through the newest: one word at least leads to the orders. */
export async function leadByWords(tx: Tx, q: string | undefined): Promise<Found> {
  const { rare, common } = await findByWords(tx, q)
  return rare.length > 0 ? { rare, common } : { rare: common.slice(0, 1), common: common.slice(1) }
}

const wordsLike = (term: string) => sql`orders.search_words w
  where w.account_id = (select app.account_id()) and w.word >= ${term} and w.word < ${upperBound(term)}`

/**
 * What narrows orders `o`, as conditions for one `where`. The list, the counts and the export all ask here, so that they
 * cannot disagree. Policies narrow further, to what the caller may see.
 * @param found what `findByWords` found for the filter's words; left out, for who reads all there is, they are joined
 */
export function orderConditions(filter: OrderFilter, found?: Found): Statement<unknown> {
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
  if (filter.assignedToMe) {
    conditions.push(sql`exists (select from fulfillment.fulfillment_orders f
      where f.account_id = o.account_id and f.order_id = o.id and f.assignee_member_id = (select app.member_id()) and f.state <> 'unassigned')`)
  }
  if (filter.only === 'waiting') conditions.push(sql`o.id = any ((select orders.waiting_for_client())::uuid[])`)
  if (filter.only === 'shipped_lately')
    conditions.push(sql`o.id = any ((select orders.shipped_lately_for_client())::uuid[])`)
  if (filter.only === 'unread') conditions.push(sql`o.id = any ((select orders.unread_orders_for_client())::uuid[])`)
  if (filter.issue) conditions.push(issueCondition(filter.issue))
  for (const term of found?.rare ?? [])
    conditions.push(sql`o.id = any (array(select w.order_id from ${wordsLike(term)}))`)
  for (const term of found?.common ?? []) {
    conditions.push(sql`exists (select from orders.search_words w where w.account_id = o.account_id and w.order_id = o.id
      and w.word >= ${term} and w.word < ${upperBound(term)} offset 0)`)
  }
  if (!found) {
    for (const term of searchTerms(filter.q ?? ''))
      conditions.push(sql`o.id in (select w.order_id from ${wordsLike(term)})`)
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
