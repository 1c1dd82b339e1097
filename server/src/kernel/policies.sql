-- Runs on every migrate, before the slices' policies.sql. Everything is taken away, then the ground rules are laid on
-- every table, then each slice grants what its audiences need by app.allow(). The files are the truth.

do $$
declare
  schemas constant text[] := array['app', 'identity', 'access', 'catalog', 'stock', 'channels', 'orders', 'fulfillment',
                                   'automation', 'jobs', 'notices', 'intake', 'privacy', 'transfers', 'portal'];
  logins constant text := 'crossdock_staff, crossdock_client, crossdock_supplier, crossdock_identity, crossdock_worker';
  s text;
  t record;
begin
  for t in select schemaname, tablename, policyname from pg_policies where schemaname = any (schemas) loop
    execute format('drop policy %I on %I.%I', t.policyname, t.schemaname, t.tablename);
  end loop;
  foreach s in array schemas loop
    execute format('revoke all on all tables in schema %I from public, %s', s, logins);
    execute format('revoke all on all sequences in schema %I from public, %s', s, logins);
    execute format('revoke all on all functions in schema %I from public, %s', s, logins);
    execute format('revoke all on schema %I from public', s);
    execute format('grant usage on schema %I to %s', s, logins);
  end loop;
  for t in select n.nspname as schema, c.relname as name,
                  exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped)
                    as has_account
             from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = any (schemas) and c.relkind in ('r', 'p') loop
    execute format('alter table %I.%I enable row level security', t.schema, t.name);
    execute format('alter table %I.%I force row level security', t.schema, t.name);
    -- Definer functions, backup and migrations run as the owner, whom FORCE binds too.
    execute format('create policy owner on %I.%I to crossdock_owner using (true) with check (true)', t.schema, t.name);
    if t.has_account then
      execute format('create policy own_account on %I.%I as restrictive to crossdock_staff, crossdock_client, crossdock_supplier '
                     'using (account_id = (select app.account_id())) with check (account_id = (select app.account_id()))',
                     t.schema, t.name);
      -- Plans are generic: one for all accounts, so it must do for the largest. Else PostgreSQL takes an account for a 200th
      -- of the table, and reads all its orders to find fifteen of them by id (170 ms; now 0.4).
      execute format('alter table %I.%I alter column account_id set (n_distinct = 1)', t.schema, t.name);
    end if;
  end loop;
end $$;

grant execute on function app.enter, app.caller, app.account_id, app.member_id, app.audience, app.party_id, app.may,
  app.may_with_all, app.ids_where_may, app.may_everywhere, app.stores_where_may, app.party_where_may, app.member_where_may, app.may_unconfined, app.may_of_all_owners, app.owners_where_may, app.confined, app.reach, app.grant_of_caller,
  app.all_stores, app.stores, app.all_warehouses, app.warehouses, app.via, app.now, app.actor_name
  to crossdock_staff, crossdock_client, crossdock_supplier;
grant execute on function app.granted_clients, app.clients_where_may to crossdock_staff;
grant execute on function app.now to crossdock_identity, crossdock_worker;

-- One line of a slice's policies: who may do what with which rows of a table.
--   audience    staff | client | supplier
--   what        select | insert | update | delete, several by comma
--   permission  the word the role must hold
--   scope       account: every row of the account · store: rows of the stores granted (staff: or all) ·
--               party: rows of the supplier's own company · own: rows of the member himself
--               client: rows of the clients whom he knows (column client_id, else party_id, else the row is the client)
--               store and party: whoever is confined gets of it only what app.reach() says, by the order, fulfillment order,
--               shipment or parcel that the table names; where it names none, nothing
--   columns     the columns granted, '' for all
create or replace procedure app.allow(audience text, target regclass, what text, permission text, scope text, columns text default '')
  language plpgsql set search_path = pg_catalog as $$
declare
  command text;
  login text := case audience when 'staff' then 'crossdock_staff' when 'client' then 'crossdock_client' when 'supplier' then 'crossdock_supplier' end;
  rows text;
  reach text := app.reach_of(target);
  owner constant text := case audience when 'staff'
    then '((select app.may_of_all_owners(%1$L)) or owner_party_id = any ((select app.owners_where_may(%1$L))::uuid[]))'
    else 'owner_party_id = (select app.party_where_may(%1$L))' end;
  client constant text := coalesce((select a.attname from pg_attribute a where a.attrelid = target and a.attname in ('client_id', 'party_id')
                                       and not a.attisdropped order by a.attname limit 1), 'id');
begin
  -- Every sub-select is read once a statement, at some 7 µs: one where it can be one, and the second only for who is
  -- confined to some stores.
  rows := format(case scope
    when 'account' then '(select app.may(%1$L))'
    when 'store' then case audience when 'staff' then '((select app.may_everywhere(%1$L)) or ' else '(' end
                      || 'store_id = any ((select app.stores_where_may(%1$L))::uuid[])' || case audience when 'staff' then coalesce(reach, '') else '' end || ')'
    -- The company stands alone, for an index to find it by: an OR beside it would read the whole table.
    when 'party' then '(supplier_id = (select app.party_where_may(%1$L)) and (not (select app.confined())' || coalesce(reach, '') || '))'
    when 'own' then 'member_id = (select app.member_where_may(%1$L))'
    when 'client' then client || ' = any ((select app.clients_where_may(%1$L))::uuid[])'
    when 'owner' then owner
    when 'goods' then '(' || owner || ' and ((select app.all_warehouses()) or warehouse_id = any ((select app.warehouses())::uuid[])))'
  end, permission);
  if rows is null then
    raise exception 'unknown scope %', scope;
  end if;
  foreach command in array string_to_array(what, ',') loop
    execute format('create policy %I on %s for %s to %I %s', audience || ' ' || command || ' by ' || permission, target, command, login,
      case command when 'insert' then format('with check (%s)', rows)
                   when 'update' then format('using (%s) with check (%s)', rows, rows)
                   else format('using (%s)', rows) end);
    execute format('grant %s %s on %s to %I', command, case when columns = '' or command = 'delete' then '' else '(' || columns || ')' end,
      target, login);
  end loop;
end $$;
