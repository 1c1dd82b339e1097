-- The context: who is asking. app.enter looks it up from the token and signs it into the setting app.context, for this
-- transaction; everything that policies ask is read from there. Fields, after the seal: 2 backend, 3 transaction start,
-- 4 account, 5 member, 6 audience, 7 party, 8 via, 9 stores ("*" or "a,b"), 10 warehouses (likewise), 11 permissions (",a,b,"),
-- 12 "confined" or "": he sees only what is given to him, or to suppliers and warehouses of his; then 9 is empty for policies
-- and app.reach() says which orders those are, 13 the companies whose goods he may see ("*" or "a,b": clients, those of his
-- stores, or his own).
-- It is read some twenty times in a statement that joins ten tables, so every microsecond counts: the seal is checked over
-- bytes (characters take twice as long), and a field is cut out rather than all of them (16 µs, now 7).

-- The verified context of this transaction, or null. Bound to backend and transaction: an old one, or somebody else's, is
-- worth nothing.
create or replace function app.caller() returns text
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
declare
  raw constant text := current_setting('app.context', true);
  bytes bytea;
begin
  if raw is null or raw = '' then
    return null;
  end if;
  bytes := convert_to(raw, 'UTF8');
  perform from app.context_key k
   where split_part(raw, '|', 1) = encode(sha256(k.outer_pad || sha256(k.inner_pad || substring(bytes from 66))), 'hex');
  if not found then
    raise exception 'the context was not signed here' using errcode = 'CD401';
  end if;
  if split_part(raw, '|', 2) <> pg_backend_pid()::text or split_part(raw, '|', 3) <> extract(epoch from transaction_timestamp())::text then
    raise exception 'the context belongs to another transaction' using errcode = 'CD401';
  end if;
  return raw;
end $$;

create or replace function app.account_id() returns uuid
  language sql stable parallel restricted return nullif(split_part(app.caller(), '|', 4), '')::uuid;
create or replace function app.member_id() returns uuid
  language sql stable parallel restricted return nullif(split_part(app.caller(), '|', 5), '')::uuid;
create or replace function app.audience() returns text
  language sql stable parallel restricted return split_part(app.caller(), '|', 6);
create or replace function app.party_id() returns uuid
  language sql stable parallel restricted return nullif(split_part(app.caller(), '|', 7), '')::uuid;
-- How the change came about: hand, rule, import or key. Written beside every change.
create or replace function app.via() returns text
  language sql stable parallel restricted return split_part(app.caller(), '|', 8);
create or replace function app.all_stores() returns boolean
  language sql stable parallel restricted return coalesce(split_part(app.caller(), '|', 9) = '*', false);
create or replace function app.all_warehouses() returns boolean
  language sql stable parallel restricted return coalesce(split_part(app.caller(), '|', 10) = '*', false);
-- "*" and none are no list.
create or replace function app.stores() returns uuid[]
  language sql stable parallel restricted
  return coalesce(string_to_array(nullif(nullif(split_part(app.caller(), '|', 9), '*'), ''), ',')::uuid[], '{}');
create or replace function app.warehouses() returns uuid[]
  language sql stable parallel restricted
  return coalesce(string_to_array(nullif(nullif(split_part(app.caller(), '|', 10), '*'), ''), ',')::uuid[], '{}');
create or replace function app.may(permission text) returns boolean
  language sql stable parallel restricted
  return coalesce(position(',' || permission || ',' in split_part(app.caller(), '|', 11)) > 0, false);

-- Whether he sees only what app.reach() says.
create or replace function app.confined() returns boolean
  language sql stable parallel restricted return coalesce(split_part(app.caller(), '|', 12) = 'confined', false);

-- What policies ask of a slice: permission and reach in one reading of the context.
create or replace function app.may_everywhere(permission text) returns boolean
  language plpgsql stable parallel restricted set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
begin
  return coalesce(split_part(caller, '|', 9) = '*' and position(',' || permission || ',' in split_part(caller, '|', 11)) > 0, false);
end $$;
-- The permission, of who is not confined.
create or replace function app.may_unconfined(permission text) returns boolean
  language plpgsql stable parallel restricted set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
begin
  return coalesce(split_part(caller, '|', 12) = '' and position(',' || permission || ',' in split_part(caller, '|', 11)) > 0, false);
end $$;
create or replace function app.stores_where_may(permission text) returns uuid[]
  language plpgsql stable parallel restricted set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
