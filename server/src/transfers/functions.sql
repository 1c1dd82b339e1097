-- Every step of a transfer: it asks for the right, locks the transfer, and moves the stock in the same transaction. A step that finds the
-- transfer out of reach, in another state or of another version does nothing and returns null; else it returns the new version.

-- Whether the caller reaches this transfer with this right: whose goods, and where they go; a client only what he announced.
create or replace function transfers.is_mine(t transfers.transfers, word text) returns boolean
  language sql stable set search_path = pg_catalog as $$
  select t.account_id = app.account_id()
     and (app.may_of_all_owners(word) or t.owner_party_id = any (app.owners_where_may(word)))
     and (app.all_warehouses() or t.warehouse_id = any (app.warehouses()))
     and (app.audience() = 'staff' or t.origin = 'client')
$$;

-- Refuses who does not hold the word.
create or replace function transfers.ask(word text) returns void
  language plpgsql stable set search_path = pg_catalog as $$
begin
  if not app.may(word) then
    raise exception 'not permitted' using errcode = 'CD403', detail = word;
  end if;
end $$;

-- On which side the caller stands, and as whom both sides read him: people of the house by the name of the company.
create or replace function transfers.my_side() returns text
  language sql stable set search_path = pg_catalog as $$ select case app.audience() when 'client' then 'client' else 'host' end $$;
create or replace function transfers.my_name() returns text
  language sql stable set search_path = pg_catalog as $$
  select case app.audience() when 'client' then app.actor_name() else (select a.name from access.accounts a where a.id = app.account_id()) end
$$;

-- Keeps, for the house, which of its people did something of a transfer.
create or replace function transfers.sign(t transfers.transfers, what uuid) returns void
  language sql set search_path = pg_catalog as $$
  insert into transfers.host_names (account_id, id, transfer_id, owner_party_id, warehouse_id, origin, name)
  select t.account_id, what, t.id, t.owner_party_id, t.warehouse_id, t.origin, app.actor_name() where app.audience() = 'staff'
$$;

-- Writes one entry into the story of a transfer, which both sides read.
create or replace function transfers.tell(t transfers.transfers, kind text, data jsonb default '{}') returns void
  language plpgsql set search_path = pg_catalog as $$
declare
  entry constant uuid := gen_random_uuid();
begin
  insert into transfers.timeline (account_id, id, transfer_id, owner_party_id, warehouse_id, origin, kind, side, actor, data)
  values (t.account_id, entry, t.id, t.owner_party_id, t.warehouse_id, t.origin, tell.kind, transfers.my_side(), transfers.my_name(), tell.data);
  perform transfers.sign(t, entry);
end $$;

-- The transfer, locked, where the caller reaches it and it is in one of these states and of this version (null: of any).
create or replace function transfers.opened(id uuid, word text, states text[], version integer) returns transfers.transfers
  language plpgsql set search_path = pg_catalog as $$
declare
  t transfers.transfers;
begin
  perform transfers.ask(word);
  select * into t from transfers.transfers x where x.account_id = app.account_id() and x.id = opened.id for no key update;
  if t.id is null or not transfers.is_mine(t, word) or not t.state = any (states) or t.version <> coalesce(opened.version, t.version) then
    return null;
  end if;
  return t;
end $$;

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

-- The warehouses that the caller may send to, with their addresses.
drop function if exists transfers.destinations();
create function transfers.destinations() returns table (id uuid, name text, line1 text, line2 text, city text, region text, postcode text, country text)
  language sql stable security definer set search_path = pg_catalog as $$
  select w.id, w.name, w.line1, w.line2, w.city, w.region, w.postcode, w.country
    from stock.warehouses w
   where w.account_id = app.account_id() and w.archived_at is null and app.may('transfers:read')
     and (app.all_warehouses() or w.id = any (app.warehouses()))
   order by w.name
$$;

-- Whose goods the caller may move: the house's own, and those of clients within his grant; a client his own.
create or replace function transfers.owners() returns table (id uuid, kind text, name text)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.id, p.kind, p.name from access.parties p
   where p.account_id = app.account_id() and p.kind in ('self', 'client') and p.archived_at is null
     and (app.may_of_all_owners('transfers:read') or p.id = any (app.owners_where_may('transfers:read')))
   order by p.kind desc, p.name
$$;

-- The portal users who announced what the caller sees, for the list to be filtered by.
create or replace function transfers.portal_users() returns table (id uuid, name text, client text)
  language sql stable security definer set search_path = pg_catalog as $$
  select distinct t.created_by_id, t.created_by, t.from_name from transfers.transfers t
   where t.account_id = app.account_id() and t.origin = 'client' and not t.unannounced and transfers.is_mine(t, 'transfers:read')
   order by 2, 3
