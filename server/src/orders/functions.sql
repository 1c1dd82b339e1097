-- The status of an order is computed from facts here and nowhere else; no login may update the column.

create or replace function orders.status_of(account_id uuid, order_id uuid) returns text
  language sql stable security definer set search_path = pg_catalog as $$
  with o as (
    select x.payment, x.cancelled_at from orders.orders x where x.account_id = $1 and x.id = $2
  ), wanted as (
    select coalesce(sum(l.quantity - l.cancelled_quantity) filter (where l.requires_shipping), 0) as units,
           count(*) filter (where l.quantity > l.cancelled_quantity) as live
      from orders.lines l where l.account_id = $1 and l.order_id = $2
  ), sent as (
    select coalesce(sum(fl.shipped), 0) as units, coalesce(sum(fl.accepted) filter (where f.fulfiller = 'supplier'), 0)
           + coalesce(sum(fl.quantity) filter (where f.state in ('released', 'picking', 'packed')), 0) as submitted
      from fulfillment.fulfillment_orders f
      join fulfillment.lines fl on fl.account_id = f.account_id and fl.fulfillment_order_id = f.id
     where f.account_id = $1 and f.order_id = $2 and f.kind = 'original'
  )
  select case
    when o.cancelled_at is not null or (wanted.live = 0) then 'cancelled'
    when sent.units >= wanted.units then 'shipped'
    when exists (select from orders.holds h where h.account_id = $1 and h.order_id = $2 and h.released_at is null) then 'on_hold'
    when sent.units > 0 then 'partially_shipped'
    when o.payment = 'unpaid' then 'awaiting_payment'
    when sent.submitted > 0 then 'pending_fulfillment'
    else 'awaiting_shipment' end
  from o, wanted, sent
$$;

