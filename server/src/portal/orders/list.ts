import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Call } from '#kernel/routes.ts'
import { findByWords, orderConditions, type orderStatuses } from '#orders'
import type { portalOrdersContract } from './contract.ts'
import { expectClient } from './for-clients.ts'

interface Row {
  id: string
  number: string
  status: (typeof orderStatuses)[number]
  placed_on: string
  placed_at: string
  placed_precision: 'day' | 'time'
  store_name: string
  country: string
  quantity: number
  recipient_name: string | null
  currency: string | null
  total: number | null
  tags: string[]
  unread: number
  held: boolean
  parcels: { carrier: string; trackingNumber: string; shippedOn: string }[]
}

/** A page of the orders of a client's stores, by keyset. */
export async function listPortalOrders({ tx, query, pages }: Call<(typeof portalOrdersContract)['listPortalOrders']>) {
  const { cursor, limit = 50, ...filter } = query
  const after = pages.open(cursor, filter) as [string, string] | undefined
  const found = await findByWords(tx, filter.q)
  const rows = await tx.rows(pageOf(orderConditions(filter, found), after, limit + 1))
  expectClient(tx)
  const last = rows.length > limit ? rows[limit - 1]! : undefined
  return {
    items: rows.slice(0, limit).map(toItem),
    nextCursor: last ? pages.seal([last.placed_at, last.id], filter) : null,
  }
}

/**
 * The newest of each of his stores, and of these the newest: however few of the account's orders are his, an index leads to them.
 * What he does not see of the rows themselves is asked for once a page, of the orders on it.
 */
export function pageOf(
  conditions: Statement<unknown>,
  after: [string, string] | undefined,
  limit: number,
): Statement<Row> {
  const beyond = after ? sql`(o.placed_at, o.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`
  return sql<Row>`
    with page as materialized (
      select o.* from unnest((select app.stores())::uuid[]) as store (id)
       cross join lateral (
         select o.* from orders.orders o
          where o.store_id = store.id and ${conditions} and ${beyond} order by placed_at desc, id desc limit ${limit}) o
       order by placed_at desc, id desc limit ${limit}
    ), ids as (select array(select id from page) as ids)
    select o.id, o.number, o.status, o.placed_on, o.placed_at, o.placed_precision, o.country, o.quantity, s.name as store_name,
           r.name as recipient_name, a.currency, a.total, coalesce(u.unread, 0) as unread, coalesce(x.parcels, '[]') as parcels,
           array(select t.tag from orders.order_tags t where t.account_id = o.account_id and t.order_id = o.id order by t.tag) as tags,
           exists (select from orders.holds h where h.account_id = o.account_id and h.order_id = o.id and h.released_at is null) as held
      from page o
      join channels.stores s on s.account_id = o.account_id and s.id = o.store_id
      left join orders.recipients r on r.account_id = o.account_id and r.order_id = o.id
      left join orders.order_amounts a on a.account_id = o.account_id and a.order_id = o.id
      left join (select f.* from ids, orders.unread_for_client(ids.ids) f) u on u.order_id = o.id
      left join (select f.order_id, jsonb_agg(distinct jsonb_build_object('carrier', f.carrier, 'trackingNumber', f.tracking_number,
                                                                          'shippedOn', f.shipped_on)) as parcels
                   from ids, orders.shipped_for_client(ids.ids) f group by f.order_id) x on x.order_id = o.id
     order by o.placed_at desc, o.id desc`
}

const toItem = (row: Row) => ({
  id: row.id,
  number: row.number,
  status: row.status,
  placedOn: row.placed_on,
  placedAt: row.placed_precision === 'time' ? row.placed_at : null,
  storeName: row.store_name,
  country: row.country,
  quantity: row.quantity,
  tags: row.tags,
  unread: row.unread,
  heldByUs: row.held,
  parcels: row.parcels,
  ...(row.recipient_name === null ? {} : { recipientName: row.recipient_name }),
  ...(row.total === null ? {} : { total: { amount: row.total, currency: row.currency! } }),
})
