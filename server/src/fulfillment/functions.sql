-- What the fulfillment slice does with its owner's rights. A supplier has no grant on orders at all; what his work means
-- for the order is written here.

-- Whether the caller may reach this fulfillment order: the house by store, a supplier his own, whoever is confined what
-- app.reach() says. Asked row by row, so the context is read once for each, not once for each of its fields.
create or replace function fulfillment.is_mine(f fulfillment.fulfillment_orders) returns boolean
  language plpgsql stable set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
  stores constant text := split_part(caller, '|', 9);
begin
  if split_part(caller, '|', 12) = 'confined' then
    return f.id = any (app.reach('fulfillment_order', case split_part(caller, '|', 6) when 'staff' then 'fulfillment:read' else 'queue:read' end));
  end if;
  return split_part(caller, '|', 4) = f.account_id::text and coalesce(case split_part(caller, '|', 6)
    when 'staff' then stores = '*' or f.store_id::text = any (string_to_array(stores, ','))
    when 'supplier' then split_part(caller, '|', 7) = f.supplier_id::text end, false);
end $$;

-- Every step first locks its orders, always in the same order: what two people or rules do at once happens one after the other.
create or replace function fulfillment.lock_orders(order_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform from orders.orders o where o.account_id = (select app.account_id()) and o.id = any (order_ids) and app.audience() = 'staff'
      and (app.all_stores() or o.store_id = any (app.stores()) or o.id = any (app.reach('order', 'orders:read')))
    order by o.id for no key update;
end $$;

create or replace function fulfillment.lock(fulfillment_order_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform from orders.orders o
    where o.account_id = (select app.account_id())
      and o.id in (select f.order_id from fulfillment.fulfillment_orders f
                    where f.account_id = (select app.account_id()) and f.id = any (fulfillment_order_ids) and fulfillment.is_mine(f))
    order by o.id for no key update;
end $$;

-- What of each line of these orders somebody has, is being worked on, and has left: whoever sees the order knows it of all its
-- parts, also of those that he does not reach, else he would give a line away twice or cancel what has left. No word of who.
create or replace function fulfillment.units_of(order_ids uuid[])
  returns table (order_line_id uuid, held integer, at_work integer, shipped integer)
  language sql stable security definer set search_path = pg_catalog as $$
  select l.order_line_id, sum(l.quantity - l.rejected - l.cancelled)::integer,
         sum(case when f.fulfiller = 'supplier' then l.accepted
                  when f.state in ('released', 'picking', 'packed', 'shipped') then l.quantity - l.cancelled else l.shipped end)::integer,
         sum(l.shipped)::integer
    from orders.orders o
    join fulfillment.fulfillment_orders f on f.account_id = o.account_id and f.order_id = o.id and f.kind = 'original'
    join fulfillment.lines l on l.account_id = f.account_id and l.fulfillment_order_id = f.id
   where o.account_id = (select app.account_id()) and o.id = any (order_ids) and (select app.audience()) = 'staff'
     and ((select app.all_stores()) or o.store_id = any ((select app.stores())::uuid[])
          or o.id = any ((select app.reach('order', 'orders:read'))::uuid[]))
   group by l.order_line_id
$$;

-- The parts of these orders that are still to be shipped, whoever has them: what changes on the order changes on each.
create or replace function fulfillment.open_parts(order_ids uuid[]) returns uuid[]
  language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(f.id order by f.id), '{}') from fulfillment.fulfillment_orders f
   where f.account_id = (select app.account_id()) and f.order_id = any (order_ids) and app.may('orders:edit')
     and f.state not in ('shipped', 'rejected', 'cancelled', 'unassigned') and orders.sees(f.order_id, f.store_id)
$$;

-- Copies what stands on the order to those of its fulfillment orders that are still to be shipped. Returns for each the
-- text it is to be found by.
create or replace function fulfillment.snapshot(fulfillment_order_ids uuid[])
  returns table (fulfillment_order_id uuid, words_of text)
  language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  if not (app.may('fulfillment:assign') or app.may('fulfillment:ship') or app.may('orders:edit') or app.may('orders:hold')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:assign';
  end if;
  update fulfillment.fulfillment_orders f
     set service = o.service, ship_by = o.ship_by, deliver_by = o.deliver_by, country = o.country, region = o.region,
         postcode = o.postcode, order_revision = o.revision, version = f.version + 1
    from orders.orders o
   where o.account_id = f.account_id and o.id = f.order_id and f.account_id = (select app.account_id()) and f.id = any (fulfillment_order_ids) and orders.sees(f.order_id, f.store_id)
     and f.state not in ('shipped', 'rejected', 'cancelled', 'unassigned');
  insert into fulfillment.recipients (account_id, fulfillment_order_id, store_id, supplier_id, name, company, line1, line2, line3, city,
                                      buyer_note, gift_text)
  select f.account_id, f.id, f.store_id, f.supplier_id, coalesce(nullif(r.name, ''), r.buyer_name, ''), coalesce(r.company, ''),
         coalesce(r.line1, ''), coalesce(r.line2, ''), coalesce(r.line3, ''), coalesce(r.city, ''), o.buyer_note, o.gift_text
    from fulfillment.fulfillment_orders f
    join orders.orders o on o.account_id = f.account_id and o.id = f.order_id
    left join orders.recipients r on r.account_id = f.account_id and r.order_id = f.order_id
   where f.account_id = (select app.account_id()) and f.id = any (fulfillment_order_ids) and orders.sees(f.order_id, f.store_id) and f.state not in ('shipped', 'rejected', 'cancelled', 'unassigned')
  on conflict (account_id, fulfillment_order_id) do update set name = excluded.name, company = excluded.company,
    line1 = excluded.line1, line2 = excluded.line2, line3 = excluded.line3, city = excluded.city,
    buyer_note = excluded.buyer_note, gift_text = excluded.gift_text;
  return query
    select f.id, concat_ws(' ', f.number, r.name, r.company, string_agg(l.sku, ' '))
      from fulfillment.fulfillment_orders f
      join fulfillment.recipients r on r.account_id = f.account_id and r.fulfillment_order_id = f.id
      join fulfillment.lines l on l.account_id = f.account_id and l.fulfillment_order_id = f.id
     where f.account_id = (select app.account_id()) and f.id = any (fulfillment_order_ids) and orders.sees(f.order_id, f.store_id) and f.state not in ('shipped', 'rejected', 'cancelled', 'unassigned')
     group by f.id, f.number, r.name, r.company;
end $$;

-- The words under which a supplier finds his fulfillment orders: [{id, words}] replaces what was there. Which are the
-- caller's is asked once for each: as a condition of the delete it was asked for every word there is.
create or replace function fulfillment.set_words(found_by jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  mine uuid[];
begin
  if not (app.may('fulfillment:assign') or app.may('fulfillment:ship') or app.may('orders:edit') or app.may('orders:hold')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:assign';
  end if;
  select array_agg(f.id) into mine from fulfillment.fulfillment_orders f
   where f.account_id = (select app.account_id())
     and f.id = any (array(select x.id from jsonb_to_recordset(found_by) as x (id uuid))) and orders.sees(f.order_id, f.store_id);
  delete from fulfillment.search_words w
   where w.account_id = (select app.account_id()) and w.fulfillment_order_id = any (mine);
  insert into fulfillment.search_words (account_id, supplier_id, fulfillment_order_id, word)
  select distinct f.account_id, f.supplier_id, f.id, w.word
    from jsonb_to_recordset(found_by) as x (id uuid, words jsonb)
    join fulfillment.fulfillment_orders f on f.account_id = (select app.account_id()) and f.id = x.id and f.id = any (mine)
   cross join lateral jsonb_array_elements_text(x.words) as w (word)
   where f.supplier_id is not null;
end $$;

-- Tells the story of an order from a fulfillment order the caller may reach: only of what he may do, and a supplier never
-- in the name of the house.
create or replace function fulfillment.record(fulfillment_order_id uuid, kind text, data jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not coalesce(case record.kind
    when 'fulfillment.accepted' then app.may('fulfillment:answer') or app.may('queue:answer')
    when 'fulfillment.rejected' then app.may('fulfillment:answer') or app.may('queue:answer')
    when 'fulfillment.shipped' then app.may('fulfillment:ship') or app.may('queue:ship')
    when 'fulfillment.handed' then app.may('fulfillment:assign') or app.may('queue:assign')
    when 'fulfillment.handed-back' then app.may('fulfillment:assign') or app.may('queue:assign')
    when 'lines.unassigned' then app.may('fulfillment:assign') end, false) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:answer';
  end if;
  insert into orders.timeline (account_id, id, order_id, store_id, fulfillment_order_id, kind, actor, via, data)
  select f.account_id, gen_random_uuid(), f.order_id, f.store_id, f.id, record.kind,
         app.actor_name() || case when app.audience() = 'supplier' then ' · ' || f.fulfiller_name else '' end, app.via(),
         case when app.audience() = 'supplier' then record.data - 'onBehalf' else record.data end || jsonb_build_object('fulfillmentOrder', f.number, 'fulfiller', f.fulfiller_name)
    from fulfillment.fulfillment_orders f
   where f.account_id = (select app.account_id()) and f.id = record.fulfillment_order_id and fulfillment.is_mine(f);
end $$;

-- The state of a fulfillment order is computed from what was accepted, rejected, cancelled and shipped, here and nowhere
-- else, and its order's status with it; no login may write either. What was taken back stays taken back.
create or replace function fulfillment.settle(fulfillment_order_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  order_ids uuid[];
begin
  if not (app.may('fulfillment:assign') or app.may('fulfillment:answer') or app.may('fulfillment:ship') or app.may('orders:cancel')
          or app.may('queue:answer') or app.may('queue:ship')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:ship';
  end if;
  with facts as (
    select l.fulfillment_order_id as id, sum(l.quantity - l.rejected - l.cancelled) as live, sum(l.accepted) as accepted,
           sum(l.shipped) as shipped, sum(l.rejected) as rejected
      from fulfillment.lines l
     where l.account_id = (select app.account_id()) and l.fulfillment_order_id = any (fulfillment_order_ids)
     group by l.fulfillment_order_id
  ), settled as (
    update fulfillment.fulfillment_orders f
       set state = n.state, version = f.version + 1,
           accepted_at = case when n.accepted > 0 then coalesce(f.accepted_at, app.now()) else f.accepted_at end,
           shipped_at = case when n.state = 'shipped' then coalesce(f.shipped_at, app.now()) end
      from fulfillment.fulfillment_orders was, lateral (
        select facts.accepted, case
          when facts.live = 0 and facts.rejected > 0 then 'rejected'
          when facts.live = 0 then 'cancelled'
          when facts.shipped = facts.live then 'shipped'
          when was.fulfiller = 'warehouse' then case when was.state = 'shipped' then 'open' else was.state end
          when facts.accepted = facts.live then 'accepted'
          else 'offered' end as state
          from facts where facts.id = was.id) n
     where f.account_id = (select app.account_id()) and was.account_id = f.account_id and was.id = f.id
       and fulfillment.is_mine(f) and f.state <> 'unassigned'
    returning f.order_id
  )
  select array_agg(distinct order_id) into order_ids from settled;
  perform orders.recompute_in(app.account_id(), coalesce(order_ids, '{}'));
  perform stock.keep(coalesce(order_ids, '{}'));
end $$;

-- Records what left: [{id, parcelId, carrier, service, shippedOn, notifyBuyer, notifyChannel, trackingNumber, lines: [{id, quantity}]}].
-- What was not yet accepted is accepted by shipping it. The tables' checks refuse more than was assigned.
create or replace function fulfillment.ship(shipments jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not (app.may('fulfillment:ship') or app.may('queue:ship')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:ship';
  end if;
  if exists (
    select from jsonb_to_recordset(shipments) as s (lines jsonb) cross join lateral jsonb_to_recordset(s.lines) as x (id uuid)
     where not exists (select from fulfillment.lines l join fulfillment.fulfillment_orders f on f.account_id = l.account_id and f.id = l.fulfillment_order_id
                        where l.account_id = (select app.account_id()) and l.id = x.id and fulfillment.is_mine(f) and not f.on_hold and f.state <> 'unassigned')) then
    raise exception 'not to be shipped' using errcode = 'CD409';
  end if;
  -- A parcel is of a shipment made here: one without lines would go into somebody else's.
  if exists (select from jsonb_to_recordset(shipments) as s (lines jsonb) where jsonb_array_length(coalesce(s.lines, '[]')) = 0) then
    raise exception 'nothing in it' using errcode = 'CD409';
  end if;
  insert into fulfillment.shipments (account_id, id, store_id, supplier_id, state, carrier, service, shipped_on, notify_buyer, notify_channel,
                                     created_by, created_by_member_id, via)
  select distinct (select app.account_id()), s.id, l.store_id, l.supplier_id, 'handed_over', s.carrier, s.service, s."shippedOn", s."notifyBuyer",
         s."notifyChannel", app.actor_name(), app.member_id(), app.via()
    from jsonb_to_recordset(shipments) as s (id uuid, carrier text, service text, "shippedOn" date, "notifyBuyer" boolean, "notifyChannel" boolean, lines jsonb)
   cross join lateral jsonb_to_recordset(s.lines) as x (id uuid)
    join fulfillment.lines l on l.account_id = (select app.account_id()) and l.id = x.id;
  insert into fulfillment.parcels (account_id, id, shipment_id, store_id, supplier_id, tracking_number)
  select h.account_id, s."parcelId", h.id, h.store_id, h.supplier_id, s."trackingNumber"
    from jsonb_to_recordset(shipments) as s (id uuid, "parcelId" uuid, "trackingNumber" text)
    join fulfillment.shipments h on h.account_id = (select app.account_id()) and h.id = s.id;
  insert into fulfillment.parcel_lines (account_id, parcel_id, line_id, store_id, supplier_id, quantity)
  select l.account_id, s."parcelId", l.id, l.store_id, l.supplier_id, x.quantity
    from jsonb_to_recordset(shipments) as s ("parcelId" uuid, lines jsonb)
   cross join lateral jsonb_to_recordset(s.lines) as x (id uuid, quantity integer)
    join fulfillment.lines l on l.account_id = (select app.account_id()) and l.id = x.id;
  update fulfillment.lines l set shipped = l.shipped + x.quantity, accepted = greatest(l.accepted, l.shipped + x.quantity)
    from (select x.id, sum(x.quantity) as quantity
            from jsonb_to_recordset(shipments) as s (lines jsonb) cross join lateral jsonb_to_recordset(s.lines) as x (id uuid, quantity integer)
           group by x.id) as x
   where l.account_id = (select app.account_id()) and l.id = x.id;
  perform stock.ship((select jsonb_agg(x.unit) from jsonb_to_recordset(shipments) as s (lines jsonb) cross join lateral jsonb_array_elements(s.lines) as x (unit)));
  perform fulfillment.settle(array(
    select distinct l.fulfillment_order_id
      from jsonb_to_recordset(shipments) as s (lines jsonb) cross join lateral jsonb_to_recordset(s.lines) as x (id uuid)
      join fulfillment.lines l on l.account_id = (select app.account_id()) and l.id = x.id));
end $$;

-- Writes down how orders left that came in as shipped: [{orderId, fulfillmentOrderId, shipmentId, parcelId, storyId, shippedOn,
-- carrier, service, trackingNumber, words}]. Only of orders that the caller added in this very transaction, and that nobody
-- has anything of: who may import marks nothing else as shipped. The day in the account's zone may lie before that of an
-- order whose time was given; it then left on the day it was placed.
create or replace function fulfillment.take_in_shipped(departures jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  house constant uuid := app.account_id();
  moment constant timestamptz := app.now();
  member constant uuid := app.member_id();
  who constant text := app.actor_name();
  how constant text := app.via();
  fresh uuid[];
begin
  if not app.may('orders:import') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'orders:import';
  end if;
  select array_agg(o.id) into fresh
    from orders.orders o
   where o.account_id = house and o.id = any (array(select d."orderId" from jsonb_to_recordset(departures) as d ("orderId" uuid)))
     and o.created_at = moment and o.status <> 'cancelled' and (app.all_stores() or o.store_id = any (app.stores()))
     and not exists (select from fulfillment.fulfillment_orders f where f.account_id = house and f.order_id = o.id);
  if cardinality(fresh) is distinct from jsonb_array_length(departures) then
    raise exception 'not to be shipped' using errcode = 'CD409';
  end if;
  insert into fulfillment.fulfillment_orders (account_id, id, order_id, store_id, number, fulfiller, warehouse_id, fulfiller_name, merchant_name,
                                              state, placed_on, service, ship_by, deliver_by, country, region, postcode, order_revision,
                                              accepted_at, shipped_at, is_sample)
  select house, d."fulfillmentOrderId", o.id, o.store_id, o.number, 'warehouse', w.id, w.name, a.name, 'shipped', o.placed_on, o.service,
         o.ship_by, o.deliver_by, o.country, o.region, o.postcode, o.revision, t.left_at, t.left_at, o.is_sample
    from jsonb_to_recordset(departures) as d ("orderId" uuid, "fulfillmentOrderId" uuid, "shippedOn" date)
    join orders.orders o on o.account_id = house and o.id = d."orderId"
    join access.accounts a on a.id = house
    join stock.warehouses w on w.account_id = house and w.is_default
   cross join lateral (select greatest(d."shippedOn", o.placed_on)::timestamp at time zone a.timezone as left_at) t;
  insert into fulfillment.recipients (account_id, fulfillment_order_id, store_id, name, company, line1, line2, line3, city, buyer_note, gift_text)
  select house, d."fulfillmentOrderId", r.store_id, coalesce(nullif(r.name, ''), r.buyer_name), r.company, r.line1, r.line2, r.line3, r.city,
         o.buyer_note, o.gift_text
    from jsonb_to_recordset(departures) as d ("orderId" uuid, "fulfillmentOrderId" uuid)
    join orders.orders o on o.account_id = house and o.id = d."orderId"
    join orders.recipients r on r.account_id = house and r.order_id = o.id;
  insert into fulfillment.lines (account_id, id, fulfillment_order_id, store_id, order_line_id, position, sku, name, quantity, accepted, shipped)
  select house, gen_random_uuid(), d."fulfillmentOrderId", l.store_id, l.id, l.position, l.sku, l.name, l.quantity, l.quantity, l.quantity
    from jsonb_to_recordset(departures) as d ("orderId" uuid, "fulfillmentOrderId" uuid)
    join orders.lines l on l.account_id = house and l.order_id = d."orderId" and l.requires_shipping;
  insert into fulfillment.shipments (account_id, id, store_id, state, carrier, service, shipped_on, notify_buyer, notify_channel,
                                     created_by, created_by_member_id, via)
  select house, d."shipmentId", o.store_id, 'handed_over', d.carrier, d.service, greatest(d."shippedOn", o.placed_on), false, false,
         who, member, how
    from jsonb_to_recordset(departures) as d ("orderId" uuid, "shipmentId" uuid, carrier text, service text, "shippedOn" date)
    join orders.orders o on o.account_id = house and o.id = d."orderId";
  insert into fulfillment.parcels (account_id, id, shipment_id, store_id, tracking_number)
  select house, d."parcelId", d."shipmentId", o.store_id, d."trackingNumber"
    from jsonb_to_recordset(departures) as d ("orderId" uuid, "shipmentId" uuid, "parcelId" uuid, "trackingNumber" text)
    join orders.orders o on o.account_id = house and o.id = d."orderId";
  insert into fulfillment.parcel_lines (account_id, parcel_id, line_id, store_id, quantity)
  select house, d."parcelId", l.id, l.store_id, l.quantity
    from jsonb_to_recordset(departures) as d ("fulfillmentOrderId" uuid, "parcelId" uuid)
    join fulfillment.lines l on l.account_id = house and l.fulfillment_order_id = d."fulfillmentOrderId";
  insert into orders.search_words (account_id, store_id, order_id, class, word)
  select house, o.store_id, o.id, 'public', w.word
    from jsonb_to_recordset(departures) as d ("orderId" uuid, words jsonb)
    join orders.orders o on o.account_id = house and o.id = d."orderId"
   cross join lateral jsonb_array_elements_text(d.words) as w (word)
  on conflict do nothing;
  insert into orders.timeline (account_id, id, order_id, store_id, fulfillment_order_id, kind, actor, via, data)
  select house, d."storyId", f.order_id, f.store_id, f.id, 'fulfillment.came-shipped', who, how,
         jsonb_build_object('carrier', d.carrier, 'trackingNumber', d."trackingNumber", 'shippedOn', s.shipped_on,
                            'fulfillmentOrder', f.number, 'fulfiller', f.fulfiller_name)
    from jsonb_to_recordset(departures) as d ("fulfillmentOrderId" uuid, "shipmentId" uuid, "storyId" uuid, carrier text, "trackingNumber" text)
    join fulfillment.fulfillment_orders f on f.account_id = house and f.id = d."fulfillmentOrderId"
    join fulfillment.shipments s on s.account_id = house and s.id = d."shipmentId";
  perform orders.recompute_in(house, fresh);
end $$;

-- Takes back from a fulfiller what has not left. A supplier loses sight of it in the same moment; of what he shipped he
-- keeps the sight. Returns how many units came back.
create or replace function fulfillment.unassign(fulfillment_order_id uuid) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_variable
declare
  units integer;
  left_any boolean;
begin
  if not app.may('fulfillment:assign') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:assign';
  end if;
  select sum(l.quantity - l.rejected - l.cancelled - l.shipped), bool_or(l.shipped > 0) into units, left_any
    from fulfillment.lines l
    join fulfillment.fulfillment_orders f on f.account_id = l.account_id and f.id = l.fulfillment_order_id and fulfillment.is_mine(f)
   where l.account_id = (select app.account_id()) and l.fulfillment_order_id = unassign.fulfillment_order_id;
  if units is null then
    return 0;
  end if;
  update fulfillment.lines l set quantity = l.shipped + l.rejected + l.cancelled, accepted = l.shipped,
         supplier_id = case when l.shipped > 0 then l.supplier_id end
   where l.account_id = (select app.account_id()) and l.fulfillment_order_id = unassign.fulfillment_order_id;
  if not left_any then
    update fulfillment.fulfillment_orders f set state = 'unassigned', version = f.version + 1
     where f.account_id = (select app.account_id()) and f.id = unassign.fulfillment_order_id;
    update fulfillment.recipients r set supplier_id = null
     where r.account_id = (select app.account_id()) and r.fulfillment_order_id = unassign.fulfillment_order_id;
    delete from fulfillment.search_words w where w.account_id = (select app.account_id()) and w.fulfillment_order_id = unassign.fulfillment_order_id;
  end if;
  perform fulfillment.settle(array[unassign.fulfillment_order_id]);
  perform stock.keep(array(select f.order_id from fulfillment.fulfillment_orders f where f.account_id = (select app.account_id()) and f.id = unassign.fulfillment_order_id));
  return units;
end $$;

-- What was cancelled on the order is no longer to be shipped: taken from what has not left, the newest assignment first.
create or replace function fulfillment.follow_cancelled(order_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  touched uuid[];
begin
  if not app.may('orders:cancel') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'orders:cancel';
  end if;
  with held as (
    select fl.account_id, fl.id, fl.order_line_id, fl.quantity - fl.rejected - fl.cancelled - fl.shipped as open,
           sum(fl.quantity - fl.rejected - fl.cancelled) over whole
             - case when o.cancelled_at is null then l.quantity - l.cancelled_quantity else 0 end as excess,
           coalesce(sum(fl.quantity - fl.rejected - fl.cancelled - fl.shipped) over newer, 0) as taken_before
      from orders.orders o
      join orders.lines l on l.account_id = o.account_id and l.order_id = o.id
      join fulfillment.lines fl on fl.account_id = l.account_id and fl.order_line_id = l.id
      join fulfillment.fulfillment_orders f on f.account_id = fl.account_id and f.id = fl.fulfillment_order_id
     where o.account_id = (select app.account_id()) and o.id = any (order_ids) and f.kind = 'original' and orders.sees(o.id, o.store_id)
    window whole as (partition by fl.order_line_id),
           newer as (partition by fl.order_line_id order by f.id desc, fl.id desc rows between unbounded preceding and 1 preceding)
  ), cut as (
    update fulfillment.lines fl
       set cancelled = fl.cancelled + least(h.open, h.excess - h.taken_before),
           accepted = least(fl.accepted, fl.quantity - fl.rejected - fl.cancelled - least(h.open, h.excess - h.taken_before))
      from held h
     where fl.account_id = h.account_id and fl.id = h.id and least(h.open, h.excess - h.taken_before) > 0
    returning fl.fulfillment_order_id
  )
  select array_agg(distinct fulfillment_order_id) into touched from cut;
  perform fulfillment.settle(coalesce(touched, '{}'));
end $$;

-- A rejected line is an issue of its order, until somebody assigns it again.
create or replace function fulfillment.raise_rejected(line_ids uuid[], reason text) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not (app.may('fulfillment:answer') or app.may('queue:answer')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:answer';
  end if;
  insert into orders.issues (account_id, id, order_id, store_id, line_id, fulfillment_order_id, kind, detail)
  select f.account_id, gen_random_uuid(), f.order_id, f.store_id, l.order_line_id, f.id, 'rejected',
         jsonb_build_object('reason', raise_rejected.reason, 'sku', l.sku, 'name', l.name)
    from fulfillment.lines l
    join fulfillment.fulfillment_orders f on f.account_id = l.account_id and f.id = l.fulfillment_order_id
   where l.account_id = (select app.account_id()) and l.id = any (line_ids) and l.rejected > 0 and fulfillment.is_mine(f);
end $$;

-- Whether a word stands in the tracking of what left of a fulfillment order.
create or replace function fulfillment.is_tracked_by(f fulfillment.fulfillment_orders, word text) returns boolean
  language sql stable set search_path = pg_catalog as $$
  select exists (
    select from fulfillment.lines l
      join fulfillment.parcel_lines pl on pl.account_id = l.account_id and pl.line_id = l.id
      join fulfillment.parcels p on p.account_id = pl.account_id and p.id = pl.parcel_id
     where l.account_id = f.account_id and l.fulfillment_order_id = f.id
       and position(word in lower(regexp_replace(normalize(p.tracking_number, nfkd), '[\s\u0300-\u036f]', '', 'g'))) > 0)
$$;

-- Makes tracking findable: [{id, words}], for the house under the order, for a supplier under his fulfillment order. What
-- stands on none of its parcels finds nothing.
create or replace function fulfillment.add_tracking_words(found_by jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not (app.may('fulfillment:ship') or app.may('queue:ship')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:ship';
  end if;
  insert into orders.search_words (account_id, store_id, order_id, class, word)
  select distinct f.account_id, f.store_id, f.order_id, 'public', w.word
    from jsonb_to_recordset(found_by) as x (id uuid, words jsonb)
    join fulfillment.fulfillment_orders f on f.account_id = (select app.account_id()) and f.id = x.id and fulfillment.is_mine(f)
   cross join lateral jsonb_array_elements_text(x.words) as w (word)
   where fulfillment.is_tracked_by(f, w.word)
  on conflict do nothing;
  insert into fulfillment.search_words (account_id, supplier_id, fulfillment_order_id, word)
  select distinct f.account_id, f.supplier_id, f.id, w.word
    from jsonb_to_recordset(found_by) as x (id uuid, words jsonb)
    join fulfillment.fulfillment_orders f on f.account_id = (select app.account_id()) and f.id = x.id and fulfillment.is_mine(f) and f.supplier_id is not null
   cross join lateral jsonb_array_elements_text(x.words) as w (word)
   where fulfillment.is_tracked_by(f, w.word)
  on conflict do nothing;
end $$;

-- Notes on what fulfillers are working on that it was changed, and what, so that they do not miss it.
create or replace function fulfillment.mark_changed(order_ids uuid[], what text[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.may('orders:edit') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'orders:edit';
  end if;
  update fulfillment.fulfillment_orders f set changed_at = app.now(),
         changed = array(select distinct w from unnest(f.changed || what) w order by w), version = f.version + 1
   where f.account_id = (select app.account_id()) and f.order_id = any (order_ids) and orders.sees(f.order_id, f.store_id)
     and f.state in ('accepted', 'released', 'picking', 'packed');
end $$;

-- Writes what shipments cost, [{id, amount, currency}]; without an amount it is taken out, and its version stays. For who marks as shipped and may
-- read it.
create or replace function fulfillment.set_costs(costs jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  house constant uuid := app.account_id();
  who constant text := app.actor_name();
  everywhere constant boolean := app.all_stores();
  stores constant uuid[] := app.stores();
  reach constant uuid[] := app.reach('shipment', 'shipping-costs:read');
begin
  if not (app.may('shipping-costs:read') and app.may('fulfillment:ship')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'shipping-costs:read';
  end if;
  merge into fulfillment.shipment_costs c
  using (select s.account_id, s.id, s.store_id, x.amount, x.currency
           from jsonb_to_recordset(costs) as x (id uuid, amount bigint, currency text)
           join fulfillment.shipments s on s.account_id = house and s.id = x.id
          where everywhere or s.store_id = any (stores) or s.id = any (reach)) n
     on c.account_id = n.account_id and c.shipment_id = n.id
   when matched then update set amount = n.amount, currency = n.currency, entered_by = who, entered_at = app.now(), version = c.version + 1
   when not matched and n.amount is not null then
     insert (account_id, shipment_id, store_id, amount, currency, entered_by)
     values (n.account_id, n.id, n.store_id, n.amount, n.currency, who);
end $$;
