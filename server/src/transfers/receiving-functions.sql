-- What arrived is counted, shown, talked about and confirmed.

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

-- Adds a picture of what arrived, whose file lies on disk under this id; at most thirty, and for the goods of
-- one owner no more than 2 GB (false).
create or replace function transfers.add_photo(id uuid, photo uuid, media_type text, bytes integer, sha256 text) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  t transfers.transfers := transfers.opened(add_photo.id, 'transfers:receive',
    array['to_ship', 'shipped', 'delivered', 'partially_received', 'received', 'closed_short'], null);
begin
  if t.id is null or (select count(*) from transfers.photos p where p.account_id = t.account_id and p.transfer_id = t.id) >= 30 then
    return null;
  end if;
  if (select coalesce(sum(p.bytes), 0) from transfers.photos p where p.account_id = t.account_id and p.owner_party_id = t.owner_party_id) + add_photo.bytes > 2000000000 then
    return false;
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

-- What scanners read on the goods of a transfer, line by line: [{code, quantity}], with how many eaches a code stands for; those of one
-- each first.
drop function if exists transfers.barcodes(uuid);
create function transfers.barcodes(id uuid) returns table (line_id uuid, barcodes jsonb)
  language sql stable security definer set search_path = pg_catalog as $$
  select l.id, coalesce((select jsonb_agg(jsonb_build_object('code', b.code, 'quantity', b.quantity) order by b.quantity, b.code)
                           from catalog.product_barcodes b where b.account_id = l.account_id and b.product_id = l.product_id), '[]')
    from transfers.transfers t
    join transfers.lines l on l.account_id = t.account_id and l.transfer_id = t.id
   where t.account_id = app.account_id() and t.id = barcodes.id and app.may('transfers:read') and transfers.is_mine(t, 'transfers:read')
$$;
