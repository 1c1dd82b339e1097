import { sql } from '#kernel/db/sql.ts'

/** What stands beside an order, for everybody: what the reader may not read is not there. */
export const besideOrder = {
  store: sql`join channels.stores s on s.account_id = o.account_id and s.id = o.store_id`,
  recipient: sql`left join orders.recipients r on r.account_id = o.account_id and r.order_id = o.id`,
  contact: sql`left join orders.contacts c on c.account_id = o.account_id and c.order_id = o.id`,
  amounts: sql`left join orders.order_amounts a on a.account_id = o.account_id and a.order_id = o.id`,
  tags: sql`left join lateral (
    select string_agg(t.tag, '; ' order by t.tag) as tags from orders.order_tags t where t.account_id = o.account_id and t.order_id = o.id
  ) ot on true`,
}

/** What stands beside a line. */
export const besideLine = {
  prices: sql`left join orders.line_amounts p on p.account_id = l.account_id and p.line_id = l.id`,
  lineTags: sql`left join lateral (
    select string_agg(t.tag, '; ' order by t.tag) as tags from orders.line_tags t where t.account_id = l.account_id and t.line_id = l.id
  ) lt on true`,
  // From the line's own fulfillment, whatever PostgreSQL believes of how many shipments there are (`offset 0`).
  sent: sql`left join lateral (
    select sum(x.quantity) as shipped, max(x.shipped_on) as shipped_on,
           string_agg(distinct x.carrier, '; ') filter (where x.carrier <> '') as carriers,
           string_agg(distinct x.tracking_number, '; ') filter (where x.tracking_number <> '') as tracking
      from fulfillment.lines f
     cross join lateral (
       select pl.quantity, k.tracking_number, h.carrier, h.shipped_on
         from fulfillment.parcel_lines pl
         join fulfillment.parcels k on k.account_id = pl.account_id and k.id = pl.parcel_id
         join fulfillment.shipments h on h.account_id = k.account_id and h.id = k.shipment_id and h.state <> 'voided'
        where pl.account_id = f.account_id and pl.line_id = f.id offset 0
     ) x
     where f.account_id = l.account_id and f.order_line_id = l.id
  ) sent on true`,
}

export type OrderSource = keyof typeof besideOrder
export type LineSource = keyof typeof besideLine
