-- Every step of a transfer: it asks for the right, locks the transfer, and moves the stock in the same transaction. A step that finds the
-- transfer out of reach, in another state or of another version does nothing and returns null; else it returns the new version.

-- Whether it goes to a warehouse of the caller's.
create or replace function transfers.is_here(t transfers.transfers) returns boolean
  language sql stable set search_path = pg_catalog as $$ select app.all_warehouses() or t.warehouse_id = any (app.warehouses()) $$;

-- Whether the caller reaches this transfer with this right: whose goods, and where they go; a client only what he announced, who is kept
-- to some suppliers only what comes from those. Who looks after the warehouse that it leaves sees it, and ships it. Never null.
create or replace function transfers.is_mine(t transfers.transfers, word text) returns boolean
  language sql stable set search_path = pg_catalog as $$
  select coalesce(t.account_id = app.account_id()
     and (app.may_of_all_owners(word) or t.owner_party_id = any (app.owners_where_may(word)))
     and (transfers.is_here(t)
          or (word in ('transfers:read', 'transfers:print', 'transfers:ship') and t.from_warehouse_id = any (app.warehouses())))
     and (t.supplier_id is null or not app.confined() or t.supplier_id = any (app.reach('party', word)))
     and (app.audience() = 'staff' or t.origin = 'client'), false)
$$;

-- The transfers that leave warehouses of who is kept to some, of goods in whose matters he may use a permission.
create or replace function app.transfers_where_may(permission text) returns uuid[]
  language sql stable security definer set search_path = pg_catalog as $$
  select array(select t.id from transfers.transfers t
                where t.account_id = app.account_id() and t.from_warehouse_id = any (app.warehouses())
                  and (app.may_of_all_owners(permission) or t.owner_party_id = any (app.owners_where_may(permission))))
$$;

-- Refuses who does not hold the word.
create or replace function transfers.ask(word text) returns void
  language plpgsql stable set search_path = pg_catalog as $$
begin
  if not app.may(word) then
    raise exception 'not permitted' using errcode = 'CD403', detail = word;
  end if;
end $$;

-- On which side the caller stands, and as whom both sides read him: people of the house by the name that clients know it by.
create or replace function transfers.my_side() returns text
  language sql stable set search_path = pg_catalog as $$ select case app.audience() when 'client' then 'client' else 'host' end $$;
create or replace function transfers.my_name() returns text
  language sql stable set search_path = pg_catalog as $$
  select case app.audience() when 'client' then app.actor_name() else access.known_as(app.account_id(), 'client') end
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

-- The address to which a transfer goes, for who sees the transfer: he who ships it may have no part in the other warehouse.
create or replace function transfers.destination(id uuid) returns table (line1 text, line2 text, city text, region text, postcode text, country text)
  language sql stable security definer set search_path = pg_catalog as $$
  select w.line1, w.line2, w.city, w.region, w.postcode, w.country
    from transfers.transfers t join stock.warehouses w on w.account_id = t.account_id and w.id = t.warehouse_id
   where t.account_id = app.account_id() and t.id = destination.id and app.may('transfers:read') and transfers.is_mine(t, 'transfers:read')
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
