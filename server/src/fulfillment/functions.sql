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