$$;

-- The products of an owner under these SKUs, where the caller may move that owner's goods.
create or replace function transfers.goods(owner uuid, skus text[]) returns table (id uuid, sku text)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.id, p.sku from catalog.products p
   where p.account_id = app.account_id() and p.owner_party_id = goods.owner and p.sku = any (goods.skus) and p.archived_at is null
     and exists (select from transfers.owners() o where o.id = goods.owner)
$$;

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

-- Adds a transfer: {id, origin, ownerId, warehouseId, fromWarehouseId, supplierId, state, unannounced, expectedOn, note}, with the lines
-- [{productId, quantity}]. A client announces his own goods to a warehouse granted to him; the house moves goods itself, or takes in what
-- nobody announced. Returns its number; null where the caller does not reach all that it names.
create or replace function transfers.add_transfer(transfer jsonb, lines jsonb) returns text
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  account constant uuid := app.account_id();
  n record;
  t transfers.transfers;
  word text;
  source text;
  destination text;
begin
  select * into n from jsonb_to_record(transfer) as x (id uuid, origin text, "ownerId" uuid, "warehouseId" uuid, "fromWarehouseId" uuid,
    "supplierId" uuid, state text, unannounced boolean, "expectedOn" date, note text);
  word := case when n.unannounced then 'transfers:receive' else 'transfers:create' end;
  perform transfers.ask(word);
  if n.state <> all (case when n.unannounced then array['delivered'] when n.origin = 'client' then array['to_ship'] else array['draft', 'to_ship'] end)
     or (app.audience() = 'client') <> (n.origin = 'client' and not n.unannounced) then
    raise exception 'not for this side' using errcode = 'CD409';
  end if;
  select w.name into destination from transfers.destinations() w where w.id = n."warehouseId";
  source := case n.origin
    when 'client' then (select p.name from access.parties p where p.account_id = account and p.id = n."ownerId" and p.kind = 'client')
    when 'warehouse' then (select w.name from transfers.destinations() w where w.id = n."fromWarehouseId")
    when 'supplier' then (select p.name from access.parties p where p.account_id = account and p.id = n."supplierId" and p.kind = 'supplier'
                             and (not app.confined() or p.id = any (app.reach('party', word)))) end;
  if destination is null or source is null or not coalesce(app.may_of_all_owners(word) or n."ownerId" = any (app.owners_where_may(word)), false) then
    return null;
  end if;
  insert into transfers.numbers (account_id, owner_party_id, last) values (account, n."ownerId", 1001)
  on conflict (account_id, owner_party_id) do update set last = numbers.last + 1;
  insert into transfers.transfers (account_id, id, number, origin, owner_party_id, warehouse_id, from_warehouse_id, supplier_id, from_name, warehouse_name,
                                   state, unannounced, expected_on, note, created_by, created_by_id, delivered_at)
  select account, n.id, 'T-' || c.last, n.origin, n."ownerId", n."warehouseId", n."fromWarehouseId", n."supplierId", source, destination,
         n.state, n.unannounced, n."expectedOn", n.note, transfers.my_name(), app.member_id(), case when n.unannounced then app.now() end
    from transfers.numbers c where c.account_id = account and c.owner_party_id = n."ownerId"
  returning * into t;
  if transfers.add_lines(t, add_transfer.lines) is distinct from jsonb_array_length(add_transfer.lines) then
    raise exception 'not all goods are the owner''s' using errcode = 'CD409';
  end if;
  perform transfers.sign(t, t.id);
  perform transfers.tell(t, 'created');
  perform transfers.expect(t);
  return t.number;
end $$;

-- Writes the lines of a transfer, of products of its owner; returns how many they are.
create or replace function transfers.add_lines(t transfers.transfers, lines jsonb) returns integer
  language plpgsql set search_path = pg_catalog as $$
declare
  added integer;
begin
  insert into transfers.lines (account_id, id, transfer_id, owner_party_id, warehouse_id, origin, position, product_id, sku, name, quantity)
  select t.account_id, gen_random_uuid(), t.id, t.owner_party_id, t.warehouse_id, t.origin, x.position, p.id, p.sku, p.name, (x.line ->> 'quantity')::integer
    from jsonb_array_elements(add_lines.lines) with ordinality as x (line, position)
    join catalog.products p on p.account_id = t.account_id and p.id = (x.line ->> 'productId')::uuid and p.owner_party_id = t.owner_party_id
     and p.archived_at is null;
  get diagnostics added = row_count;
  return added;