begin
  if position(',' || permission || ',' in split_part(caller, '|', 11)) > 0 then
    return coalesce(string_to_array(nullif(nullif(split_part(caller, '|', 9), '*'), ''), ',')::uuid[], '{}');
  end if;
  return '{}';
end $$;
create or replace function app.party_where_may(permission text) returns uuid
  language plpgsql stable parallel restricted set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
begin
  return case when position(',' || permission || ',' in split_part(caller, '|', 11)) > 0 then nullif(split_part(caller, '|', 7), '')::uuid end;
end $$;
create or replace function app.member_where_may(permission text) returns uuid
  language plpgsql stable parallel restricted set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
begin
  return case when position(',' || permission || ',' in split_part(caller, '|', 11)) > 0 then nullif(split_part(caller, '|', 5), '')::uuid end;
end $$;

-- Whose goods: the permission, of who sees those of every owner; and the owners of who sees those of some.
create or replace function app.may_of_all_owners(permission text) returns boolean
  language plpgsql stable parallel restricted set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
begin
  return coalesce(split_part(caller, '|', 13) = '*' and position(',' || permission || ',' in split_part(caller, '|', 11)) > 0, false);
end $$;
create or replace function app.owners_where_may(permission text) returns uuid[]
  language plpgsql stable parallel restricted set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
begin
  if position(',' || permission || ',' in split_part(caller, '|', 11)) > 0 then
    return coalesce(string_to_array(nullif(nullif(split_part(caller, '|', 13), '*'), ''), ',')::uuid[], '{}');
  end if;
  return '{}';
end $$;

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

-- Makes this transaction that member's, with these permissions: resolves his grant and signs the context. Returns whether he is
-- confined. For functions of the owner, who know that it is him.
create or replace function app.become(m access.members, permissions text[], how text) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  stores text := '*';
  warehouses text := '*';
  owners text := '*';
  confined constant boolean := case m.audience when 'staff' then m.own_only or not (m.all_suppliers and m.all_warehouses)
                                                when 'supplier' then m.own_only else false end;
  body text;
begin
  if not (m.all_stores and m.all_clients) then
    stores := array_to_string(app.granted_stores(m), ',');
  end if;
  if not m.all_warehouses then
    select coalesce(string_agg(x.warehouse_id::text, ','), '') into warehouses
      from access.member_warehouses x where x.account_id = m.account_id and x.member_id = m.id;
  end if;
  if m.audience <> 'staff' then
    owners := coalesce(m.party_id::text, '');
  elsif not m.all_stores then
    -- Who is kept to some stores has to do with the goods that those sell: of the client a store is of, or of the house.
    select coalesce(string_agg(distinct coalesce(s.client_party_id, own.id)::text, ','), '') into owners
      from channels.stores s join access.parties own on own.account_id = s.account_id and own.kind = 'self'
     where s.account_id = m.account_id and s.id = any (app.granted_stores(m));
  elsif not m.all_clients then
    select coalesce(string_agg(x.client_id::text, ','), '') into owners
      from access.member_clients x where x.account_id = m.account_id and x.member_id = m.id;
  end if;
  body := concat_ws('|', pg_backend_pid()::text, extract(epoch from transaction_timestamp())::text, m.account_id::text,
                    m.id::text, m.audience, coalesce(m.party_id::text, ''), how, case when confined then '' else stores end, warehouses,
                    ',' || array_to_string(permissions, ',') || ',', case when confined then 'confined' else '' end, owners);
  perform set_config('app.context', app.sign(body) || '|' || body, true);
  return confined;
end $$;

-- What the caller's rights and their scope come to: another text, once anything of it is another. For what takes so long that
-- it looks again whether it still may.
create or replace function app.grant_of_caller() returns text
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
  m access.members;
begin
  select * into m from access.members x where x.account_id = split_part(caller, '|', 4)::uuid and x.id = split_part(caller, '|', 5)::uuid;
  return md5(concat_ws('|', m.role_id, split_part(caller, '|', 9), split_part(caller, '|', 10), split_part(caller, '|', 11),
    split_part(caller, '|', 12), split_part(caller, '|', 13), m.own_only,
    case when split_part(caller, '|', 12) = 'confined' then app.granted_stores(m) end,
    case when not m.all_suppliers then array(select x.supplier_id from access.member_suppliers x
                                              where x.account_id = m.account_id and x.member_id = m.id order by x.supplier_id) end));
end $$;

