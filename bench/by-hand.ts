/**
 * What a careful person would write for one screen, who needs no policies: on the same tables, with the account, the stores
 * and the supplier as parameters, and the same answer. The second floor, the bare server, sends the same statements.
 */
/** Comments of the other side since somebody looked. */
const unread = (side: string) => `(select count(*) from orders.comments c
   where c.account_id = o.account_id and c.order_id = o.id and c.visibility = 'client' and c.side = '${side}'
     and c.created_at > coalesce((select r.read_at from orders.comment_reads r where r.account_id = o.account_id and r.order_id = o.id limit 1), '-infinity'))`
const listed = `
  select o.id, o.number, o.status, o.placed_on, o.placed_at, o.placed_precision, o.country, o.line_count, o.quantity, o.ship_by, o.deliver_by,
         o.is_sample, s.name as store_name, r.buyer_name, r.name as recipient_name, a.currency, a.total,
         array(select t.tag from orders.order_tags t where t.account_id = o.account_id and t.order_id = o.id and t.side = 'host' order by t.tag) as tags,
         array(select t.tag from orders.order_tags t where t.account_id = o.account_id and t.order_id = o.id and t.side = 'client' order by t.tag) as client_tags,
         ${unread('client')} as unread,
         array(select distinct i.kind from orders.issues i where i.account_id = o.account_id and i.order_id = o.id and i.resolved_at is null) as issues,
         (select max(h.until) from orders.holds h where h.account_id = o.account_id and h.order_id = o.id and h.released_at is null) as hold_until
    from page o
    join channels.stores s on s.account_id = o.account_id and s.id = o.store_id
    left join orders.recipients r on r.account_id = o.account_id and r.order_id = o.id
    left join orders.order_amounts a on a.account_id = o.account_id and a.order_id = o.id
   order by o.placed_at desc, o.id desc`
/** Without the amounts, which are not for customer service. */
const listedWithoutAmounts = listed
  .replace(', a.currency, a.total', '')
  .replace(/left join orders.order_amounts.*\n/, '\n')

const page = (where: string) =>
  `with page as (select o.* from orders.orders o where o.account_id = $1 and ${where} order by o.placed_at desc, o.id desc limit 51)`
const pageOf = (where: string) => page(where) + listed

const found =
  'o.id in (select w.order_id from orders.search_words w where w.account_id = $1 and w.word >= $2 and w.word < $3)'

