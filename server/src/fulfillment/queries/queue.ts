import type { Static } from 'typebox'
import { all, type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Closed } from '#kernel/endpoint.ts'
import { notFound } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import { searchTerms, upperBound } from '#orders'
import { type State, whatCanBeDone } from '../lifecycle.ts'
import type { queueContract, queueFilter } from '../queue-contract.ts'
import { assigneeOf } from './assignee.ts'
import type { LineFacts } from './open-fulfillment-order.ts'
import { type Gone, goneOf, toShipments } from './shipments.ts'

export type QueueFilter = Static<ReturnType<typeof Closed<typeof queueFilter>>>

interface Row {
  id: string
  number: string
  merchantName: string
  state: State
  onHold: boolean
  placedOn: string
  shipBy: string | null
  deliverBy: string | null
  dueKey: string
  service: string
  recipient: Record<
    'name' | 'company' | 'line1' | 'line2' | 'line3' | 'city' | 'region' | 'postcode' | 'country',
    string
  >
  removedAt: string | null
  buyerNote: string
  giftText: string
  lines: (LineFacts & { sku: string; name: string; rejectReason: string })[]
  gone: Gone[]
  changedAt: string | null
  changed: string[]
  acceptedAt: string | null
  shippedAt: string | null
  assignee: { id: string; name: string } | null
  isSample: boolean
}

const stateOf = { to_answer: 'offered', to_ship: 'accepted', shipped: 'shipped' } as const

/** What narrows the queue `f`; policies leave only the caller's own in it. */
function conditions({ view = 'all', q = '', mine }: QueueFilter): Statement<unknown> {
  const words = searchTerms(q).map(
    (term) => sql`f.id in (select w.fulfillment_order_id from fulfillment.search_words w
      where w.account_id = (select app.account_id()) and w.supplier_id = (select app.party_id()) and w.word >= ${term} and w.word < ${upperBound(term)})`,
  )
  return all([
    ...(view === 'all' ? [] : [sql`f.state = ${stateOf[view]}`]),
    ...(mine ? [sql`f.assignee_member_id = (select app.member_id())`] : []),
    ...words,
  ])
}

/** Due first, or for what has left the newest first: the order of a view, and what lies beyond a row of it. */
const orders = {
  due: {
    by: sql`coalesce(f.ship_by, 'infinity'::date), f.placed_on, f.id`,
    beyond: ([due, placed, id]: unknown[]) =>
      sql`(coalesce(f.ship_by, 'infinity'::date), f.placed_on, f.id) > (${due}::date, ${placed}::date, ${id}::uuid)`,
    position: (row: Row) => [row.dueKey, row.placedOn, row.id],
  },
  newest: {
    by: sql`f.shipped_at desc, f.id desc`,
    beyond: ([at, id]: unknown[]) => sql`(f.shipped_at, f.id) < (${at}::timestamptz, ${id}::uuid)`,
    position: (row: Row) => [row.shippedAt, row.id],
  },
}

const select = (where: Statement<unknown>, rest: Statement<unknown>) => sql<Row>`
  select f.id, f.number, f.merchant_name as "merchantName", f.state, f.on_hold as "onHold", f.placed_on as "placedOn", f.ship_by as "shipBy",
         f.deliver_by as "deliverBy", coalesce(f.ship_by, 'infinity'::date) as "dueKey", f.service,
         json_build_object('name', r.name, 'company', r.company, 'line1', r.line1, 'line2', r.line2, 'line3', r.line3, 'city', r.city,
                           'region', f.region, 'postcode', f.postcode, 'country', f.country) as recipient,
         r.faded_at as "removedAt", r.buyer_note as "buyerNote", r.gift_text as "giftText", f.changed_at as "changedAt", f.changed, f.accepted_at as "acceptedAt", f.shipped_at as "shippedAt", ${assigneeOf} as assignee, f.is_sample as "isSample",
         coalesce((select json_agg(json_build_object('id', l.id, 'sku', l.sku, 'name', l.name, 'quantity', l.quantity, 'accepted', l.accepted,
                     'rejected', l.rejected, 'cancelled', l.cancelled, 'shipped', l.shipped, 'rejectReason', l.reject_reason) order by l.position, l.id)
                     from fulfillment.lines l where l.account_id = f.account_id and l.fulfillment_order_id = f.id), '[]') as lines,
         ${goneOf} as gone
    from fulfillment.fulfillment_orders f
    join fulfillment.recipients r on r.account_id = f.account_id and r.fulfillment_order_id = f.id
   where ${where} ${rest}`

const toItem = ({ dueKey: _, gone, ...row }: Row, permissions: readonly string[]) => ({
  ...row,
  shipments: toShipments(gone),
  can: whatCanBeDone(permissions, row),
})
export type QueueItem = ReturnType<typeof toItem>

/** A page of the caller's queue by keyset. */
export async function listQueue({ tx, query, pages }: Call<(typeof queueContract)['listQueue']>) {
  const { cursor, limit = 50, ...filter } = query
  const order = filter.view === 'shipped' ? orders.newest : orders.due
  const after = pages.open(cursor, filter)
  const where = all([conditions(filter), ...(after ? [order.beyond(after)] : [])])
  const rows = await tx.rows(select(where, sql`order by ${order.by} limit ${limit + 1}`))
  const last = rows.length > limit ? rows[limit - 1]! : undefined
  return {
    items: rows.slice(0, limit).map((row) => toItem(row, tx.who.permissions)),
    nextCursor: last ? pages.seal(order.position(last), filter) : null,
  }
}

/** The whole of a view, page by page, for the export. */
export async function* wholeQueue(tx: Tx, filter: QueueFilter): AsyncGenerator<QueueItem> {
  for (let after: unknown[] | undefined; ; ) {
    const where = all([conditions(filter), ...(after ? [orders.due.beyond(after)] : [])])
    const rows = await tx.rows(select(where, sql`order by ${orders.due.by} limit 500`))
    for (const row of rows) yield toItem(row, tx.who.permissions)
    if (rows.length < 500) return
    after = orders.due.position(rows.at(-1)!)
  }
}

/** @throws Problem not_found, the same for another's and for none */
export async function getQueueItem(tx: Tx, id: string): Promise<QueueItem> {
  const row = await tx.first(select(sql`f.id = ${id}`, sql``))
  if (!row) throw notFound()
  return toItem(row, tx.who.permissions)
}

export async function countQueue(tx: Tx) {
  const rows = await tx.rows(sql<{ state: State; count: number }>`
    select f.state, count(*) as count from fulfillment.fulfillment_orders f where f.account_id = app.account_id() group by f.state`)
  const count = (state: State) => rows.find((row) => row.state === state)?.count ?? 0
  return {
    to_answer: count('offered'),
    to_ship: count('accepted'),
    shipped: count('shipped'),
    all: rows.reduce((sum, row) => sum + row.count, 0),
  }
}