end $$;

-- Tells the stock of the destination what is to come: announced while it has not left, in transit where it arrived unannounced.
create or replace function transfers.expect(t transfers.transfers) returns void
  language sql set search_path = pg_catalog as $$
  select transfers.move(t, jsonb_agg(jsonb_build_object('warehouseId', t.warehouse_id, 'productId', l.product_id,
           'kind', case t.state when 'to_ship' then 'announced' else 'sent' end, case t.state when 'to_ship' then 'announced' else 'inTransit' end, l.remaining)))
    from transfers.lines l where l.account_id = t.account_id and l.transfer_id = t.id and t.state <> 'draft'
  having count(*) > 0
$$;

-- A draft of the house becomes what is to be shipped.
create or replace function transfers.announce(id uuid) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  t transfers.transfers := transfers.opened(announce.id, 'transfers:edit', array['draft'], null);
begin
  if t.id is null or t.origin = 'client' then
    return null;
  end if;
  update transfers.transfers x set state = 'to_ship', version = x.version + 1 where x.account_id = t.account_id and x.id = t.id returning * into t;
  perform transfers.expect(t);
  perform transfers.tell(t, 'announced');
  return t.version;
end $$;

-- Other lines for a transfer of the house that has not left; its version is written by who edits it.
create or replace function transfers.replace_lines(id uuid, lines jsonb) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  t transfers.transfers := transfers.opened(replace_lines.id, 'transfers:edit', array['draft', 'to_ship'], null);
begin
  if t.id is null or t.origin = 'client' then
    return null;
  end if;
  if t.state = 'to_ship' then
    perform transfers.move(t, jsonb_agg(jsonb_build_object('warehouseId', t.warehouse_id, 'productId', l.product_id, 'kind', 'withdrawn', 'announced', -l.remaining)))
      from transfers.lines l where l.account_id = t.account_id and l.transfer_id = t.id;
  end if;
  delete from transfers.lines l where l.account_id = t.account_id and l.transfer_id = t.id;
  if transfers.add_lines(t, replace_lines.lines) is distinct from jsonb_array_length(replace_lines.lines) then
    raise exception 'not all goods are the owner''s' using errcode = 'CD409';
  end if;
  perform transfers.expect(t);
  perform transfers.tell(t, 'edited');
  return t.version;
end $$;

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
  if t.id is null then
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

-- Writes down a count as it was made: [{lineId, good, damaged, reason}], each line of the transfer once.
create or replace function transfers.add_receipt(t transfers.transfers, receipt uuid, kind text, counts jsonb, reason text) returns void
  language plpgsql set search_path = pg_catalog as $$
declare
  written integer;
begin
  insert into transfers.receipts (account_id, id, transfer_id, owner_party_id, warehouse_id, origin, kind, side, actor, reason)
  values (t.account_id, receipt, t.id, t.owner_party_id, t.warehouse_id, t.origin, add_receipt.kind, transfers.my_side(), transfers.my_name(), add_receipt.reason);
  perform transfers.sign(t, receipt);
  insert into transfers.receipt_lines (account_id, receipt_id, line_id, transfer_id, owner_party_id, warehouse_id, origin, good, damaged, reason)
  select t.account_id, receipt, l.id, t.id, t.owner_party_id, t.warehouse_id, t.origin, x.good, x.damaged, coalesce(x.reason, '')
    from jsonb_to_recordset(counts) as x ("lineId" uuid, good integer, damaged integer, reason text)
    join transfers.lines l on l.account_id = t.account_id and l.transfer_id = t.id and l.id = x."lineId";
  get diagnostics written = row_count;
  if written is distinct from jsonb_array_length(counts) then
    raise exception 'not a line of it' using errcode = 'CD409';
  end if;
end $$;

-- Counts what came, [{lineId, good, damaged, reason}]: the one way by which a transfer raises stock. What comes beyond what is still
-- waited for goes on top, where the house counts. What a client counts is not to be sold until the house has counted it, where that was agreed.
create or replace function transfers.receive(id uuid, version integer, receipt uuid, counts jsonb, reason text) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  t transfers.transfers := transfers.opened(receive.id, 'transfers:receive', array['shipped', 'delivered', 'partially_received'], receive.version);
  is_client constant boolean := app.audience() = 'client';
  held boolean;
  moves jsonb;
