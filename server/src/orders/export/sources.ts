import { sql } from '#kernel/db/sql.ts'

/** What stands beside an order, for everybody: what the reader may not read is not there. */
export const besideOrder = {
  store: sql`join channels.stores s on s.account_id = o.account_id and s.id = o.store_id`,
  recipient: sql`left join orders.recipients r on r.account_id = o.account_id and r.order_id = o.id`,
  contact: sql`left join orders.contacts c on c.account_id = o.account_id and c.order_id = o.id`,
  amounts: sql`left join orders.order_amounts a on a.account_id = o.account_id and a.order_id = o.id`,
  // Of a shipment that carries several orders, the share of its units; where the currencies differ, nothing.
  costs: sql`left join lateral (
    select sum(x.amount * x.units / x.whole) as amount, min(x.currency) as currency
      from (select c.amount, c.currency, sum(pl.quantity) as units,
                   (select sum(every.quantity) from fulfillment.parcels k join fulfillment.parcel_lines every on every.account_id = k.account_id and every.parcel_id = k.id
                     where k.account_id = c.account_id and k.shipment_id = c.shipment_id) as whole
              from fulfillment.fulfillment_orders f
              join fulfillment.lines fl on fl.account_id = f.account_id and fl.fulfillment_order_id = f.id
              join fulfillment.parcel_lines pl on pl.account_id = fl.account_id and pl.line_id = fl.id
              join fulfillment.parcels p on p.account_id = pl.account_id and p.id = pl.parcel_id
              join fulfillment.shipments h on h.account_id = p.account_id and h.id = p.shipment_id and h.state <> 'voided'
              join fulfillment.shipment_costs c on c.account_id = h.account_id and c.shipment_id = h.id and c.amount is not null
             where f.account_id = o.account_id and f.order_id = o.id
             group by c.account_id, c.shipment_id, c.amount, c.currency) x
    having count(distinct x.currency) = 1
  ) sc on true`,
  tags: sql`left join lateral (
    select string_agg(t.tag, '; ' order by t.tag) as tags from orders.order_tags t where t.account_id = o.account_id and t.order_id = o.id and t.side = 'host'
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
