-- What a grant comes to: the stores, clients, orders and shipments that somebody reaches by it.

-- By which column a table says what a confined caller reaches, as the last condition of a policy. Clients are not confined so.
create or replace function app.reach_of(target regclass) returns text
  language sql stable set search_path = pg_catalog as $$
  select format(' or %I = any ((select app.reach(%L, %%1$L))::uuid[])', x.name, x.what)
    from (values (1, 'id', 'order', 'orders.orders'), (1, 'id', 'fulfillment_order', 'fulfillment.fulfillment_orders'),
                 (1, 'id', 'shipment', 'fulfillment.shipments'), (2, 'fulfillment_order_id', 'fulfillment_order', null),
                 (2, 'shipment_id', 'shipment', null), (2, 'parcel_id', 'parcel', null), (3, 'order_id', 'order', null))
         as x (rank, name, what, only_in)
    join pg_attribute a on a.attrelid = target and a.attname = x.name and not a.attisdropped
    join pg_class c on c.oid = target
   where x.only_in is null or x.only_in::regclass = target
   -- What hangs on an order is seen with it, whichever part of it is one's own.
   order by c.relnamespace = 'orders'::regnamespace and x.name = 'order_id' desc, x.rank limit 1
$$;

-- The stores of a grant, by name or through the clients they serve. For functions of the owner.
create or replace function app.granted_stores(m access.members) returns uuid[]
  language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(s.id order by s.id), '{}') from channels.stores s
   where s.account_id = m.account_id
     and (m.all_stores or s.id in (select x.store_id from access.member_stores x where x.account_id = m.account_id and x.member_id = m.id))
     and (m.all_clients
          or s.client_party_id in (select x.client_id from access.member_clients x where x.account_id = m.account_id and x.member_id = m.id))
$$;

-- The clients whom a caller who sees some stores only knows: those given to him by name, and those of his stores.
create or replace function app.granted_clients() returns uuid[]
  language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct c.id), '{}')
    from access.members m
    cross join lateral (
      select x.client_id as id from access.member_clients x where not m.all_clients and x.account_id = m.account_id and x.member_id = m.id
      union all
      select s.client_party_id from channels.stores s
       where s.account_id = m.account_id and s.client_party_id is not null and s.id = any (app.granted_stores(m))) c
   where m.account_id = app.account_id() and m.id = app.member_id()
$$;

-- The clients in whose matters the caller may use a permission: those he knows.
create or replace function app.clients_where_may(permission text) returns uuid[]
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
  account constant uuid := nullif(split_part(caller, '|', 4), '')::uuid;
begin
  if position(',' || permission || ',' in split_part(caller, '|', 11)) > 0 then
    if split_part(caller, '|', 12) = 'confined' then
      return array(select p.id from access.parties p
                    where p.account_id = account and p.kind = 'client' and p.id = any (app.reach('party', permission)));
    elsif split_part(caller, '|', 9) = '*' then
      return array(select p.id from access.parties p where p.account_id = account and p.kind = 'client');
    end if;
    return app.granted_clients();
  end if;
  return '{}';
end $$;

-- Whether one of his working hours is now, by the clock of the account.
create or replace function app.within_hours(hours jsonb, zone text) returns boolean
  language sql stable set search_path = pg_catalog as $$
  select exists (
    select from jsonb_to_recordset(hours) as h (day integer, "from" time, until time), timezone(zone, app.now()) as here
     where h.day = extract(isodow from here) and here::time >= h."from" and here::time < h.until)
$$;

-- The orders, fulfillment orders, shipments, parcels, stores, companies and warehouses that a confined caller may see; of anybody
-- else it says nothing. What nobody is to fulfill yet is in nobody's reach.
create or replace function app.reach(what text, permission text) returns uuid[]
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
  account constant uuid := nullif(split_part(caller, '|', 4), '')::uuid;
  me access.members;
  given uuid[];
begin
  if split_part(caller, '|', 12) is distinct from 'confined'
     or position(',' || permission || ',' in split_part(caller, '|', 11)) = 0 then
    return '{}';
  end if;
  select * into me from access.members m where m.account_id = account and m.id = split_part(caller, '|', 5)::uuid;
  if what = 'warehouse' then
    return array(
      select w.id from stock.warehouses w
       where w.account_id = account
         and (me.all_warehouses or w.id in (select x.warehouse_id from access.member_warehouses x where x.account_id = account and x.member_id = me.id)));
  elsif what = 'party' then
    return array(
      select p.id from access.parties p
       where p.account_id = account
         and case p.kind
               when 'supplier' then me.all_suppliers or p.id in (
                 select x.supplier_id from access.member_suppliers x where x.account_id = account and x.member_id = me.id)
               when 'client' then me.all_clients or p.id in (
                 select x.client_id from access.member_clients x where x.account_id = account and x.member_id = me.id)
             end);
  end if;
  given := array(
    select distinct case what when 'order' then f.order_id when 'store' then f.store_id else f.id end
      from fulfillment.fulfillment_orders f
     where f.account_id = account and f.state <> 'unassigned'
       and (me.party_id is null or f.supplier_id = me.party_id)
       and (not me.own_only or f.assignee_member_id = me.id)
       and case when f.supplier_id is null
             then me.all_warehouses or f.warehouse_id in (
               select w.warehouse_id from access.member_warehouses w where w.account_id = account and w.member_id = me.id)
             else me.all_suppliers or f.supplier_id in (
               select p.supplier_id from access.member_suppliers p where p.account_id = account and p.member_id = me.id)
           end
       and (me.audience <> 'staff' or f.store_id = any (app.granted_stores(me))));
  if what = 'shipment' or what = 'parcel' then
    return array(
      select distinct case when what = 'shipment' then p.shipment_id else p.id end
        from fulfillment.lines l
        join fulfillment.parcel_lines pl on pl.account_id = l.account_id and pl.line_id = l.id
        join fulfillment.parcels p on p.account_id = pl.account_id and p.id = pl.parcel_id
       where l.account_id = account and l.fulfillment_order_id = any (given));
  end if;
  return given;
end $$;
