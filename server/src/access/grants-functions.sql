-- A grant is a role and a scope. The scope travels as one document, the same in an invitation, a preview and an answer:
-- {"stores": "all" | [id], "clients": …, "suppliers": …, "warehouses": …, "ownOnly": false, "from": day | null,
--  "until": day | null, "hours": [{"day": 1, "from": "09:00", "until": "17:30"}] | null}; days are those of the account's zone.

-- Writes a scope to a member, with the rights of whoever calls it.
create or replace function access.set_scope(account_id uuid, member_id uuid, scope jsonb) returns void
  language plpgsql set search_path = pg_catalog as $$
declare
  zone constant text := (select a.timezone from access.accounts a where a.id = set_scope.account_id);
begin
  update access.members m
     set all_stores = scope->'stores' = '"all"', all_clients = scope->'clients' = '"all"', all_suppliers = scope->'suppliers' = '"all"',
         all_warehouses = scope->'warehouses' = '"all"', own_only = (scope->>'ownOnly')::boolean,
         valid_from = (scope->>'from')::date::timestamp at time zone zone,
         valid_until = ((scope->>'until')::date + 1)::timestamp at time zone zone,
         hours = nullif(scope->'hours', 'null')
   where m.account_id = set_scope.account_id and m.id = set_scope.member_id;
  delete from access.member_stores x where x.account_id = set_scope.account_id and x.member_id = set_scope.member_id;
  insert into access.member_stores (account_id, member_id, store_id)
  select set_scope.account_id, set_scope.member_id, x.id::uuid from access.listed(scope->'stores') as x (id);
  delete from access.member_clients x where x.account_id = set_scope.account_id and x.member_id = set_scope.member_id;
  insert into access.member_clients (account_id, member_id, client_id)
  select set_scope.account_id, set_scope.member_id, x.id::uuid from access.listed(scope->'clients') as x (id);
  delete from access.member_suppliers x where x.account_id = set_scope.account_id and x.member_id = set_scope.member_id;
  insert into access.member_suppliers (account_id, member_id, supplier_id)
  select set_scope.account_id, set_scope.member_id, x.id::uuid from access.listed(scope->'suppliers') as x (id);
  delete from access.member_warehouses x where x.account_id = set_scope.account_id and x.member_id = set_scope.member_id;
  insert into access.member_warehouses (account_id, member_id, warehouse_id)
  select set_scope.account_id, set_scope.member_id, x.id::uuid from access.listed(scope->'warehouses') as x (id);
end $$;

-- The ids of one list of a scope; "all" has none.
create or replace function access.listed(list jsonb) returns setof text
  language sql immutable set search_path = pg_catalog as $$
  select jsonb_array_elements_text(case jsonb_typeof(list) when 'array' then list else '[]' end)
$$;

-- A list of a scope, each id with its name where the caller may see it.
create or replace function access.named(account_id uuid, list jsonb) returns jsonb
  language sql stable set search_path = pg_catalog as $$
  select case when jsonb_typeof(list) <> 'array' then list else (
    select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'name', coalesce(s.name, p.name, w.name, ''))
                              order by coalesce(s.name, p.name, w.name), x.id), '[]')
      from access.listed(list) as x (id)
      left join channels.stores s on s.account_id = named.account_id and s.id = x.id::uuid
      left join access.parties p on p.account_id = named.account_id and p.id = x.id::uuid
      left join stock.warehouses w on w.account_id = named.account_id and w.id = x.id::uuid) end
$$;

-- A scope with the names of what it lists.
create or replace function access.with_names(account_id uuid, scope jsonb) returns jsonb
  language sql stable set search_path = pg_catalog as $$
  select scope || jsonb_build_object(
    'stores', access.named(with_names.account_id, scope->'stores'), 'clients', access.named(with_names.account_id, scope->'clients'),
    'suppliers', access.named(with_names.account_id, scope->'suppliers'), 'warehouses', access.named(with_names.account_id, scope->'warehouses'))
$$;

