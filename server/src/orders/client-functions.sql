-- What a client sees of his orders beyond the rows that are his: as the host shows it. No word of the host's people, of
-- suppliers, or of warehouses that he has no grant for.

-- Whether warehouses narrow nothing for the caller: he is no client, or one whom the host does not keep to those granted.
create or replace function orders.is_lenient() returns boolean
  language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select not exists (
    select from portal.clients c where c.account_id = app.account_id() and c.client_id = app.party_id() and c.strict_warehouses)
$$;

-- Whether some part of an order of the caller's stores is served from a warehouse granted to him, or nobody serves it yet.
create or replace function orders.is_served_here(order_id uuid) returns boolean
  language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(bool_or(f.warehouse_id is not null
                          and ((select app.all_warehouses()) or f.warehouse_id = any ((select app.warehouses())::uuid[]))), true)
    from fulfillment.fulfillment_orders f
   where f.account_id = (select app.account_id()) and f.order_id = is_served_here.order_id
     and f.store_id = any ((select app.stores())::uuid[]) and f.state not in ('unassigned', 'rejected', 'cancelled')
$$;

-- Whether the caller's company may hold its orders and ask for changes; the host can switch it off.
create or replace function orders.client_may_ask() returns boolean
  language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select not exists (
    select from portal.clients c where c.account_id = app.account_id() and c.client_id = app.party_id() and not c.may_ask)
$$;

-- Which of these orders a client may open.
create or replace function orders.seen_by_client(order_ids uuid[]) returns uuid[]
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
declare
  account constant uuid := app.account_id();
  stores constant uuid[] := app.stores();
  lenient constant boolean := orders.is_lenient();
begin
  if app.audience() is distinct from 'client' or not app.may('orders:read') then
    return '{}';
  end if;
  return array(
    select o.id from orders.orders o
     where o.account_id = account and o.id = any (order_ids) and o.store_id = any (stores) and (lenient or orders.is_served_here(o.id)));
end $$;

-- What left of a client's orders: a row a parcel and line. The warehouse is named where it is granted to him; null is another
-- warehouse, or somebody else.
create or replace function orders.shipped_for_client(order_ids uuid[])
  returns table (order_id uuid, shipment_id uuid, state text, carrier text, service text, shipped_on date, tracking_number text,
                 warehouse text, order_line_id uuid, quantity integer)
  language sql stable security definer set search_path = pg_catalog as $$
  select f.order_id, s.id, s.state, s.carrier, s.service, s.shipped_on, p.tracking_number,
         case when (select app.all_warehouses()) or f.warehouse_id = any ((select app.warehouses())::uuid[]) then
           (select w.name from stock.warehouses w where w.account_id = f.account_id and w.id = f.warehouse_id) end,
         l.order_line_id, pl.quantity
    from fulfillment.fulfillment_orders f
    join fulfillment.lines l on l.account_id = f.account_id and l.fulfillment_order_id = f.id
    join fulfillment.parcel_lines pl on pl.account_id = l.account_id and pl.line_id = l.id
    join fulfillment.parcels p on p.account_id = pl.account_id and p.id = pl.parcel_id
    join fulfillment.shipments s on s.account_id = p.account_id and s.id = p.shipment_id and s.state <> 'voided'
   where f.account_id = (select app.account_id()) and f.order_id = any ((select orders.seen_by_client(order_ids))::uuid[])
   order by s.shipped_on, s.created_at, s.id, p.id, l.position
$$;

