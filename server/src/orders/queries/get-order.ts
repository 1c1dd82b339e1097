import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import { lineTotal } from '../amounts.ts'
import { whatCanBeAsked, whatCanBeDone } from '../lifecycle.ts'
import type { OrderStatus, storedIssues } from '../status.ts'
import { type Side, sideOf } from '../step.ts'
import { isLate } from './issues.ts'
import { unreadOf } from './unread.ts'

interface OrderRow {
  id: string
  number: string
  status: OrderStatus
  placed_on: string
  placed_at: string
  placed_precision: 'day' | 'time'
  payment: 'unpaid' | 'payable' | 'paid'
  store: { id: string; name: string; channel: string; client: string | null }
  country: string
  region: string
  postcode: string
  service: string
  ship_by: string | null
  deliver_by: string | null
  priority: boolean
  buyer_note: string
  gift_text: string
  is_sample: boolean
  version: number
  stage: string
  erased_at: string | null
  late: boolean | null
  unread: number
}
interface LineRow {
  id: string
  position: number
  sku: string
  name: string
  quantity: number
  cancelled_quantity: number
  requires_shipping: boolean
  product_id: string | null
  tags: string[]
  unit_price_micros: number | null
  discount_rate: string | null
  discount_micros: number | null
}
interface Recipient {
  buyerName: string
  name: string
  company: string
  line1: string
  line2: string
  line3: string
  city: string
  faded_at: string | null
}
export interface Amounts {
  currency: string
  linesTotal: number
  discountTotal: number
  shippingTotal: number
  taxTotal: number
  total: number
}
export interface Hold {
  id: string
  side: string
  reason: string
  until: string | null
  placedBy: string
  placedAt: string
  releasedBy: string | null
  releasedAt: string | null
}

/**
 * One order with all that the caller may see of it: what he may not read is not in the side tables for him, and absent here.
 * @throws Problem not_found, the same for another's order and for none
 */
