-- The averages of a month, kept once and for all. So that no single cost can be worked out from them (attacks, 45):
--   months are whole, do not overlap and do not change any more: no two figures differ by a few orders that one knows;
--   no group of fewer than ten orders, and no numbers of orders;
--   no group that lacks fewer than ten orders of another one that is shown, of whatever dimension;
--   where the groups that are left out of a dimension come to fewer than ten, the smallest of the others is left out too.
-- Samples are never mixed with orders: only the demo, where there is nothing else, has averages of them.
-- An order counts once, in the month its last parcel left; of a shipment that carries several it bears its units' share.
create or replace function fulfillment.keep_averages_of(account_id uuid, month date) returns void
  language sql security definer set search_path = pg_catalog as $$
  with candidates as (
    select distinct f.order_id
      from fulfillment.shipments s
      join fulfillment.parcels p on p.account_id = s.account_id and p.shipment_id = s.id
      join fulfillment.parcel_lines pl on pl.account_id = p.account_id and pl.parcel_id = p.id
      join fulfillment.lines l on l.account_id = pl.account_id and l.id = pl.line_id
      join fulfillment.fulfillment_orders f on f.account_id = l.account_id and f.id = l.fulfillment_order_id and f.kind = 'original'
     where s.account_id = $1 and s.shipped_on >= $2 and s.shipped_on < $2 + interval '1 month' and s.state <> 'voided'
  ), sent as (
    select f.order_id, s.id as shipment_id, s.shipped_on, s.carrier, s.service, sum(pl.quantity) as units, c.currency, c.amount
      from candidates x
      join fulfillment.fulfillment_orders f on f.account_id = $1 and f.order_id = x.order_id and f.kind = 'original'
      join fulfillment.lines l on l.account_id = f.account_id and l.fulfillment_order_id = f.id
      join fulfillment.parcel_lines pl on pl.account_id = l.account_id and pl.line_id = l.id
      join fulfillment.parcels p on p.account_id = pl.account_id and p.id = pl.parcel_id
      join fulfillment.shipments s on s.account_id = p.account_id and s.id = p.shipment_id and s.state <> 'voided'
      left join fulfillment.shipment_costs c on c.account_id = s.account_id and c.shipment_id = s.id and c.amount is not null
     group by f.order_id, s.id, s.shipped_on, s.carrier, s.service, c.currency, c.amount
  ), whole as (
    select o.id as order_id, o.store_id, st.channel, max(s.shipped_on) - o.placed_on as days,
           case when count(distinct s.carrier) = 1 then min(s.carrier) else '' end as carrier,
           case when count(distinct s.service) = 1 then min(s.service) else '' end as service,
           case when count(distinct s.currency) = 1 then min(s.currency) end as currency,
           sum(case when s.amount is not null then s.amount * s.units / (
             select sum(pl.quantity) from fulfillment.parcels p
               join fulfillment.parcel_lines pl on pl.account_id = p.account_id and pl.parcel_id = p.id
              where p.account_id = $1 and p.shipment_id = s.shipment_id) end) as cost
      from sent s
      join orders.orders o on o.account_id = $1 and o.id = s.order_id and o.status = 'shipped'
      join access.accounts a on a.id = o.account_id and (a.is_demo or not o.is_sample)
      join channels.stores st on st.account_id = o.account_id and st.id = o.store_id
     group by o.id, o.store_id, st.channel, o.placed_on
    having max(s.shipped_on) >= $2 and max(s.shipped_on) < $2 + interval '1 month'
  ), dimensions as (
    select array['overall', 'channel', 'store', 'carrier', 'service'] as names
  ), facts as (
    select m.measure, m.currency, m.value, w.store_id, array['', w.channel, w.store_id::text, w.carrier, w.service] as keys
      from whole w cross join lateral (values ('cost', w.currency, w.cost), ('handling', '', w.days)) as m (measure, currency, value)
     where m.currency is not null
  ), groups as (
    select f.measure, f.currency, g.dimension, g.key, case when g.dimension = 'store' then f.store_id end as store_id, count(*) as orders, avg(f.value) as value
      from dimensions d cross join facts f cross join lateral unnest(d.names, f.keys) as g (dimension, key)
     group by 1, 2, 3, 4, 5
  ), common as (
    select f.measure, f.currency, a.dimension, a.key, b.dimension as other, b.key as other_key, count(*) as orders
      from dimensions d cross join facts f
     cross join lateral unnest(d.names, f.keys) as a (dimension, key)
     cross join lateral unnest(d.names, f.keys) as b (dimension, key)
     where b.dimension <> a.dimension
     group by 1, 2, 3, 4, 5, 6
  ), first_out as (
    select g.*, g.orders < 10 or exists (
             select from common c
               join groups b on b.measure = c.measure and b.currency = c.currency and b.dimension = c.other and b.key = c.other_key
              where c.measure = g.measure and c.currency = g.currency and c.dimension = g.dimension and c.key = g.key
                and c.orders = g.orders and b.orders > g.orders and b.orders - g.orders < 10) as out
      from groups g
  ), ranked as (
    select f.*, sum(orders) filter (where out) over of_dimension as left_out,
           row_number() over (partition by measure, currency, dimension, out order by orders, key) as place
      from first_out f window of_dimension as (partition by measure, currency, dimension)
  )
  insert into fulfillment.averages (account_id, month, measure, currency, dimension, key, store_id, value)
  select $1, $2, r.measure, r.currency, r.dimension, r.key, r.store_id, r.value
    from ranked r
   where not r.out and not (coalesce(r.left_out, 0) between 1 and 9 and r.place = 1)
     and not exists (select from fulfillment.averages k where k.account_id = $1 and k.month = $2 and k.measure = r.measure and k.currency = r.currency)
$$;

-- Months of all accounts that are final and whose average cost is not kept yet: of the last three, each from the fourth day after its
-- end, when the last costs have come in.
create or replace function fulfillment.months_to_keep() returns table (account_id uuid, month date)
  language sql stable security definer set search_path = pg_catalog as $$
  select a.id, m.month
    from access.accounts a
   cross join lateral (select (date_trunc('month', app.now() at time zone a.timezone) - n * interval '1 month')::date as month
                         from generate_series(1, 3) n) m
   where (app.now() at time zone a.timezone)::date >= (m.month + interval '1 month 3 days')::date
     and not exists (select from fulfillment.averages k where k.account_id = a.id and k.month = m.month and k.measure = 'cost')
$$;

-- Keeps the averages of one of these months, and of no other. The worker calls it: no login may keep a month of its choice.
create or replace function fulfillment.keep_averages(account_id uuid, month date) returns void
  language sql security definer set search_path = pg_catalog as $$
  select fulfillment.keep_averages_of(m.account_id, m.month) from fulfillment.months_to_keep() m where m.account_id = $1 and m.month = $2
$$;
drop function if exists fulfillment.keep_averages();
