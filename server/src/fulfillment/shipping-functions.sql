-- What left: shipments, their parcels, the tracking they are found by, and what they cost.

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

-- The same as far as it is there: what a warehouse lacks stays, and the ids of those shipments are returned. All at once where all is there;
-- else one after the other, so that what one leaves there is the next one's.
create or replace function fulfillment.ship_what_is_there(shipments jsonb) returns uuid[]
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  shipment jsonb;
  why text;
  stay uuid[] := '{}';
begin
  begin
    perform fulfillment.ship(shipments);
    return stay;
  exception when sqlstate 'CD409' then
    get stacked diagnostics why = pg_exception_detail;
    if why <> 'not_in_stock' then
      raise;
    end if;
  end;
  -- Two such lists wait for each other rather than for ever.
  perform stock.lock(array(
    select l.product_id
      from jsonb_to_recordset(shipments) as s (lines jsonb) cross join lateral jsonb_to_recordset(s.lines) as x (id uuid)
      join fulfillment.lines f on f.account_id = (select app.account_id()) and f.id = x.id
      join orders.lines l on l.account_id = f.account_id and l.id = f.order_line_id));
  for shipment in select jsonb_array_elements(shipments) loop
    begin
      perform fulfillment.ship(jsonb_build_array(shipment));
    exception when sqlstate 'CD409' then
      get stacked diagnostics why = pg_exception_detail;
      if why <> 'not_in_stock' then
        raise;
      end if;
      stay := stay || (shipment ->> 'id')::uuid;
    end;
  end loop;
  return stay;
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
