-- A transfer on its way: what each step does to the stock of both ends, until nothing more is waited for.

-- Which state leads to which: the database's own word on it, beside lifecycle.ts.
create or replace function transfers.keep_state() returns trigger
  language plpgsql set search_path = pg_catalog as $$
begin
  if not (old.state || '>' || new.state) = any (array['draft>to_ship', 'draft>cancelled', 'to_ship>shipped', 'to_ship>delivered', 'to_ship>cancelled',
      'shipped>delivered', 'shipped>cancelled', 'shipped>closed_short', 'delivered>partially_received', 'delivered>received',
      'delivered>cancelled', 'delivered>closed_short', 'partially_received>received', 'partially_received>closed_short']) then
    raise exception 'no such step' using errcode = 'CD409';
  end if;
  return new;
end $$;
create or replace trigger keep_state before update of state on transfers.transfers
  for each row when (old.state is distinct from new.state) execute function transfers.keep_state();

-- What a client declared stays as he declared it, whoever counts.
create or replace function transfers.keep_declared() returns trigger
  language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'declared by the client' using errcode = 'CD409';
end $$;
create or replace trigger keep_declared before update of quantity, product_id on transfers.lines
  for each row when (old.origin = 'client' and (old.quantity <> new.quantity or old.product_id <> new.product_id)) execute function transfers.keep_declared();


-- Moves stock on account of a transfer, [{warehouseId, productId, kind, …}] as stock.move takes them; what became available is given at once to
-- orders that wait for it.
create or replace function transfers.move(t transfers.transfers, moves jsonb) returns void
  language plpgsql set search_path = pg_catalog as $$
declare
  raised record;
begin
  if moves is null then
    return;
  end if;
  perform stock.lock(array(select distinct (m ->> 'productId')::uuid from jsonb_array_elements(moves) m));
  perform stock.move((
    select jsonb_agg(m || jsonb_build_object('documentKind', 'transfer', 'documentId', t.id, 'document', t.number)) from jsonb_array_elements(moves) m));
  for raised in
    select m."warehouseId" as warehouse, array_agg(m."productId") as products
      from jsonb_to_recordset(moves) as m ("warehouseId" uuid, "productId" uuid, "onHand" integer) where m."onHand" > 0 group by 1 order by 1
  loop
    perform stock.serve_backorders(raised.warehouse, raised.products);
  end loop;
end $$;

-- Tells the stock of the destination what is to come: announced while it has not left, in transit where it arrived unannounced.
create or replace function transfers.expect(t transfers.transfers) returns void
  language sql set search_path = pg_catalog as $$
  select transfers.move(t, jsonb_agg(jsonb_build_object('warehouseId', t.warehouse_id, 'productId', l.product_id,
           'kind', case t.state when 'to_ship' then 'announced' else 'sent' end, case t.state when 'to_ship' then 'announced' else 'inTransit' end, l.remaining)))
    from transfers.lines l where l.account_id = t.account_id and l.transfer_id = t.id and t.state <> 'draft'
  having count(*) > 0
$$;

-- It leaves: {carrier, tracking, cartons}. What was announced is in transit; out of a warehouse of the house it leaves the stock there, never what
-- is kept for orders (levels_not_oversold).
create or replace function transfers.ship(id uuid, departure jsonb) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  t transfers.transfers := transfers.opened(ship.id, 'transfers:ship', array['to_ship'], null);
begin
  if t.id is null or (t.origin = 'client') <> (app.audience() = 'client')
     or (t.origin = 'warehouse' and not (app.all_warehouses() or t.from_warehouse_id = any (app.warehouses()))) then
    return null;
  end if;
  update transfers.transfers x set state = 'shipped', shipped_at = app.now(), carrier = departure ->> 'carrier', tracking = departure ->> 'tracking',
         cartons = (departure ->> 'cartons')::integer, version = x.version + 1
   where x.account_id = t.account_id and x.id = t.id returning * into t;
  perform transfers.leave(t);
  perform transfers.tell(t, 'shipped', jsonb_build_object('carrier', t.carrier, 'tracking', t.tracking, 'cartons', t.cartons));
  return t.version;
end $$;

-- From announced to in transit.
create or replace function transfers.leave(t transfers.transfers) returns void
  language sql set search_path = pg_catalog as $$
  select transfers.move(t, jsonb_agg(m.move))
    from transfers.lines l
   cross join lateral (
     select jsonb_build_object('warehouseId', t.warehouse_id, 'productId', l.product_id, 'kind', 'sent', 'announced', -l.remaining, 'inTransit', l.remaining) as move
     union all
     select jsonb_build_object('warehouseId', t.from_warehouse_id, 'productId', l.product_id, 'kind', 'sent', 'onHand', -l.remaining) where t.origin = 'warehouse') m
   where l.account_id = t.account_id and l.transfer_id = t.id and l.remaining > 0
$$;