-- How a request begins: one statement that says who is asking, or raises.
--   CD401 no valid identity · CD403 the role lacks the permission (its name is the message's detail), or both of two with a | between,
--   or it is not his hour.
-- A view has the rights of the member that is looked at, reads only, and lasts as long as the viewer may look.
-- The door is '' at the desk; at a portal it begins with its account. A session is good at the one where it was begun; a client's key
-- at the desk's too, any other key at the desk's alone.

create or replace function app.enter(token_hash bytea, purpose text, permission text, address inet default null, door text default '') returns jsonb
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  m access.members;
  s record;
  confined boolean;
  held text[];
  how text;
begin
  select x as member, t.id as session_id, t.door, t.provider_id, t.proved_at, t.addresses, t.viewer_id, r.permissions, r.slug as role, p.archived_at as party_archived_at,
         a.timezone, v.name as viewer
    into s
    from identity.sessions t
    join access.members x on x.account_id = t.account_id and x.id = t.member_id
    join access.accounts a on a.id = t.account_id
    join access.roles r on r.account_id = x.account_id and r.id = x.role_id
    left join access.parties p on p.account_id = x.account_id and p.id = x.party_id
    left join access.members v on v.account_id = t.account_id and v.id = t.viewer_id
   where t.token_hash = enter.token_hash and t.purpose = enter.purpose
     and (t.expires_at is null or t.expires_at > app.now());
  m := s.member;
  -- The command line's own member works by jobs alone and has no maker: it may what its role may.
  held := case when m.kind = 'key' and (enter.purpose = 'key' or m.maker_id is not null) then access.rights_of_key(m, s.permissions)
               else s.permissions end;
  if m.id is null or held is null or s.party_archived_at is not null or m.deactivated_at is not null
     or (m.valid_from > app.now() and s.viewer_id is null) or m.valid_until <= app.now()
     or (enter.purpose in ('web', 'view') and (s.door <> enter.door or (enter.purpose = 'web' and (s.door <> '') <> (m.audience = 'client'))))
     or (enter.door <> '' and (m.audience <> 'client' or split_part(enter.door, ' ', 1) <> m.account_id::text))
     or session_user is distinct from (select role_name from app.logins where audience = m.audience)
     or (s.addresses is not null and not coalesce((select bool_or(address <<= one) from unnest(s.addresses) one), false))
     or (s.viewer_id is not null and not access.may_view(m.account_id, s.viewer_id, m.id)) then
    raise exception 'not signed in' using errcode = 'CD401';
  end if;
  if m.hours is not null and s.viewer_id is null and not app.within_hours(m.hours, s.timezone) then
    raise exception 'not in his hours' using errcode = 'CD403', detail = 'outside_hours';
  end if;
  if enter.permission is not null and not (string_to_array(enter.permission, '|') && held) then
    raise exception 'not permitted' using errcode = 'CD403', detail = enter.permission;
  end if;
  how := case when m.kind = 'automation' then 'rule' when enter.purpose = 'job' then 'import'
              when m.kind = 'key' then 'key' else 'hand' end;
  confined := app.become(m, held, how);
  if s.viewer_id is not null then
    -- Nothing in this transaction can take that back: PostgreSQL refuses to turn it off after the first statement.
    perform set_config('transaction_read_only', 'on', true);
  end if;
  return jsonb_build_object('accountId', m.account_id, 'memberId', m.id, 'userId', m.user_id, 'audience', m.audience,
    'partyId', m.party_id, 'permissions', to_jsonb(held), 'name', m.name, 'role', s.role, 'kind', m.kind, 'via', how,
    'sessionId', s.session_id, 'providerId', s.provider_id, 'fresh', s.proved_at > app.now() - interval '15 minutes', 'confined', confined,
    'viewerId', s.viewer_id, 'viewer', s.viewer);
end $$;
drop function if exists app.enter(bytea, text, text);
drop function if exists app.enter(bytea, text, text, inet);

-- How it was read before.
drop function if exists app.context();

-- Removes an account with every row of every table; for the operator's hand alone (no login may execute it). References
-- decide the order: a table whose rows are still pointed at waits for the next pass.
create or replace function app.remove_account(gone uuid) returns void
  language plpgsql set search_path = pg_catalog as $$
declare
  waiting regclass[];
  again regclass[];
  target regclass;
begin
  select array_agg(c.oid::regclass) into waiting from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
    join pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'r' and n.nspname in ('identity', 'access', 'catalog', 'stock', 'channels', 'orders', 'fulfillment',
                                           'automation', 'jobs', 'notices', 'intake', 'privacy', 'transfers', 'portal');
  while waiting is not null loop
    again := null;
    foreach target in array waiting loop
      begin
        execute format('delete from %s where account_id = $1', target) using gone;
      exception when foreign_key_violation then
        again := again || target;
      end;
    end loop;
    if cardinality(again) = cardinality(waiting) then
      raise exception 'tables that point at each other: %', again;
    end if;
    waiting := again;
  end loop;
  delete from access.accounts where id = gone;
end $$;

-- Counts tables that have rows now and were never counted, so that plans fit them. Autovacuum would, within minutes; until then
-- a young database believes that one account is few rows, and checks a reference by an index on the account alone: each of
-- an import's rows then reads every order there is (830 orders by 29 rules: 15 s instead of 4).
create or replace function app.count_young_tables() returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  young regclass;
begin
  for young in
    select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('catalog', 'orders', 'fulfillment', 'automation')
       and c.reltuples < 1 and pg_relation_size(c.oid) > 0
     order by c.oid
  loop
    execute format('analyze %s', young);
  end loop;
end $$;

-- Which of these ids name something that the caller may see now, under his own rights. A new kind of thing with an address
-- of its own adds its table.
create or replace function app.visible(ids uuid[]) returns uuid[]
  language plpgsql stable set search_path = pg_catalog as $$
declare
  seen uuid[] := '{}';
begin
  if has_column_privilege('orders.orders', 'id', 'select') then
    seen := seen || array(select t.id from orders.orders t where t.id = any (ids));
  end if;
  if has_column_privilege('orders.issues', 'id', 'select') then
    seen := seen || array(select t.id from orders.issues t where t.id = any (ids));
  end if;
  if has_column_privilege('fulfillment.fulfillment_orders', 'id', 'select') then
    seen := seen || array(select t.id from fulfillment.fulfillment_orders t where t.id = any (ids));
  end if;
  if has_column_privilege('catalog.products', 'id', 'select') then
    seen := seen || array(select t.id from catalog.products t where t.id = any (ids));
  end if;
  if has_column_privilege('access.parties', 'id', 'select') then
    seen := seen || array(select t.id from access.parties t where t.id = any (ids));
  end if;
  if has_column_privilege('access.members', 'id', 'select') then
    seen := seen || array(select t.id from access.members t where t.id = any (ids));
  end if;
  if has_column_privilege('access.invitations', 'id', 'select') then
    seen := seen || array(select t.id from access.invitations t where t.id = any (ids));
  end if;
  if has_column_privilege('channels.stores', 'id', 'select') then
    seen := seen || array(select t.id from channels.stores t where t.id = any (ids));
  end if;
  if has_column_privilege('automation.rules', 'id', 'select') then
    seen := seen || array(select t.id from automation.rules t where t.id = any (ids));
  end if;
  if has_column_privilege('intake.imports', 'id', 'select') then
    seen := seen || array(select t.id from intake.imports t where t.id = any (ids));
  end if;
  if has_column_privilege('jobs.jobs', 'id', 'select') then
    seen := seen || array(select t.id from jobs.jobs t where t.id = any (ids));
  end if;
  if has_column_privilege('notices.outbox', 'id', 'select') then
    seen := seen || array(select t.id from notices.outbox t where t.id = any (ids));
  end if;
  if has_column_privilege('access.roles', 'id', 'select') then
    seen := seen || array(select t.id from access.roles t where t.id = any (ids));
  end if;
  if has_column_privilege('access.requests', 'id', 'select') then
    seen := seen || array(select t.id from access.requests t where t.id = any (ids));
  end if;
  if has_column_privilege('portal.user_requests', 'id', 'select') then
    seen := seen || array(select t.id from portal.user_requests t where t.id = any (ids));
  end if;
  if has_column_privilege('stock.counts', 'id', 'select') then
    seen := seen || array(select t.id from stock.counts t where t.id = any (ids));
  end if;
  if has_column_privilege('orders.change_requests', 'id', 'select') then
    seen := seen || array(select t.id from orders.change_requests t where t.id = any (ids));
  end if;
  if has_column_privilege('transfers.transfers', 'id', 'select') then
    seen := seen || array(select t.id from transfers.transfers t where t.id = any (ids));
  end if;
  return array(select distinct id from unnest(seen) id);
end $$;