begin
  if t.id is null then
    return null;
  end if;
  held := is_client and exists (select from portal.clients c where c.account_id = t.account_id and c.client_id = t.owner_party_id and c.receipts_unverified);
  if is_client and exists (
    select from jsonb_to_recordset(counts) as x ("lineId" uuid, good integer, damaged integer)
      join transfers.lines l on l.account_id = t.account_id and l.transfer_id = t.id and l.id = x."lineId" where x.good + x.damaged > l.remaining) then
    raise exception 'more than is waited for' using errcode = 'CD409';
  end if;
  if t.state = 'shipped' then
    update transfers.transfers x set state = 'delivered', delivered_at = app.now() where x.account_id = t.account_id and x.id = t.id returning * into t;
    perform transfers.tell(t, 'delivered');
  end if;
  perform transfers.add_receipt(t, receipt, 'received', counts, receive.reason);
  select jsonb_agg(jsonb_build_object('warehouseId', t.warehouse_id, 'productId', c.product_id, 'kind', m.kind, 'onHand', m.on_hand, 'quarantine', m.quarantine,
                   'unverified', m.unverified, 'inTransit', -m.taken, 'reason', c.why))
    into moves
    from (select l.product_id, x.good, x.damaged, least(x.good + x.damaged, l.remaining) as taken, coalesce(nullif(x.reason, ''), receive.reason) as why
            from jsonb_to_recordset(counts) as x ("lineId" uuid, good integer, damaged integer, reason text)
            join transfers.lines l on l.account_id = t.account_id and l.transfer_id = t.id and l.id = x."lineId") c
   cross join lateral (
     select 'received' as kind, 0 as on_hand, 0 as quarantine, c.good + c.damaged as unverified, c.taken where held
     union all
     select 'received', c.good, 0, 0, least(c.good, c.taken) where not held and c.good > 0
     union all
     select 'damaged', 0, c.damaged, 0, c.taken - least(c.good, c.taken) where not held and c.damaged > 0) m;
  update transfers.lines l
     set good = l.good + case when held then 0 else x.good end, damaged = l.damaged + case when held then 0 else x.damaged end,
         unverified = l.unverified + case when held then x.good + x.damaged else 0 end
    from jsonb_to_recordset(counts) as x ("lineId" uuid, good integer, damaged integer)
   where l.account_id = t.account_id and l.transfer_id = t.id and l.id = x."lineId";
  perform transfers.move(t, moves);
  update transfers.transfers x set version = x.version + 1, received_at = case when not n.open then app.now() end,
         state = case when n.open then 'partially_received' else 'received' end
    from (select exists (select from transfers.lines l where l.account_id = t.account_id and l.transfer_id = t.id and l.remaining > 0) as open) n
   where x.account_id = t.account_id and x.id = t.id returning x.* into t;
  perform transfers.tell(t, 'received', (select jsonb_build_object('good', sum(x.good), 'damaged', sum(x.damaged), 'unverified', held)
                                           from jsonb_to_recordset(counts) as x (good integer, damaged integer)));
  return t.version;
end $$;

-- The house counts what the client had counted himself, [{lineId, good, damaged, reason}], each line whole. What is not there is no longer
-- waited for.
create or replace function transfers.verify(id uuid, version integer, receipt uuid, counts jsonb, reason text) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  t transfers.transfers := transfers.opened(verify.id, 'transfers:receive', array['partially_received', 'received', 'closed_short'], verify.version);
  moves jsonb;
begin
  if t.id is null or app.audience() <> 'staff' then
    return null;
  end if;
  perform transfers.add_receipt(t, receipt, 'verified', counts, verify.reason);
  with counted as (
    update transfers.lines l
       set good = l.good + x.good, damaged = l.damaged + x.damaged, unverified = 0,
           closed = l.closed + greatest(l.unverified - x.good - x.damaged, 0)
      from jsonb_to_recordset(counts) as x ("lineId" uuid, good integer, damaged integer, reason text)
      join transfers.lines b on b.account_id = t.account_id and b.transfer_id = t.id and b.id = x."lineId"
     where l.account_id = b.account_id and l.id = b.id and b.unverified > 0
    returning l.product_id, x.good, x.damaged, b.unverified, l.remaining - b.remaining as in_transit, coalesce(nullif(x.reason, ''), verify.reason) as why
  )
  select jsonb_agg(jsonb_build_object('warehouseId', t.warehouse_id, 'productId', c.product_id, 'kind', 'verified', 'onHand', c.good, 'quarantine', c.damaged,
                   'unverified', -c.unverified, 'inTransit', c.in_transit, 'reason', c.why))
    into moves from counted c;
  if coalesce(jsonb_array_length(moves), 0) <> jsonb_array_length(counts) then
    raise exception 'nothing to verify there' using errcode = 'CD409';
  end if;
  perform transfers.move(t, moves);
  update transfers.transfers x set version = x.version + 1,
         state = case when x.state = 'partially_received' and not n.open then 'received' else x.state end,
         received_at = case when x.state = 'partially_received' and not n.open then app.now() else x.received_at end
    from (select exists (select from transfers.lines l where l.account_id = t.account_id and l.transfer_id = t.id and l.remaining > 0) as open) n
   where x.account_id = t.account_id and x.id = t.id returning x.* into t;
  perform transfers.tell(t, 'verified', (select jsonb_build_object('good', sum(x.good), 'damaged', sum(x.damaged))
                                           from jsonb_to_recordset(counts) as x (good integer, damaged integer)));
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