-- The scope of a member as such a document.
create or replace function access.plain_scope(m access.members) returns jsonb
  language sql stable set search_path = pg_catalog as $$
  select jsonb_build_object(
    'stores', case when m.all_stores then '"all"'::jsonb else to_jsonb(array(
      select x.store_id from access.member_stores x where x.account_id = m.account_id and x.member_id = m.id)) end,
    'clients', case when m.all_clients then '"all"'::jsonb else to_jsonb(array(
      select x.client_id from access.member_clients x where x.account_id = m.account_id and x.member_id = m.id)) end,
    'suppliers', case when m.all_suppliers then '"all"'::jsonb else to_jsonb(array(
      select x.supplier_id from access.member_suppliers x where x.account_id = m.account_id and x.member_id = m.id)) end,
    'warehouses', case when m.all_warehouses then '"all"'::jsonb else to_jsonb(array(
      select x.warehouse_id from access.member_warehouses x where x.account_id = m.account_id and x.member_id = m.id)) end,
    'ownOnly', m.own_only,
    'from', (m.valid_from at time zone a.timezone)::date,
    'until', ((m.valid_until - interval '1 microsecond') at time zone a.timezone)::date,
    'hours', m.hours)
    from access.accounts a where a.id = m.account_id
$$;
-- The same with names.
create or replace function access.scope_of(m access.members) returns jsonb
  language sql stable set search_path = pg_catalog
  return access.with_names(m.account_id, access.plain_scope(m));

-- What two lists of a scope have in common.
create or replace function access.common(one jsonb, other jsonb) returns jsonb
  language sql immutable set search_path = pg_catalog
  return case when one = '"all"' then other when other = '"all"' then one
              else (select coalesce(jsonb_agg(x.id), '[]') from access.listed(one) as x (id) where other ? x.id) end;
-- The working hours that two scopes have in common; null is always.
create or replace function access.common_hours(one jsonb, other jsonb) returns jsonb
  language sql immutable set search_path = pg_catalog
  return case when one = 'null' then other when other = 'null' then one else (
    select coalesce(jsonb_agg(jsonb_build_object('day', a.day, 'from', greatest(a."from", b."from"), 'until', least(a.until, b.until))), '[]')
      from jsonb_to_recordset(one) as a (day integer, "from" text, until text)
      join jsonb_to_recordset(other) as b (day integer, "from" text, until text)
        on b.day = a.day and greatest(a."from", b."from") collate "C" < least(a.until, b.until) collate "C") end;

-- The keys a member made reach no further than he: called when his scope is another. What it was before does not come back
-- with his. His last day ends them by itself (access.rights_of_key), as does a company that is none of his any more.
create or replace function access.narrow_keys(maker_id uuid) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  held jsonb;
  key access.members;
  had jsonb;
  narrowed jsonb;
begin
  if not app.may('users:manage') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'users:manage';
  end if;
  select access.plain_scope(m) into held from access.members m where m.account_id = app.account_id() and m.id = narrow_keys.maker_id;
  for key in select * from access.members m
              where m.account_id = app.account_id() and m.maker_id = narrow_keys.maker_id and m.deactivated_at is null for update loop
    had := access.plain_scope(key);
    narrowed := had || jsonb_build_object(
      'stores', access.common(had->'stores', held->'stores'), 'warehouses', access.common(had->'warehouses', held->'warehouses'),
      'ownOnly', (had->>'ownOnly')::boolean or (held->>'ownOnly')::boolean, 'hours', access.common_hours(had->'hours', held->'hours'));
    if key.audience = 'staff' then
      narrowed := narrowed || jsonb_build_object('clients', access.common(had->'clients', held->'clients'),
                                                 'suppliers', access.common(had->'suppliers', held->'suppliers'));
    end if;
    if narrowed <> had then
      perform access.set_scope(key.account_id, key.id, narrowed);
      update access.members m set version = m.version + 1 where m.account_id = key.account_id and m.id = key.id;
      perform access.write_audit(key.account_id, gen_random_uuid(), app.member_id(), app.via(), 'key.narrowed', 'done', 'member', key.id, null,
        jsonb_build_object('name', key.name));
    end if;
  end loop;
