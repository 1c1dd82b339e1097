import type pg from 'pg'

/**
 * Fills the account that is measured up to `orders` orders, and its neighbours with half as many in all, the n-th with
 * 1/n of the first. Written by SQL alone, without checking references: what is measured comes later, on the tables as
 * they are then. Most orders are old and shipped; of the newest twentieth, and of the newest 3,500 at least (so that a supplier's page is
 * full at every size), some stand in every state.
 */
export async function load(admin: pg.Client, orders: number): Promise<void> {
  await admin.query(
    "set session_replication_role = 'replica'; set work_mem = '256MB'; set maintenance_work_mem = '512MB'",
  )
  await admin.query(
    'alter table orders.search_words drop constraint search_words_pkey; drop index orders.search_words_by_order',
  )
  for (const statement of statements(orders)) await admin.query(statement)
  await admin.query(`
    alter table orders.search_words add primary key (account_id, word, class, order_id);
    create index search_words_by_order on orders.search_words (account_id, order_id, class);
    drop table o, l;
    set session_replication_role = 'origin';
    select orders.recount()`)
  await admin.query('vacuum (analyze)')
  await admin.query('checkpoint')
}

const words = (kind: string, text: string) =>
  `select distinct o.account_id, o.store_id, o.id, '${kind}', w.word from o, lateral unnest(${text}) as w (word)`