-- Says something that both sides read.
create or replace function transfers.comment(id uuid, text text) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  t transfers.transfers;
  said constant uuid := gen_random_uuid();
begin
  perform transfers.ask('transfers:receive');
  select * into t from transfers.transfers x where x.account_id = app.account_id() and x.id = comment.id;
  if t.id is null or not transfers.is_mine(t, 'transfers:receive') then
    return false;
  end if;
  insert into transfers.comments (account_id, id, transfer_id, owner_party_id, warehouse_id, origin, side, actor, text)
  values (t.account_id, said, t.id, t.owner_party_id, t.warehouse_id, t.origin, transfers.my_side(), transfers.my_name(), comment.text);
  perform transfers.sign(t, said);
  return true;
end $$;

-- Adds a picture of what arrived, whose file lies on disk under this id; at most thirty.
create or replace function transfers.add_photo(id uuid, photo uuid, media_type text, bytes integer, sha256 text) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  t transfers.transfers := transfers.opened(add_photo.id, 'transfers:receive',
    array['to_ship', 'shipped', 'delivered', 'partially_received', 'received', 'closed_short'], null);
begin
  if t.id is null or (select count(*) from transfers.photos p where p.account_id = t.account_id and p.transfer_id = t.id) >= 30 then
    return null;
  end if;
  insert into transfers.photos (account_id, id, transfer_id, owner_party_id, warehouse_id, origin, media_type, bytes, sha256, side, actor)
  values (t.account_id, photo, t.id, t.owner_party_id, t.warehouse_id, t.origin, add_photo.media_type, add_photo.bytes, add_photo.sha256,
          transfers.my_side(), transfers.my_name());
  perform transfers.sign(t, photo);
  perform transfers.tell(t, 'photo');
  return true;
end $$;

-- A side confirms what of a client's transfer was counted otherwise than declared: once, when nothing can change any more.
create or replace function transfers.confirm(id uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  t transfers.transfers := transfers.opened(confirm.id, 'transfers:receive', array['received', 'closed_short'], null);
  given constant uuid := gen_random_uuid();
begin
  if t.id is null or t.origin <> 'client'
     or not exists (select from transfers.lines l where l.account_id = t.account_id and l.transfer_id = t.id and (l.good <> l.quantity or l.damaged > 0))
     or exists (select from transfers.lines l where l.account_id = t.account_id and l.transfer_id = t.id and l.unverified > 0) then
    return null;
  end if;
  insert into transfers.confirmations (account_id, transfer_id, side, id, owner_party_id, warehouse_id, origin, actor)
  values (t.account_id, t.id, transfers.my_side(), given, t.owner_party_id, t.warehouse_id, t.origin, transfers.my_name())
  on conflict do nothing;
  if not found then
    return null;
  end if;
  perform transfers.sign(t, given);
  perform transfers.tell(t, 'confirmed');
  return true;
end $$;

-- What scanners read on the goods of a transfer, line by line: the codes of one each.
create or replace function transfers.barcodes(id uuid) returns table (line_id uuid, barcodes text[])
  language sql stable security definer set search_path = pg_catalog as $$
  select l.id, array(select b.code from catalog.product_barcodes b
                      where b.account_id = l.account_id and b.product_id = l.product_id and b.quantity = 1 order by b.code)
    from transfers.transfers t
    join transfers.lines l on l.account_id = t.account_id and l.transfer_id = t.id
   where t.account_id = app.account_id() and t.id = barcodes.id and app.may('transfers:read') and transfers.is_mine(t, 'transfers:read')
$$;