export const byHand = {
  list: [pageOf('true')],
  listOfStores: [page('o.store_id = any ($2::uuid[])') + listedWithoutAmounts],
  listOfClient: [
    `${page('o.store_id = any ($2::uuid[])')}
     select o.id, o.number, o.status, o.placed_on, o.placed_at, o.placed_precision, o.country, o.quantity, s.name as store_name,
            r.name as recipient_name, a.currency, a.total, ${unread('host')} as unread, coalesce(x.parcels, '[]') as parcels,
            array(select t.tag from orders.order_tags t where t.account_id = o.account_id and t.order_id = o.id and t.side = 'client' order by t.tag) as tags,
            exists (select from orders.holds h where h.account_id = o.account_id and h.order_id = o.id and h.released_at is null and h.side = 'client') as held
       from page o
       join channels.stores s on s.account_id = o.account_id and s.id = o.store_id
       left join orders.recipients r on r.account_id = o.account_id and r.order_id = o.id
       left join orders.order_amounts a on a.account_id = o.account_id and a.order_id = o.id
       left join lateral (
         select jsonb_agg(distinct jsonb_build_object('carrier', h.carrier, 'trackingNumber', p.tracking_number, 'shippedOn', h.shipped_on)) as parcels
           from fulfillment.fulfillment_orders f
           join fulfillment.lines l on l.account_id = f.account_id and l.fulfillment_order_id = f.id
           join fulfillment.parcel_lines pl on pl.account_id = l.account_id and pl.line_id = l.id
           join fulfillment.parcels p on p.account_id = pl.account_id and p.id = pl.parcel_id
           join fulfillment.shipments h on h.account_id = p.account_id and h.id = p.shipment_id and h.state <> 'voided'
          where f.account_id = o.account_id and f.order_id = o.id) x on true
      order by o.placed_at desc, o.id desc`,
  ],
  deepPage: [pageOf('(o.placed_at, o.id) < ($2::timestamptz, $3::uuid)')],
  search: [pageOf(found)],
  queue: [
    `select f.id, f.number, f.merchant_name, f.state, f.on_hold, f.placed_on, f.ship_by, f.deliver_by, coalesce(f.ship_by, 'infinity'::date) as due_key,
            f.service, f.region, f.postcode, f.country, r.name, r.company, r.line1, r.line2, r.line3, r.city, r.buyer_note, r.gift_text, f.accepted_at, f.shipped_at,
            f.is_sample,
            (select json_agg(json_build_object('id', l.id, 'sku', l.sku, 'name', l.name, 'quantity', l.quantity, 'accepted', l.accepted, 'rejected', l.rejected,
                       'cancelled', l.cancelled, 'shipped', l.shipped, 'rejectReason', l.reject_reason) order by l.position, l.id)
               from fulfillment.lines l where l.account_id = f.account_id and l.fulfillment_order_id = f.id) as lines,
            coalesce((
              select json_agg(json_build_object('shipmentId', s.id, 'carrier', s.carrier, 'service', s.service, 'shippedOn', s.shipped_on, 'createdBy', s.created_by,
                       'parcelId', p.id, 'trackingNumber', p.tracking_number, 'lineId', l.id, 'quantity', pl.quantity) order by s.created_at, s.id, p.id, l.position)
                from fulfillment.lines l
                join fulfillment.parcel_lines pl on pl.account_id = l.account_id and pl.line_id = l.id
                join fulfillment.parcels p on p.account_id = pl.account_id and p.id = pl.parcel_id
                join fulfillment.shipments s on s.account_id = p.account_id and s.id = p.shipment_id
               where l.account_id = f.account_id and l.fulfillment_order_id = f.id), '[]') as gone
       from fulfillment.fulfillment_orders f
       join fulfillment.recipients r on r.account_id = f.account_id and r.fulfillment_order_id = f.id
      where f.account_id = $1 and f.supplier_id = $2 and f.state = 'accepted'
      order by coalesce(f.ship_by, 'infinity'::date), f.placed_on, f.id limit 51`,
  ],
  countByStatus: [
    'select status, count(*) as value from orders.orders where account_id = $1 group by status',
    'select kind, count(distinct order_id) as value from orders.issues where account_id = $1 and resolved_at is null group by kind',
  ],
  open: [
    `select o.*, s.name as store_name, s.channel from orders.orders o join channels.stores s on s.account_id = o.account_id and s.id = o.store_id
      where o.account_id = $1 and o.id = $2`,
    `select exists (select from fulfillment.fulfillment_orders f join fulfillment.lines l on l.account_id = f.account_id and l.fulfillment_order_id = f.id
       where f.account_id = $1 and f.order_id = $2 and (l.accepted > 0 or f.state in ('released', 'picking', 'packed'))) as submitted`,
    'select * from orders.recipients where account_id = $1 and order_id = $2',
    'select * from orders.contacts where account_id = $1 and order_id = $2',
    'select * from orders.order_amounts where account_id = $1 and order_id = $2',
    `select l.id, l.position, l.sku, l.name, l.quantity, l.cancelled_quantity, l.requires_shipping, l.product_id,
            array(select t.tag from orders.line_tags t where t.account_id = l.account_id and t.line_id = l.id order by t.tag) as tags,
            a.unit_price_micros, a.discount_rate, a.discount_micros
       from orders.lines l left join orders.line_amounts a on a.account_id = l.account_id and a.line_id = l.id
      where l.account_id = $1 and l.order_id = $2 order by l.position`,
    'select tag from orders.order_tags where account_id = $1 and order_id = $2 order by tag',
    'select * from orders.holds where account_id = $1 and order_id = $2 order by placed_at desc',
    'select id, kind, detail, line_id, opened_at from orders.issues where account_id = $1 and order_id = $2 and resolved_at is null order by opened_at',
    'select id, at, kind, actor, via, data from orders.timeline where account_id = $1 and order_id = $2 order by at desc, id desc limit 200',
    'select id, visibility, author, text, created_at from orders.comments where account_id = $1 and order_id = $2 order by created_at',
  ],
} satisfies Record<string, string[]>
export type Screen = keyof typeof byHand
