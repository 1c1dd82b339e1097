import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Audience } from '#kernel/permissions.ts'
import type { Call } from '#kernel/routes.ts'
import type { ordersContract } from '../contract.ts'
import type { issueKinds, OrderStatus } from '../status.ts'
import { isLate } from './issues.ts'
import { findByWords, orderConditions } from './order-filter.ts'
import { unreadOf } from './unread.ts'

interface ListRow {
  id: string
  number: string
  status: OrderStatus
  placed_on: string
  placed_at: string
  placed_precision: 'day' | 'time'
  store_name: string
  country: string
  line_count: number
  quantity: number
  ship_by: string | null
  deliver_by: string | null
  is_sample: boolean
  tags: string[]
  client_tags: string[]
  unread: number
  issues: (typeof issueKinds)[number][]
  hold_until: string | null
  buyer_name: string | null
  recipient_name: string | null
  currency: string | null
  total: number | null
}

/**
 * A page of orders by keyset. The side tables are joined for everybody: what the caller may not read is not there, and
 * its fields are then absent from the answer.
 */
export async function listOrders({ tx, query, pages }: Call<(typeof ordersContract)['listOrders']>) {
  const { cursor, limit = 50, sort = '-placed', ...filter } = query
  const after = pages.open(cursor, { ...filter, sort }) as [string, string] | undefined
  const found = await findByWords(tx, filter.q)
  const rows = await tx.rows(pageOf(orderConditions(filter, found), sort, after, limit + 1))
  const last = rows.length > limit ? rows[limit - 1]! : undefined
  return {
    items: rows.slice(0, limit).map((row) => toItem(row, tx.who.audience)),
    nextCursor: last ? pages.seal([last.placed_at, last.id], { ...filter, sort }) : null,
  }
}

function pageOf(
  conditions: Statement<unknown>,
  sort: '-placed' | 'placed',
  after: [string, string] | undefined,
  limit: number,
) {
  const down = sort === '-placed'
  const beyond = after
    ? sql`(o.placed_at, o.id) ${down ? sql`<` : sql`>`} (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : sql`true`
  const order = down ? sql`placed_at desc, id desc` : sql`placed_at, id`
  return sql<ListRow>`
    with page as (
      select o.* from orders.orders o where ${conditions} and ${beyond} order by ${order} limit ${limit}
    )
    select o.id, o.number, o.status, o.placed_on, o.placed_at, o.placed_precision, o.country, o.line_count, o.quantity, o.ship_by, o.deliver_by,
           o.is_sample, s.name as store_name, r.buyer_name, r.name as recipient_name, a.currency, a.total,
           array(select t.tag from orders.order_tags t where t.account_id = o.account_id and t.order_id = o.id and t.side = 'host' order by t.tag) as tags,
           array(select t.tag from orders.order_tags t where t.account_id = o.account_id and t.order_id = o.id and t.side = 'client' order by t.tag) as client_tags,
           ${unreadOf} as unread,
           array(select distinct i.kind from orders.issues i where i.account_id = o.account_id and i.order_id = o.id and i.resolved_at is null
                 union all select 'late' where ${isLate}) as issues,
           (select max(h.until) from orders.holds h where h.account_id = o.account_id and h.order_id = o.id and h.released_at is null) as hold_until
      from page o
      join channels.stores s on s.account_id = o.account_id and s.id = o.store_id
      left join orders.recipients r on r.account_id = o.account_id and r.order_id = o.id
      left join orders.order_amounts a on a.account_id = o.account_id and a.order_id = o.id
     order by ${down ? sql`o.placed_at desc, o.id desc` : sql`o.placed_at, o.id`}`
}

const toItem = (row: ListRow, audience: Audience) => ({
  id: row.id,
  number: row.number,
  status: row.status,
  placedOn: row.placed_on,
  placedAt: row.placed_precision === 'time' ? row.placed_at : null,
  storeName: row.store_name,
  country: row.country,
  lineCount: row.line_count,
  quantity: row.quantity,
  shipBy: row.ship_by,
  deliverBy: row.deliver_by,
  tags: row.tags,
  clientTags: row.client_tags,
  // A client reads comments in the portal.
  ...(audience === 'client' ? {} : { unread: row.unread }),
  issues: row.issues,
  holdUntil: row.hold_until,
  isSample: row.is_sample,
  ...(row.buyer_name === null ? {} : { buyerName: row.buyer_name, recipientName: row.recipient_name ?? '' }),
  ...(row.total === null ? {} : { total: { amount: row.total, currency: row.currency! } }),
})