end $$;

-- The scope of the caller himself, whatever he may see of others: nobody grants more than he holds.
create or replace function access.my_scope() returns jsonb
  language sql stable security definer set search_path = pg_catalog as $$
  select access.scope_of(m) from access.members m where m.account_id = app.account_id() and m.id = app.member_id()
$$;

-- The condition under which a login sees rows of a table: its policies themselves, as PostgreSQL holds them.
create or replace function access.condition_for(target regclass, login name) returns text
  language sql stable set search_path = pg_catalog as $$
  select '(' || coalesce(string_agg(pg_get_expr(p.polqual, p.polrelid), ' or ') filter (where p.polpermissive), 'false') || ')'
         || coalesce(string_agg(' and ' || pg_get_expr(p.polqual, p.polrelid), '') filter (where not p.polpermissive), '')
    from pg_policy p
   where p.polrelid = target and p.polcmd in ('r', '*') and exists (select from pg_roles r where r.oid = any (p.polroles) and r.rolname = login)
$$;

-- The orders (for a supplier: fulfillment orders) that a member sees with these permissions: he is entered as, and the table's own
-- policies are asked; null is every one of the account. For functions of the owner.
create or replace function access.sees_as(m access.members, permissions text[], out total bigint, out ids uuid[])
  language plpgsql set search_path = pg_catalog as $$
declare
  asking constant text := current_setting('app.context', true);
  target constant regclass := case m.audience when 'supplier' then 'fulfillment.fulfillment_orders' else 'orders.orders' end;
  condition constant text := access.condition_for(target, (select l.role_name from app.logins l where l.audience = m.audience));
  every bigint;
begin
  execute format('select count(*) from %s where account_id = $1', target) into every using m.account_id;
  perform app.become(m, permissions, 'hand');
  execute format('select count(*) from %s where %s', target, condition) into total;
  if total < every then
    execute format('select coalesce(array_agg(id), ''{}'') from %s where %s', target, condition) into ids;
  end if;
  perform set_config('app.context', asking, true);
end $$;

-- How many orders a member (or, without one, somebody who is yet to come, for this company) sees now, and would see with this role and
-- scope. The change is made, counted under, and undone. For who may manage users, or those of that client.
create or replace function access.preview_grant(member_id uuid, role_id uuid, party_id uuid, scope jsonb,
    out before bigint, out after bigint, out gained bigint, out lost bigint)
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  m access.members;
  was record;
  will record;
begin
  select * into m from access.members x where x.account_id = app.account_id() and x.id = preview_grant.member_id;
  if not access.may_manage(case when m.id is null then preview_grant.party_id else m.party_id end) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'users:manage';
  end if;
  if m.id is not null then
    select * into was from access.sees_as(m, (select r.permissions from access.roles r where r.account_id = m.account_id and r.id = m.role_id));
  else
    select 0::bigint as total, '{}'::uuid[] as ids into was;
  end if;
  begin
    if m.id is null then
      insert into access.members (account_id, id, kind, name, audience, role_id, party_id)
      select r.account_id, gen_random_uuid(), 'key', '', r.audience, r.id, preview_grant.party_id
        from access.roles r where r.account_id = app.account_id() and r.id = preview_grant.role_id
      returning * into m;
    else
      update access.members x set role_id = preview_grant.role_id where x.account_id = m.account_id and x.id = m.id;
    end if;
    perform access.set_scope(m.account_id, m.id, preview_grant.scope);
    select x.* into m from access.members x where x.account_id = m.account_id and x.id = m.id;
    select * into will from access.sees_as(m, (select r.permissions from access.roles r where r.account_id = m.account_id and r.id = m.role_id));
    raise exception using errcode = 'PRUNE';
  exception when sqlstate 'PRUNE' then
    null;
  end;
  before := was.total;
  after := will.total;
  gained := case when was.ids is null then 0 when will.ids is null then after - before
                 else (select count(*) from (select unnest(will.ids) except select unnest(was.ids)) x) end;
  lost := before + gained - after;
end $$;
