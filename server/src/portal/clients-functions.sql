-- What the portal does for clients with its owner's rights. Each function says who may call it and checks what it must.

-- Every client has its row of what was agreed.
create or replace function portal.first_row() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into portal.clients (account_id, client_id) values (new.account_id, new.id) on conflict do nothing;
  return null;
end $$;
drop trigger if exists portal_first_row on access.parties;
create trigger portal_first_row after insert on access.parties
  for each row when (new.kind = 'client') execute function portal.first_row();

-- How many people each client has that the caller knows, and how many are invited.
create or replace function portal.count_users() returns table (client_id uuid, users bigint, invited bigint, asked bigint)
  language sql stable security definer set search_path = pg_catalog as $$
  select c.id,
         (select count(*) from access.members m where m.account_id = app.account_id() and m.party_id = c.id and m.kind = 'person' and m.deactivated_at is null),
         (select count(*) from access.invitations i where i.account_id = app.account_id() and i.party_id = c.id
             and i.accepted_at is null and i.revoked_at is null and i.expires_at > app.now()),
         (select count(*) from portal.user_requests r where r.account_id = app.account_id() and r.client_id = c.id and r.state = 'waiting')
    from unnest(app.clients_where_may('clients:read')) as c (id)
$$;

-- The stores that the caller can give to people of his clients: of his own grant, those of the clients he looks after; where he is not
-- confined also those that are nobody's yet, which he can make a client's.
create or replace function portal.stores_to_give() returns uuid[]
  language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(s.id), '{}')
    from access.members m
    join channels.stores s on s.account_id = m.account_id and s.id = any (app.granted_stores(m))
   where m.account_id = app.account_id() and m.id = app.member_id() and app.may('portal-users:manage')
     and case when s.client_party_id is null then not app.confined() else s.client_party_id = any (app.clients_where_may('portal-users:manage')) end
$$;

-- The grant of a portal user, without names; for who may manage him. Null: nobody of the kind.
create or replace function portal.scope_of_user(member_id uuid) returns jsonb
  language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object(
           'stores', to_jsonb(array(select x.store_id from access.member_stores x where x.account_id = m.account_id and x.member_id = m.id)),
           'warehouses', to_jsonb(array(select x.warehouse_id from access.member_warehouses x where x.account_id = m.account_id and x.member_id = m.id)),
           'clients', 'all', 'suppliers', 'all', 'ownOnly', false,
           'from', (m.valid_from at time zone a.timezone)::date,
           'until', ((m.valid_until - interval '1 microsecond') at time zone a.timezone)::date,
           'hours', m.hours)
    from access.members m
    join access.accounts a on a.id = m.account_id
   where m.account_id = app.account_id() and m.id = scope_of_user.member_id and m.audience = 'client' and access.may_manage(m.party_id)
$$;

-- Writes the grant of a portal user: stores of his company, by name. For who may manage him.
create or replace function portal.set_user_scope(member_id uuid, scope jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  m access.members;
begin
  select * into m from access.members x where x.account_id = app.account_id() and x.id = set_user_scope.member_id and x.audience = 'client';
  if m.id is null or not access.may_manage(m.party_id) or jsonb_typeof(scope->'stores') is distinct from 'array' or jsonb_typeof(scope->'warehouses') is distinct from 'array'
     or exists (select from access.listed(scope->'stores') x (id)
                  left join channels.stores s on s.account_id = m.account_id and s.id = x.id::uuid
                 where s.client_party_id is distinct from m.party_id) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'portal-users:manage';
  end if;
  perform access.set_scope(m.account_id, m.id, scope);
end $$;

-- Says whose a store is: a client's, or (null) nobody's but the house's. Returns why not: 'unknown', 'another', 'orders' (it has some,
-- which would pass from hand to hand), 'granted' (portal users have it), or null where it is done. For who manages that client's users
-- and has the store.
create or replace function portal.assign_store(client_id uuid, store_id uuid, take boolean) returns text
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  me access.members;
  s channels.stores;
begin
  select * into me from access.members m where m.account_id = app.account_id() and m.id = app.member_id();
  select * into s from channels.stores x where x.account_id = me.account_id and x.id = assign_store.store_id for update;
  if s.id is null or not (assign_store.client_id = any (app.clients_where_may('portal-users:manage'))) or not (s.id = any (app.granted_stores(me))) then
    return 'unknown';
  elsif take then
    if s.client_party_id is not null and s.client_party_id <> assign_store.client_id then
      return 'another';
    end if;
    update channels.stores x set client_party_id = assign_store.client_id where x.account_id = s.account_id and x.id = s.id;
    return null;
  elsif s.client_party_id is distinct from assign_store.client_id then
    return 'unknown';
  elsif exists (select from orders.orders o where o.account_id = s.account_id and o.store_id = s.id) then
    return 'orders';
  elsif exists (select from access.member_stores x join access.members m on m.account_id = x.account_id and m.id = x.member_id
                 where x.account_id = s.account_id and x.store_id = s.id and m.party_id = assign_store.client_id)
     or exists (select from access.invitations i where i.account_id = s.account_id and i.party_id = assign_store.client_id and i.accepted_at is null
                   and i.revoked_at is null and i.grants->'stores' ? s.id::text) then
    return 'granted';
  end if;
  update channels.stores x set client_party_id = null where x.account_id = s.account_id and x.id = s.id;
  return null;
end $$;

-- Makes a store of a client's, in the account's currency; for who manages that client's users and is narrowed to no stores. False: it
-- is not his to make.
create or replace function portal.make_store(client_id uuid, store_id uuid, name text) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not (make_store.client_id = any (app.clients_where_may('portal-users:manage')))
     or not exists (select from access.members m where m.account_id = app.account_id() and m.id = app.member_id() and m.all_stores) then
    return false;
  end if;
  insert into channels.stores (account_id, id, name, client_party_id, currency)
  select a.id, make_store.store_id, make_store.name, make_store.client_id, a.currency from access.accounts a where a.id = app.account_id();
  return true;
end $$;

-- Ends every session of a client's people; for who may manage them.
create or replace function portal.end_sessions_of(client_id uuid) returns void
  language sql security definer set search_path = pg_catalog as $$
  delete from identity.sessions s using access.members m
   where m.account_id = app.account_id() and m.party_id = end_sessions_of.client_id and access.may_manage(m.party_id)
     and s.account_id = m.account_id and s.member_id = m.id
$$;

-- What a portal user may ask for a colleague: what he has himself, with names.
create or replace function portal.what_i_have() returns jsonb
  language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object(
    'stores', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by lower(s.name), s.id), '[]')
                 from channels.stores s where s.account_id = app.account_id() and s.id = any (app.stores())),
    'warehouses', (select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'name', w.name) order by lower(w.name), w.id), '[]')
                     from stock.warehouses w where w.account_id = app.account_id() and w.id = any (app.warehouses())))
   where app.may('portal-users:ask')
$$;