-- Of what is to leave a warehouse, what there is not enough of.
create or replace function transfers.lacking(id uuid) returns table (sku text, available integer, quantity integer)
  language sql stable security definer set search_path = pg_catalog as $$
  select l.sku, coalesce(v.available, 0), l.quantity
    from transfers.transfers t
    join transfers.lines l on l.account_id = t.account_id and l.transfer_id = t.id
    left join lateral (select (s.on_hand - s.allocated) as available from stock.levels s
                        where s.account_id = t.account_id and s.warehouse_id = t.from_warehouse_id and s.product_id = l.product_id
                          and s.lot = '' and s.location = '' and s.condition = '') v on true
   where t.account_id = app.account_id() and t.id = lacking.id and t.origin = 'warehouse' and transfers.is_mine(t, 'transfers:ship')
     and (app.all_warehouses() or t.from_warehouse_id = any (app.warehouses())) and coalesce(v.available, 0) < l.quantity
   order by l.position
$$;

-- It arrived, and is not counted.
create or replace function transfers.deliver(id uuid) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  t transfers.transfers := transfers.opened(deliver.id, 'transfers:ship', array['shipped'], null);
begin
  if t.id is null or not transfers.is_here(t) then
    return null;
  end if;
  update transfers.transfers x set state = 'delivered', delivered_at = app.now(), version = x.version + 1
   where x.account_id = t.account_id and x.id = t.id returning * into t;
  perform transfers.tell(t, 'delivered');
  return t.version;
end $$;

-- The house records that a client's goods are there, of which he had not said that they left.
create or replace function transfers.arrive(id uuid) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  t transfers.transfers := transfers.opened(arrive.id, 'transfers:ship', array['to_ship'], null);
begin
  if t.id is null or t.origin <> 'client' then
    return null;
  end if;
  update transfers.transfers x set state = 'delivered', shipped_at = app.now(), delivered_at = app.now(), version = x.version + 1
   where x.account_id = t.account_id and x.id = t.id returning * into t;
  perform transfers.leave(t);
  perform transfers.tell(t, 'arrived');
  return t.version;
end $$;

-- Nothing more is waited for. What had left a warehouse of the house goes back there where `back`.
create or replace function transfers.give_up(t transfers.transfers, kind text, reason text, back boolean) returns void
  language plpgsql set search_path = pg_catalog as $$
begin
  perform transfers.move(t, jsonb_agg(m.move))
     from transfers.lines l
    cross join lateral (
      select jsonb_build_object('warehouseId', t.warehouse_id, 'productId', l.product_id, 'kind', give_up.kind, 'reason', give_up.reason,
               case t.state when 'to_ship' then 'announced' else 'inTransit' end, -l.remaining) as move
      union all
      select jsonb_build_object('warehouseId', t.from_warehouse_id, 'productId', l.product_id, 'kind', give_up.kind, 'reason', give_up.reason,
               'onHand', l.remaining) where back and t.origin = 'warehouse' and t.state <> 'to_ship') m
    where l.account_id = t.account_id and l.transfer_id = t.id and l.remaining > 0 and t.state <> 'draft'
   having count(*) > 0;
  update transfers.lines l set closed = l.closed + l.remaining where l.account_id = t.account_id and l.transfer_id = t.id and l.remaining > 0;
end $$;

-- The house no longer waits for the rest: lost, or sent back.
create or replace function transfers.close_short(id uuid, version integer, reason text, back boolean) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  t transfers.transfers := transfers.opened(close_short.id, 'transfers:close', array['shipped', 'delivered', 'partially_received'], close_short.version);
begin
  if t.id is null or app.audience() <> 'staff' then
    return null;
  end if;
  perform transfers.give_up(t, case when back then 'withdrawn' else 'written_off' end, close_short.reason, back);
  update transfers.transfers x set state = 'closed_short', closed_at = app.now(), reason = close_short.reason, version = x.version + 1
   where x.account_id = t.account_id and x.id = t.id returning * into t;
  perform transfers.tell(t, 'closed', jsonb_build_object('reason', t.reason, 'back', back));
  return t.version;
end $$;

-- Calls off what was not received. What was received stays, and the transfer is then closed short; what is in transit asks for a reason.
create or replace function transfers.cancel(id uuid, version integer, reason text) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  t transfers.transfers := transfers.opened(cancel.id, 'transfers:cancel',
    array['draft', 'to_ship', 'shipped', 'delivered', 'partially_received'], cancel.version);
begin
  if t.id is null or (cancel.reason = '' and t.state not in ('draft', 'to_ship')) then
    return null;
  end if;
  perform transfers.give_up(t, 'withdrawn', cancel.reason, true);
  update transfers.transfers x set state = case when x.state = 'partially_received' then 'closed_short' else 'cancelled' end, cancelled_at = app.now(),
         reason = cancel.reason, version = x.version + 1
   where x.account_id = t.account_id and x.id = t.id returning * into t;
  perform transfers.tell(t, 'cancelled', jsonb_build_object('reason', t.reason));
  return t.version;
end $$;