export async function getOrder(tx: Tx, id: string) {
  const [orders, recipients, contacts, phones, amounts, lines, tags, holds, issues, timeline, comments] = await tx.all(
    sql<OrderRow>`
      select o.id, o.number, o.status, o.placed_on, o.placed_at, o.placed_precision, o.payment, o.country, o.region, o.postcode, o.service,
             o.ship_by, o.deliver_by, o.priority, o.buyer_note, o.gift_text, o.is_sample, o.version, o.erased_at, orders.stage_of(o.id) as stage, ${isLate} as late,
             json_build_object('id', s.id, 'name', s.name, 'channel', s.channel, 'client', orders.client_of(s.id)) as store,
             ${unreadOf} as unread
        from orders.orders o join channels.stores s on s.account_id = o.account_id and s.id = o.store_id where o.id = ${id}`,
    sql<Recipient>`select buyer_name as "buyerName", name, company, line1, line2, line3, city, faded_at from orders.recipients where order_id = ${id}`,
    sql<{ email: string; phone: string }>`select email, phone from orders.contacts where order_id = ${id}`,
    sql<{ phone: string | null }>`select orders.carrier_phone(${id}) as phone`,
    sql<Amounts>`
      select currency, lines_total as "linesTotal", discount_total as "discountTotal", shipping_total as "shippingTotal", tax_total as "taxTotal", total
        from orders.order_amounts where order_id = ${id}`,
    sql<LineRow>`
      select l.id, l.position, l.sku, l.name, l.quantity, l.cancelled_quantity, l.requires_shipping, l.product_id,
             array(select t.tag from orders.line_tags t where t.account_id = l.account_id and t.line_id = l.id order by t.tag) as tags,
             a.unit_price_micros, a.discount_rate, a.discount_micros
        from orders.lines l
        left join orders.line_amounts a on a.account_id = l.account_id and a.line_id = l.id
       where l.order_id = ${id} order by l.position`,
    sql<{ tag: string; side: Side }>`select tag, side from orders.order_tags where order_id = ${id} order by tag`,
    sql<Hold>`
      select id, side, reason, until, placed_by as "placedBy", placed_at as "placedAt", released_by as "releasedBy", released_at as "releasedAt"
        from orders.holds where order_id = ${id} order by placed_at desc`,
    sql<{
      id: string
      kind: (typeof storedIssues)[number]
      detail: Record<string, unknown>
      lineId: string | null
      openedAt: string
    }>`
      select id, kind, detail, line_id as "lineId", opened_at as "openedAt" from orders.issues where order_id = ${id} and resolved_at is null order by opened_at`,
    sql<{
      id: string
      at: string
      kind: string
      actor: string
      via: 'hand' | 'rule' | 'import' | 'key'
      data: Record<string, unknown>
    }>`
      select id, at, kind, actor, via, data from orders.timeline where order_id = ${id} order by at desc, id desc limit 200`,
    sql<{ id: string; visibility: 'internal' | 'client'; side: Side; author: string; text: string; createdAt: string }>`
      select id, visibility, side, author, text, created_at as "createdAt" from orders.comments where order_id = ${id} order by created_at`,
  )
  const order = orders[0]
  if (!order) throw notFound()
  const { placed_on, placed_at, placed_precision, region, postcode, country, ...rest } = order
  const tagsOf = (side: Side) => tags.filter((one) => one.side === side).map(({ tag }) => tag)
  // A client reads comments in the portal, where the house's authors stand under its name.
  const forHouse = tx.who.permissions.includes('orders:comment') && tx.who.audience !== 'client'
  const open = holds.filter((hold) => hold.releasedAt === null)
  const now = { stage: rest.stage, held: open.length > 0, ours: open.some(({ side }) => side === sideOf(tx)) }
  return {
    id: rest.id,
    number: rest.number,
    status: rest.status,
    payment: rest.payment,
    placedOn: placed_on,
    placedAt: placed_precision === 'time' ? placed_at : null,
    store: rest.store,
    country,
    region,
    postcode,
    service: rest.service,
    shipBy: rest.ship_by,
    deliverBy: rest.deliver_by,
    priority: rest.priority,
    // Notes name people as often as not: they are for who may see the recipient.
    ...(tx.who.permissions.includes('orders:recipient')
      ? { buyerNote: rest.buyer_note, giftText: rest.gift_text }
      : {}),
    isSample: rest.is_sample,
    version: rest.version,
    removedAt: rest.erased_at ?? recipients[0]?.faded_at ?? null,
    ...(recipients[0] ? { recipient: { ...recipients[0], region, postcode, country } } : {}),
    ...(contacts[0] ? { contact: contacts[0] } : {}),
    ...(typeof phones[0]?.phone === 'string' ? { phone: phones[0].phone } : {}),
    ...(amounts[0] ? { amounts: amounts[0] } : {}),
    lines: lines.map((line) => toLine(line, amounts[0]?.currency)),
    tags: tagsOf('host'),
    clientTags: tagsOf('client'),
    ...(forHouse ? { unread: rest.unread } : {}),
    holds,
    late: rest.late === true,
    issues,
    timeline,
    ...(forHouse ? { comments } : {}),
    can: whatCanBeDone(tx.who.permissions, now),
    asks: whatCanBeAsked(tx.who.permissions, now),
  }
}

function toLine(row: LineRow, currency: string | undefined) {
  const line = {
    id: row.id,
    position: row.position,
    sku: row.sku,
    name: row.name,
    quantity: row.quantity,
    cancelledQuantity: row.cancelled_quantity,
    requiresShipping: row.requires_shipping,
    productId: row.product_id,
    tags: row.tags,
  }
  if (row.unit_price_micros === null || currency === undefined) return line
  const price = {
    unitPriceMicros: row.unit_price_micros,
    discountRate: row.discount_rate,
    discountMicros: row.discount_micros,
  }
  return {
    ...line,
    unitPriceMicros: row.unit_price_micros,
    discountRate: row.discount_rate === null ? null : Number(row.discount_rate),
    total: { amount: lineTotal({ ...price, quantity: row.quantity }, currency), currency },
  }
}
