import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { type OrderFilter, orderConditions } from '../queries/order-filter.ts'
import type { OrderStatus } from '../status.ts'

/** One line of one order with what stands on the order; null is what the reader may not see, or an order without lines. */
export interface ExportRow {
  id: string
  placed_at: string
  number: string
  placed_on: string
  store_name: string
  status: OrderStatus
  service: string
  ship_by: string | null
  deliver_by: string | null
  buyer_note: string
  gift_text: string
  country: string
  region: string
  postcode: string
  buyer_name: string | null
  recipient_name: string | null
  company: string | null
  line1: string | null
  line2: string | null
  line3: string | null
  city: string | null
  email: string | null
  phone: string | null
  currency: string | null
  shipping_total: number | null
  tax_total: number | null
  total: number | null
  position: number | null
  sku: string | null
  name: string | null
  quantity: number | null
  cancelled_quantity: number | null
  unit_price_micros: number | null
  discount_rate: string | null
  discount_micros: number | null
  tags: string[]
  product_tags: string[]
  shipped: number | null
  shipped_on: string | null
  carriers: string[]
  tracking: string[]
}

export interface ExportScope {
  filter: OrderFilter
  sort: '-placed' | 'placed'
  /** Only lines that carry this product tag. */
  onlyTag: string | undefined
}

const ordersAtOnce = 500

/** The lines of all orders a filter matches, some hundred orders at a time, in the order of the list. */
export async function* exportRows(tx: Tx, scope: ExportScope): AsyncGenerator<ExportRow[]> {
  for (let after: ExportRow | undefined; ; ) {
    const rows = await tx.rows(chunk(scope, after))
    if (rows.length > 0) yield rows
    after = rows.at(-1)
    if (!after || new Set(rows.map(({ id }) => id)).size < ordersAtOnce) return
  }
}

/**
 * The side tables are joined for everybody: what the reader may not read is not there. With `onlyTag` the orders come
 * from the filter all the same; an order that loses all its lines by it could not have matched.
 */
function chunk({ filter, sort, onlyTag }: ExportScope, after: ExportRow | undefined) {
  const down = sort === '-placed'
  const beyond = after
    ? sql`(o.placed_at, o.id) ${down ? sql`<` : sql`>`} (${after.placed_at}::timestamptz, ${after.id}::uuid)`
    : sql`true`
  const tagged = onlyTag
    ? sql`exists (select from orders.line_tags t where t.account_id = l.account_id and t.line_id = l.id and t.tag = ${onlyTag})`
    : sql`true`
  return sql<ExportRow>`
    with page as (
      select o.* from orders.orders o where ${orderConditions(filter)} and ${beyond}
       order by ${down ? sql`o.placed_at desc, o.id desc` : sql`o.placed_at, o.id`} limit ${ordersAtOnce}
    )
    select o.id, o.placed_at::text, o.number, o.placed_on, s.name as store_name, o.status, o.service, o.ship_by, o.deliver_by, o.buyer_note,
           o.gift_text, o.country, o.region, o.postcode, r.buyer_name, r.name as recipient_name, r.company, r.line1, r.line2, r.line3, r.city,
           c.email, c.phone, a.currency, a.shipping_total, a.tax_total, a.total,
           l.position, l.sku, l.name, l.quantity, l.cancelled_quantity, p.unit_price_micros, p.discount_rate, p.discount_micros,
           array(select t.tag from orders.order_tags t where t.account_id = o.account_id and t.order_id = o.id order by t.tag) as tags,
           array(select t.tag from orders.line_tags t where t.account_id = l.account_id and t.line_id = l.id order by t.tag) as product_tags,
           sent.shipped, sent.shipped_on, coalesce(sent.carriers, '{}') as carriers, coalesce(sent.tracking, '{}') as tracking
      from page o
      join channels.stores s on s.account_id = o.account_id and s.id = o.store_id
      left join orders.recipients r on r.account_id = o.account_id and r.order_id = o.id
      left join orders.contacts c on c.account_id = o.account_id and c.order_id = o.id
      left join orders.order_amounts a on a.account_id = o.account_id and a.order_id = o.id
      ${onlyTag ? sql`` : sql`left`} join orders.lines l on l.account_id = o.account_id and l.order_id = o.id and ${tagged}
      left join orders.line_amounts p on p.account_id = l.account_id and p.line_id = l.id
      left join lateral (
        select sum(pl.quantity) as shipped, max(h.shipped_on) as shipped_on,
               array_agg(distinct h.carrier) filter (where h.carrier <> '') as carriers,
               array_agg(distinct k.tracking_number) filter (where k.tracking_number <> '') as tracking
          from fulfillment.lines f
          join fulfillment.parcel_lines pl on pl.account_id = f.account_id and pl.line_id = f.id
          join fulfillment.parcels k on k.account_id = pl.account_id and k.id = pl.parcel_id
          join fulfillment.shipments h on h.account_id = k.account_id and h.id = k.shipment_id and h.state <> 'voided'
         where f.account_id = l.account_id and f.order_line_id = l.id
      ) sent on true
     order by ${down ? sql`o.placed_at desc, o.id desc` : sql`o.placed_at, o.id`}, l.position`
}
