-- The context: who is asking. app.enter looks it up from the token and signs it into the setting app.context, for this
-- transaction; everything that policies ask is read from there. Fields, after the seal: 2 backend, 3 transaction start,
-- 4 account, 5 member, 6 audience, 7 party, 8 via, 9 stores ("*" or "a,b"), 10 warehouses (likewise), 11 permissions (",a,b,").
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

-- What policies ask of a slice: permission and reach in one reading of the context.
create or replace function app.may_everywhere(permission text) returns boolean
  language plpgsql stable parallel restricted set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
begin
  return coalesce(split_part(caller, '|', 9) = '*' and position(',' || permission || ',' in split_part(caller, '|', 11)) > 0, false);
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

-- How a request begins: one statement that says who is asking, or raises.
--   CD401 no valid identity · CD403 the role lacks the permission (its name is the message's detail).

create or replace function app.enter(token_hash bytea, purpose text, permission text) returns jsonb
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  s record;
  stores text := '*';
  warehouses text := '*';
  body text;
  how text;
begin
  select m.account_id, m.id, m.kind, m.audience, m.party_id, m.user_id, m.name, m.all_stores, m.all_warehouses, r.permissions,
         r.slug as role, p.archived_at as party_archived_at
    into s
    from identity.sessions t
    join access.members m on m.account_id = t.account_id and m.id = t.member_id
    join access.roles r on r.account_id = m.account_id and r.id = m.role_id
    left join access.parties p on p.account_id = m.account_id and p.id = m.party_id
   where t.token_hash = enter.token_hash and t.purpose = enter.purpose
     and (t.expires_at is null or t.expires_at > app.now())
     and m.deactivated_at is null
     and (m.valid_from is null or m.valid_from <= app.now())
     and (m.valid_until is null or m.valid_until > app.now());
  if not found or s.party_archived_at is not null
     or session_user is distinct from (select role_name from app.logins where audience = s.audience) then
    raise exception 'not signed in' using errcode = 'CD401';
  end if;
  if enter.permission is not null and not (enter.permission = any (s.permissions)) then
    raise exception 'not permitted' using errcode = 'CD403', detail = enter.permission;
  end if;
  if not s.all_stores then
    select coalesce(string_agg(x.store_id::text, ','), '') into stores
      from access.member_stores x where x.account_id = s.account_id and x.member_id = s.id;
  end if;
  if not s.all_warehouses then
    select coalesce(string_agg(x.warehouse_id::text, ','), '') into warehouses
      from access.member_warehouses x where x.account_id = s.account_id and x.member_id = s.id;
  end if;
  how := case when s.kind = 'automation' then 'rule' when enter.purpose = 'job' then 'import'
              when s.kind = 'key' then 'key' else 'hand' end;
  body := concat_ws('|', pg_backend_pid()::text, extract(epoch from transaction_timestamp())::text, s.account_id::text,
                    s.id::text, s.audience, coalesce(s.party_id::text, ''), how, stores, warehouses,
                    ',' || array_to_string(s.permissions, ',') || ',');
  perform set_config('app.context', app.sign(body) || '|' || body, true);
  return jsonb_build_object('accountId', s.account_id, 'memberId', s.id, 'userId', s.user_id, 'audience', s.audience,
    'partyId', s.party_id, 'permissions', to_jsonb(s.permissions), 'name', s.name, 'role', s.role, 'kind', s.kind, 'via', how);
end $$;

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
                                           'automation', 'jobs', 'notices', 'intake', 'privacy');
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
  return array(select distinct id from unnest(seen) id);
end $$;