-- What was written to a client and by his side, of whoever may comment; an author of the host under the host's name.
create or replace function orders.comments_for_client(order_id uuid)
  returns table (id uuid, side text, author text, text text, created_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select c.id, c.side, case c.side when 'client' then c.author else (select access.known_as(app.account_id(), 'client')) end, c.text, c.created_at
    from orders.comments c
   where c.account_id = (select app.account_id()) and c.order_id = any ((select orders.seen_by_client(array[comments_for_client.order_id]))::uuid[])
     and c.visibility = 'client' and (select app.may('orders:comment'))
   order by c.created_at, c.id
$$;

-- How many comments of the host's a client has not read yet, of orders that have any.
create or replace function orders.unread_for_client(order_ids uuid[])
  returns table (order_id uuid, unread bigint)
  language sql stable security definer set search_path = pg_catalog as $$
  select c.order_id, count(*)
    from orders.comments c
    left join orders.comment_reads r on r.account_id = c.account_id and r.member_id = (select app.member_id()) and r.order_id = c.order_id
   where c.account_id = (select app.account_id()) and c.order_id = any ((select orders.seen_by_client(order_ids))::uuid[])
     and c.visibility = 'client' and c.side = 'host' and date_trunc('milliseconds', c.created_at) > coalesce(r.read_at, '-infinity') and (select app.may('orders:comment'))
   group by c.order_id
$$;

-- The story of an order as its client may know it: of the host's deeds those that concern him, in the host's name, and of
-- each no more than these facts; of his own side everything.
create or replace function orders.story_for_client(order_id uuid)
  returns table (id uuid, at timestamptz, kind text, side text, actor text, data jsonb)
  language sql stable security definer set search_path = pg_catalog as $$
  select t.id, t.at, t.kind, t.side, case t.side when 'client' then t.actor else (select access.known_as(app.account_id(), 'client')) end,
         case t.side when 'client' then t.data else
           coalesce((select jsonb_object_agg(d.key, d.value) from jsonb_each(t.data) d where d.key = any (k.facts)), '{}') end
    from orders.timeline t
    join (values ('order.created', '{}'::text[], '{}'::jsonb), ('order.edited', '{fields}', '{}'), ('order.held', '{until}', '{}'),
                 ('order.released', '{}', '{}'), ('order.cancelled', '{units}', '{}'), ('order.tagged', '{tag}', '{"side": "client"}'),
                 ('order.untagged', '{tag}', '{"side": "client"}'), ('order.commented', '{}', '{"visibility": "client"}'),
                 ('change.requested', '{}', '{"origin": "client"}'), ('change.withdrawn', '{}', '{"origin": "client"}'),
                 ('change.approved', '{request,askedBy}', '{"origin": "client"}'),
                 ('change.refused', '{request,askedBy,reason}', '{"origin": "client"}'),
                 ('fulfillment.accepted', '{}', '{}'),
                 ('fulfillment.shipped', '{units,carrier,trackingNumber,shippedOn}', '{}'),
                 ('fulfillment.came-shipped', '{units,carrier,trackingNumber,shippedOn}', '{}')) as k (kind, facts, told)
      on k.kind = t.kind and (t.side = 'client' or t.data @> k.told)
   where t.account_id = (select app.account_id()) and t.order_id = any ((select orders.seen_by_client(array[story_for_client.order_id]))::uuid[])
   order by t.at desc, t.id desc limit 200
$$;

-- Whose the orders of a store are, for the host's pages; not for who is confined.
create or replace function orders.client_of(store_id uuid) returns text
  language sql stable security definer set search_path = pg_catalog as $$
  select p.name from channels.stores s
    join access.parties p on p.account_id = s.account_id and p.id = s.client_party_id
   where s.account_id = app.account_id() and s.id = client_of.store_id and app.audience() = 'staff' and app.may('orders:read')
     and (app.all_stores() or s.id = any (app.stores()))
$$;

-- The orders of a client that he may open and of which lines wait for stock.
create or replace function orders.waiting_for_client() returns uuid[]
  language sql stable security definer set search_path = pg_catalog as $$
  select orders.seen_by_client(array(
    select distinct a.order_id from stock.allocations a
     where a.account_id = app.account_id() and a.store_id = any (app.stores()) and a.backordered > 0))
$$;

-- Those of which something left in the last seven days, today among them.
create or replace function orders.shipped_lately_for_client() returns uuid[]
  language sql stable security definer set search_path = pg_catalog as $$
  select orders.seen_by_client(array(
    select distinct f.order_id from fulfillment.shipments s
      join fulfillment.parcels p on p.account_id = s.account_id and p.shipment_id = s.id
      join fulfillment.parcel_lines x on x.account_id = s.account_id and x.parcel_id = p.id
      join fulfillment.lines l on l.account_id = s.account_id and l.id = x.line_id
      join fulfillment.fulfillment_orders f on f.account_id = s.account_id and f.id = l.fulfillment_order_id
     where s.account_id = app.account_id() and s.store_id = any (app.stores()) and s.state <> 'voided'
       and s.shipped_on > (select (app.now() at time zone a.timezone)::date - 7 from access.accounts a where a.id = s.account_id)))
$$;

-- Those with comments of the host's that he has not read.
create or replace function orders.unread_orders_for_client() returns uuid[]
  language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(u.order_id), '{}')
    from orders.unread_for_client(array(
      select distinct c.order_id from orders.comments c join orders.orders o on o.account_id = c.account_id and o.id = c.order_id
       where c.account_id = app.account_id() and o.store_id = any (app.stores()) and c.visibility = 'client' and c.side = 'host')) u
$$;
