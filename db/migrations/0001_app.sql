-- The ground every slice stands on: who is asking (a signed, transaction-local context) and what time it is.

create schema app;

-- One row: which installation this is, and whether its clock may be set (test databases only).
create table app.installation (
  only_one boolean primary key default true check (only_one),
  id text not null,
  is_test boolean not null default false,
  fingerprint text not null default '', -- of the program's SQL and roles as last applied
  demo_made_at timestamptz, -- once: who removes the demo does not get it back at the next start
  created_at timestamptz not null default now()
);

-- Which PostgreSQL login serves which audience; app.enter compares it with session_user.
create table app.logins (
  audience text primary key,
  role_name text not null
);

-- The pads of an HMAC-SHA-256 key (RFC 2104), readable by definer functions of the owner only.
create table app.context_key (
  only_one boolean primary key default true check (only_one),
  inner_pad bytea not null,
  outer_pad bytea not null
);

create function app.now() returns timestamptz
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  forced text := nullif(current_setting('app.test_now', true), '');
begin
  if forced is not null and (select is_test from app.installation) then
    return forced::timestamptz;
  end if;
  return transaction_timestamp();
end $$;

create function app.sign(body text) returns text
  language sql stable security definer set search_path = pg_catalog as $$
  select encode(sha256(outer_pad || sha256(inner_pad || convert_to(body, 'UTF8'))), 'hex') from app.context_key
$$;

-- The verified context of this transaction, or null. Fields: 1 backend, 2 transaction start, 3 account, 4 member,
-- 5 audience, 6 party, 7 permissions (",a,b,"), 8 stores ("*" or "a,b"), 9 warehouses (likewise), 10 via.
-- Bound to backend and transaction: an old context, or somebody else's, is worth nothing.
create function app.context() returns text[]
  language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
declare
  raw text := nullif(current_setting('app.context', true), '');
  fields text[];
begin
  if raw is null then
    return null;
  end if;
  if left(raw, 64) is distinct from app.sign(substr(raw, 65)) then
    raise exception 'the context was not signed here' using errcode = 'CD401';
  end if;
  fields := string_to_array(substr(raw, 65), '|');
  if fields[1] <> pg_backend_pid()::text or fields[2] <> extract(epoch from transaction_timestamp())::text then
    raise exception 'the context belongs to another transaction' using errcode = 'CD401';
  end if;
  return fields;
end $$;

create function app.account_id() returns uuid
  language sql stable parallel restricted set search_path = pg_catalog as $$ select nullif((app.context())[3], '')::uuid $$;
create function app.member_id() returns uuid
  language sql stable parallel restricted set search_path = pg_catalog as $$ select nullif((app.context())[4], '')::uuid $$;
create function app.audience() returns text
  language sql stable parallel restricted set search_path = pg_catalog as $$ select (app.context())[5] $$;
create function app.party_id() returns uuid
  language sql stable parallel restricted set search_path = pg_catalog as $$ select nullif((app.context())[6], '')::uuid $$;
create function app.may(permission text) returns boolean
  language sql stable parallel restricted set search_path = pg_catalog as $$
  select coalesce(position(',' || permission || ',' in (app.context())[7]) > 0, false)
$$;
create function app.all_stores() returns boolean
  language sql stable parallel restricted set search_path = pg_catalog as $$ select coalesce((app.context())[8] = '*', false) $$;
create function app.stores() returns uuid[]
  language sql stable parallel restricted set search_path = pg_catalog as $$
  select case when (app.context())[8] in ('*', '') then '{}' else string_to_array((app.context())[8], ',')::uuid[] end
$$;
create function app.all_warehouses() returns boolean
  language sql stable parallel restricted set search_path = pg_catalog as $$ select coalesce((app.context())[9] = '*', false) $$;
create function app.warehouses() returns uuid[]
  language sql stable parallel restricted set search_path = pg_catalog as $$
  select case when (app.context())[9] in ('*', '') then '{}' else string_to_array((app.context())[9], ',')::uuid[] end
$$;
-- How the change came about: hand, rule, import or key. Written beside every change.
create function app.via() returns text
  language sql stable parallel restricted set search_path = pg_catalog as $$ select (app.context())[10] $$;