-- Writes the computed status of these orders where it changed, and tells their fulfillment orders whether they are held.
-- No login may execute it: the two below say for whom.
create or replace function orders.recompute_in(account_id uuid, order_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  -- Two that change the same order at once: the second computes after the first has committed, from what both left.
  perform from orders.orders o where o.account_id = $1 and o.id = any (order_ids) order by o.id for no key update;
  update orders.orders o set status = n.status
    from (select x.id, orders.status_of($1, x.id) as status from unnest(order_ids) as x (id)) n
   where o.account_id = $1 and o.id = n.id and n.status is not null and o.status <> n.status;
  update fulfillment.fulfillment_orders f set on_hold = n.held
    from (select x.id, exists (select from orders.holds h where h.account_id = $1 and h.order_id = x.id
                                and h.released_at is null) as held from unnest(order_ids) as x (id)) n
   where f.account_id = $1 and f.order_id = n.id and f.on_hold <> n.held;
  -- What nobody can change any longer, nobody need decide any longer.
  update orders.change_requests r set state = 'outdated', version = r.version + 1
    from orders.orders o
   where r.account_id = $1 and r.order_id = any (order_ids) and r.state = 'open' and r.kind <> 'return'
     and o.account_id = r.account_id and o.id = r.order_id and o.status in ('shipped', 'cancelled');
end $$;

drop function if exists orders.sees_store(uuid);
-- Whether an order, of this store, is within the caller's reach.
create or replace function orders.sees(order_id uuid, store_id uuid) returns boolean
  language plpgsql stable set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
  stores constant text := split_part(caller, '|', 9);
begin
  if split_part(caller, '|', 12) = 'confined' then
    return order_id = any (app.reach('order', 'orders:read'));
  end if;
  return coalesce(case split_part(caller, '|', 6)
    when 'staff' then stores = '*' or store_id::text = any (string_to_array(stores, ','))
    when 'client' then store_id::text = any (string_to_array(stores, ',')) and (orders.is_lenient() or orders.is_served_here(order_id)) end, false);
end $$;

-- For orders the caller may reach.
create or replace function orders.recompute(order_ids uuid[]) returns void
  language sql security definer set search_path = pg_catalog as $$
  select orders.recompute_in(app.account_id(), array(
    select o.id from orders.orders o where o.account_id = app.account_id() and o.id = any (order_ids) and orders.sees(o.id, o.store_id)))
$$;

-- Releases the holds of every account whose day has come in the account's zone, and tells the orders' stories; by the
-- worker, once a minute. Returns how many.
create or replace function orders.release_due_holds() returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  due record;
  released integer := 0;
begin
  for due in
    update orders.holds h set released_at = app.now(), released_by = 'Crossdock'
      from access.accounts a
     where h.released_at is null and h.until <= (app.now() + interval '14 hours')::date
       and a.id = h.account_id and h.until <= (app.now() at time zone a.timezone)::date
    returning h.account_id, h.order_id, h.store_id, h.until
  loop
    perform orders.recompute_in(due.account_id, array[due.order_id]);
    insert into orders.timeline (account_id, id, order_id, store_id, kind, actor, via, data)
    values (due.account_id, gen_random_uuid(), due.order_id, due.store_id, 'order.released', 'Crossdock', 'rule',
            jsonb_build_object('until', due.until));
    released := released + 1;
  end loop;
  return released;
end $$;

-- How far an order is, for what may be edited (orders/lifecycle.ts); null where the caller reaches none such.
create or replace function orders.stage_of(order_id uuid) returns text
  language sql stable security definer set search_path = pg_catalog as $$
  select case
    when o.status in ('shipped', 'cancelled') then o.status
    when exists (select from fulfillment.fulfillment_orders f join fulfillment.lines l on l.account_id = f.account_id and l.fulfillment_order_id = f.id
                  where f.account_id = o.account_id and f.order_id = o.id and (l.accepted > 0 or f.state in ('released', 'picking', 'packed')))
      then 'submitted'
    else 'open' end
  from orders.orders o where o.account_id = app.account_id() and o.id = stage_of.order_id and orders.sees(o.id, o.store_id)
$$;

-- Lets order lines follow products that are new or got other tags: lines whose SKU meant nothing get the product of that
-- SKU that the client of their store has (or the house, where it serves none), their unmapped_line issue is resolved, and line_tags are made anew. For who may edit products; every order
-- of the account follows, also of stores he does not see.
create or replace function orders.follow_products(product_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  order_ids uuid[];
begin
  if app.audience() = 'client' and app.may('products:import') then
    -- His file brings his own products; nobody else's lines follow.
    product_ids := array(select p.id from catalog.products p
                          where p.account_id = app.account_id() and p.owner_party_id = app.party_id() and p.id = any (product_ids));
  elsif not app.may('products:edit') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'products:edit';
  end if;
  with mapped as (
    update orders.lines l set product_id = p.id
      from catalog.products p
      join access.parties own on own.account_id = p.account_id and own.id = p.owner_party_id
      join channels.stores s on s.account_id = p.account_id and (s.client_party_id = own.id or (s.client_party_id is null and own.kind = 'self'))
     where p.account_id = app.account_id() and p.id = any (product_ids) and p.archived_at is null
       and l.account_id = p.account_id and l.store_id = s.id and l.product_id is null and l.sku = p.sku
       and not exists (select from channels.listings x
                        where x.account_id = l.account_id and x.store_id = l.store_id and x.external_sku = l.sku)
    returning l.account_id, l.id, l.order_id
  ), resolved as (
    update orders.issues i set resolved_at = app.now(), resolved_by = app.actor_name()
      from mapped m
     where i.account_id = m.account_id and i.line_id = m.id and i.kind = 'unmapped_line' and i.resolved_at is null
  )
  select array_agg(distinct m.order_id) into order_ids from mapped m;
  if order_ids is not null then
    perform stock.keep(order_ids);
  end if;
  delete from orders.line_tags t using orders.lines l
   where l.account_id = app.account_id() and l.product_id = any (product_ids) and t.account_id = l.account_id and t.line_id = l.id
     and not exists (select from catalog.product_tags p
                      where p.account_id = l.account_id and p.product_id = l.product_id and p.tag = t.tag);
  insert into orders.line_tags (account_id, order_id, line_id, store_id, tag)
  select l.account_id, l.order_id, l.id, l.store_id, p.tag
    from orders.lines l
    join catalog.product_tags p on p.account_id = l.account_id and p.product_id = l.product_id
   where l.account_id = app.account_id() and l.product_id = any (product_ids)
  on conflict do nothing;
end $$;

-- Counts by status follow every statement that adds orders or moves one to another status (db/migrations/0016).
create or replace function orders.count_added() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into orders.count_deltas (account_id, id, store_id, status, delta)
  select n.account_id, gen_random_uuid(), n.store_id, n.status, count(*) from added n group by n.account_id, n.store_id, n.status;
  return null;
end $$;
create or replace function orders.count_moved() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into orders.count_deltas (account_id, id, store_id, status, delta)
  select m.account_id, gen_random_uuid(), m.store_id, m.status, sum(m.delta)
    from (select n.account_id, n.store_id, n.status, 1 as delta from after n join before b on b.account_id = n.account_id and b.id = n.id where b.status <> n.status
          union all
          select n.account_id, n.store_id, b.status, -1 from after n join before b on b.account_id = n.account_id and b.id = n.id where b.status <> n.status) m
   group by m.account_id, m.store_id, m.status;
  return null;
end $$;
drop trigger if exists count_added on orders.orders;
create trigger count_added after insert on orders.orders
  referencing new table as added for each statement execute function orders.count_added();
drop trigger if exists count_moved on orders.orders;
create trigger count_moved after update on orders.orders
  referencing old table as before new table as after for each statement execute function orders.count_moved();

-- Folds what was appended into the sums; by the worker, once a minute. Two at once share the rows between them.
create or replace function orders.fold_counts() returns void
  language sql security definer set search_path = pg_catalog as $$
  with gone as (
    delete from orders.count_deltas d returning d.account_id, d.store_id, d.status, d.delta
  )
  insert into orders.counts as c (account_id, store_id, status, value)
  select account_id, store_id, status, sum(delta) from gone group by account_id, store_id, status order by account_id, store_id, status
  on conflict (account_id, store_id, status) do update set value = c.value + excluded.value
$$;

-- Counts everything anew, for the operator's hand alone (no login may execute it). Who adds or moves orders waits meanwhile.
-- Returns how many sums were not as they should be.
create or replace function orders.recount() returns integer
  language plpgsql set search_path = pg_catalog as $$
declare
  wrong integer;
begin
  lock table orders.count_deltas in share row exclusive mode;
  perform orders.fold_counts();
  with counted as (
    select o.account_id, o.store_id, o.status, count(*) as value from orders.orders o group by o.account_id, o.store_id, o.status
  ), put as (
    insert into orders.counts as c (account_id, store_id, status, value)
    select account_id, store_id, status, value from counted
    on conflict (account_id, store_id, status) do update set value = excluded.value where c.value <> excluded.value
    returning 1
  ), emptied as (
    update orders.counts c set value = 0
     where c.value <> 0 and not exists (select from counted n where n.account_id = c.account_id and n.store_id = c.store_id and n.status = c.status)
    returning 1
  )
  select (select count(*) from put) + (select count(*) from emptied) into wrong;
  return wrong;
end $$;

-- Writes lines that were changed with approval, [{id, quantity, cancelled, unitPriceMicros, discountRate, discountMicros}],
-- and what the order now comes to, {lines, discount, total}; without it, prices stay.
create or replace function orders.change_lines(order_id uuid, changed jsonb, totals jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.may('orders:approve') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'orders:approve';
  end if;
  if totals is not null and not app.may('orders:amounts') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'orders:amounts';
  end if;
  if not exists (select from orders.orders o where o.account_id = app.account_id() and o.id = change_lines.order_id and orders.sees(o.id, o.store_id)) then
    return;
  end if;
  update orders.lines l set quantity = x.quantity, cancelled_quantity = x.cancelled
    from jsonb_to_recordset(changed) as x (id uuid, quantity integer, cancelled integer)
   where l.account_id = app.account_id() and l.order_id = change_lines.order_id and l.id = x.id;
  update orders.orders o set quantity = (select sum(l.quantity) from orders.lines l where l.account_id = o.account_id and l.order_id = o.id)
   where o.account_id = app.account_id() and o.id = change_lines.order_id;
  if totals is null then
    return;
  end if;
  update orders.line_amounts a set unit_price_micros = x."unitPriceMicros", discount_rate = x."discountRate", discount_micros = x."discountMicros"
    from jsonb_to_recordset(changed) as x (id uuid, "unitPriceMicros" bigint, "discountRate" numeric, "discountMicros" bigint)
   where a.account_id = app.account_id() and a.order_id = change_lines.order_id and a.line_id = x.id;
  update orders.order_amounts a set lines_total = (totals->>'lines')::bigint, discount_total = (totals->>'discount')::bigint, total = (totals->>'total')::bigint
   where a.account_id = app.account_id() and a.order_id = change_lines.order_id;
end $$;

-- What stands in the prices that somebody asks to change without seeing them: for who is to approve.
create or replace function orders.note_old_prices(request_id uuid) returns void
  language sql security definer set search_path = pg_catalog as $$
  insert into orders.change_values (account_id, request_id, order_id, store_id, member_id, origin, field, side, class, value)
  select v.account_id, v.request_id, v.order_id, v.store_id, v.member_id, v.origin, v.field, 'old', 'amounts',
         coalesce(case split_part(v.field, '.', 3) when 'unitPriceMicros' then to_jsonb(a.unit_price_micros) else to_jsonb(a.discount_rate) end, 'null')
    from orders.change_requests r
    join orders.change_values v on v.account_id = r.account_id and v.request_id = r.id and v.side = 'wanted' and v.class = 'amounts'
    join orders.line_amounts a on a.account_id = v.account_id and a.order_id = v.order_id and a.line_id::text = split_part(v.field, '.', 2)
   where r.account_id = app.account_id() and r.id = note_old_prices.request_id and r.member_id = app.member_id() and r.state = 'open'
  on conflict do nothing
$$;

-- Takes back what the caller asked for himself, while nobody has answered. Returns it, or a row of nothing.
drop function if exists orders.withdraw_request(uuid);
create or replace function orders.withdraw_request(request_id uuid)
  returns table (id uuid, order_id uuid, store_id uuid, kind text, fields text[], reason text, asked_by text, origin text)
  language sql security definer set search_path = pg_catalog as $$
  update orders.change_requests r set state = 'withdrawn', version = r.version + 1
   where r.account_id = app.account_id() and r.id = withdraw_request.request_id and r.member_id = app.member_id() and r.state = 'open'
     and app.may('orders:propose') and orders.sees(r.order_id, r.store_id)
  returning r.id, r.order_id, r.store_id, r.kind, r.fields, r.reason, r.asked_by, r.origin
$$;

-- The phone number that a carrier asks for: it stands with the e-mail address, which is not for everybody who packs. Null for who may
-- not see the number, or not the order.
create or replace function orders.carrier_phone(order_id uuid) returns text
  language sql stable security definer set search_path = pg_catalog as $$
  select c.phone from orders.contacts c
   where c.account_id = app.account_id() and c.order_id = carrier_phone.order_id and app.audience() = 'staff' and app.may('orders:phone')
     and orders.sees(c.order_id, c.store_id)
$$;
