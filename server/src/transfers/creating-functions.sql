-- A transfer comes to be: what is announced, by whom, and its lines while they may still change.

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