const statements = (orders: number) => [
  `create temp table o as
   with a as (
     select x.id as account_id, substr(x.name, 9)::int as rank,
            array(select s.id from channels.stores s where s.account_id = x.id order by s.name) as stores,
            array(select p.id from access.parties p where p.account_id = x.id and p.kind = 'supplier' order by substr(p.name, 10)::int) as suppliers,
            (select w.id from stock.warehouses w where w.account_id = x.id) as warehouse_id,
            (select max(substr(p.sku, 3)::int) + 1 from catalog.products p where p.account_id = x.id) as products,
            (select count(*) from orders.orders t where t.account_id = x.id) as present
       from access.accounts x
   ), neighbours as (select sum(1.0 / rank) as weight from a where rank > 0),
   sized as (
     select a.*, case rank when 0 then ${orders} else greatest(5, ${orders} / 2.0 / rank / weight)::int end as total from a, neighbours
   ), drawn as (
     select s.*, n, abs(hashtextextended(s.rank || ':' || n, 7)) as h, now() - interval '2 years' * (1 - n::float8 / s.total) as placed_at
       from sized s, generate_series(s.present + 1, s.total) n
   )
   select account_id, stores[1 + h % 5] as store_id, warehouse_id, products, n, h, uuidv7(placed_at - now()) as id, gen_random_uuid() as fulfillment_id,
          gen_random_uuid() as shipment_id, gen_random_uuid() as parcel_id, 'SO-' || (100000 + n) as number, placed_at,
          case when n > total - greatest(total * 0.05, least(total, 3500)) then (array['awaiting_shipment', 'awaiting_shipment', 'pending_fulfillment', 'pending_fulfillment', 'shipped', 'shipped',
                                                 'shipped', 'on_hold', 'awaiting_payment', 'partially_shipped'])[1 + h / 7 % 10]
               when h / 7 % 100 = 0 then 'cancelled' else 'shipped' end as status,
          case when h / 11 % 5 < 3 then suppliers[1 + floor(power((h / 13 % 1000) / 1000.0, 2) * cardinality(suppliers))::int] end as supplier_id,
          (array['FR','FR','FR','DE','DE','BE','NL','IT','ES','GB','US','CH'])[1 + h / 17 % 12] as country,
          'first' || (h / 19 % 300) || ' last' || (h / 23 % 5000) as buyer, '1z' || lpad((h / 29 % 10000000000)::text, 10, '0') as tracking,
          1 + (h / 31 % 4)::int as line_count, h % 50 = 0 as tagged
     from drawn`,
  'create index on o (id); analyze o',
  `create temp table l as
   select o.account_id, gen_random_uuid() as id, gen_random_uuid() as part_id, o.id as order_id, o.store_id, o.supplier_id, o.fulfillment_id, o.parcel_id, o.status,
          p as position, 'P-' || lpad(floor(power((abs(hashtextextended(o.id::text, p)) % 100000) / 100000.0, 2) * o.products)::int::text, 5, '0') as sku,
          1 + (o.h / 37 % 3)::int as quantity, 5000000 + (o.h / 41 % 400) * 100000 as price
     from o, generate_series(1, o.line_count) p`,
  'analyze l',
  `insert into orders.orders (account_id, id, store_id, external_id, number, placed_at, placed_on, placed_precision, payment, status, cancelled_at, country, postcode,
     service, line_count, quantity, created_at)
   select account_id, id, store_id, number, number, placed_at, placed_at::date, 'time', case status when 'awaiting_payment' then 'unpaid' else 'paid' end, status,
          case status when 'cancelled' then placed_at end, country, lpad((h % 90000)::text, 5, '0'), 'Standard', line_count, line_count * (1 + (h / 37 % 3)::int), placed_at
     from o order by o.placed_at`,
  `insert into orders.recipients (account_id, order_id, store_id, buyer_name, name, line1, city)
   select account_id, id, store_id, buyer, buyer, (h % 200) || ' rue Haute', 'City ' || h % 3000 from o order by o.placed_at`,
  `insert into orders.contacts (account_id, order_id, store_id, email, phone)
   select account_id, id, store_id, replace(buyer, ' ', '.') || '@example.com', '06' || lpad((h % 100000000)::text, 8, '0') from o order by o.placed_at`,
  `insert into orders.order_amounts (account_id, order_id, store_id, currency, lines_total, discount_total, shipping_total, tax_total, total)
   select account_id, order_id, store_id, 'EUR', sum(quantity * price / 10000), 0, 590, 0, sum(quantity * price / 10000) + 590 from l group by 1, 2, 3`,
  `insert into orders.lines (account_id, id, order_id, store_id, position, product_id, sku, name, quantity)
   select l.account_id, l.id, l.order_id, l.store_id, l.position, p.id, l.sku, p.name, l.quantity from l join catalog.products p on p.account_id = l.account_id and p.sku = l.sku`,
  `insert into orders.line_amounts (account_id, line_id, order_id, store_id, unit_price_micros) select account_id, id, order_id, store_id, price from l`,
  `insert into orders.line_tags (account_id, order_id, line_id, store_id, tag)
   select l.account_id, l.order_id, l.id, l.store_id, t.tag from l join catalog.products p on p.account_id = l.account_id and p.sku = l.sku
     join catalog.product_tags t on t.account_id = p.account_id and t.product_id = p.id`,
  `insert into orders.order_tags (account_id, order_id, store_id, tag) select account_id, id, store_id, 'gift' from o where tagged`,
  `insert into orders.holds (account_id, id, order_id, store_id, side, reason, placed_by)
   select account_id, gen_random_uuid(), id, store_id, 'host', 'Look at it first', 'Bench' from o where status = 'on_hold'`,
  `insert into orders.issues (account_id, id, order_id, store_id, kind, resolved_at)
   select account_id, gen_random_uuid(), id, store_id, 'address', case when status = 'shipped' then now() end from o where h / 43 % 100 = 0`,
  `insert into orders.timeline (account_id, id, order_id, store_id, at, kind, actor, via)
   select account_id, gen_random_uuid(), id, store_id, placed_at + k * interval '1 hour', (array['order.created', 'lines.assigned', 'fulfillment.shipped'])[1 + k], 'Bench', 'key'
     from o, generate_series(0, case status when 'shipped' then 2 else 0 end) k order by o.placed_at`,
  `insert into fulfillment.fulfillment_orders (account_id, id, order_id, store_id, number, fulfiller, warehouse_id, supplier_id, fulfiller_name, merchant_name, state, placed_on,
     service, country, postcode, accepted_at, shipped_at)
   select account_id, fulfillment_id, id, store_id, number, case when supplier_id is null then 'warehouse' else 'supplier' end,
          case when supplier_id is null then warehouse_id end, supplier_id, 'Fulfiller', 'Account',
          case when status in ('shipped', 'partially_shipped') then 'shipped' when supplier_id is null then 'released' when h / 47 % 3 = 0 then 'offered' else 'accepted' end,
          placed_at::date, 'Standard', country, '75001', placed_at, case when status in ('shipped', 'partially_shipped') then placed_at + interval '1 day' end
     from o where status in ('shipped', 'partially_shipped', 'pending_fulfillment') order by o.placed_at`,
  `insert into fulfillment.recipients (account_id, fulfillment_order_id, store_id, supplier_id, name, line1, city)
   select account_id, fulfillment_id, store_id, supplier_id, buyer, '1 rue Haute', 'City' from o where status in ('shipped', 'partially_shipped', 'pending_fulfillment')`,
  `insert into fulfillment.lines (account_id, id, fulfillment_order_id, supplier_id, store_id, order_line_id, position, sku, name, quantity, accepted, shipped)
   select account_id, part_id, fulfillment_id, supplier_id, store_id, id, position, sku, 'Product', quantity, quantity, case when status = 'pending_fulfillment' then 0 else quantity end
     from l where status in ('shipped', 'pending_fulfillment') or (status = 'partially_shipped' and position = 1)`,
  `insert into fulfillment.shipments (account_id, id, store_id, supplier_id, state, carrier, shipped_on, created_by, created_by_member_id, via, created_at)
   select account_id, shipment_id, store_id, supplier_id, 'handed_over', 'Post', placed_at::date + 1, 'Bench', gen_random_uuid(), 'key', placed_at
     from o where status in ('shipped', 'partially_shipped')`,
  `insert into fulfillment.parcels (account_id, id, shipment_id, store_id, supplier_id, tracking_number)
   select account_id, parcel_id, shipment_id, store_id, supplier_id, upper(tracking) from o where status in ('shipped', 'partially_shipped')`,
  `insert into fulfillment.parcel_lines (account_id, parcel_id, line_id, store_id, supplier_id, quantity)
   select account_id, parcel_id, part_id, store_id, supplier_id, quantity from l where status = 'shipped' or (status = 'partially_shipped' and position = 1)`,
  `insert into fulfillment.search_words (account_id, supplier_id, fulfillment_order_id, word)
   select o.account_id, o.supplier_id, o.fulfillment_id, w.word
     from o, lateral unnest(array[lower(number), split_part(number, '-', 2), split_part(buyer, ' ', 1), split_part(buyer, ' ', 2)]) as w (word)
    where supplier_id is not null and status in ('shipped', 'partially_shipped', 'pending_fulfillment')`,
  `insert into orders.search_words (account_id, store_id, order_id, class, word)
   ${words('public', "array[lower(number), 'so', split_part(number, '-', 2)] || case when status in ('shipped', 'partially_shipped') then array[tracking] end")}
   union select l.account_id, l.store_id, l.order_id, 'public', w.word from l, lateral unnest(array[lower(sku), substr(sku, 3)]) as w (word)
   union all ${words('recipient', "string_to_array(buyer, ' ')")}
   union all ${words('contact', "string_to_array(buyer, ' ') || array[replace(buyer, ' ', '.') || '@example.com', 'example', 'com', '06' || lpad((h % 100000000)::text, 8, '0')]")}`,
]
