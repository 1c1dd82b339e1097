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

-- What policies ask of a slice: permission and reach in one reading of the context. A field of the context that lists what is in
-- reach says "*" for all of it, else the ids.
create or replace function app.may_with_all(field integer, permission text) returns boolean
  language plpgsql stable parallel restricted set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
begin
  return coalesce(split_part(caller, '|', field) = '*' and position(',' || permission || ',' in split_part(caller, '|', 11)) > 0, false);
end $$;
create or replace function app.ids_where_may(field integer, permission text) returns uuid[]
  language plpgsql stable parallel restricted set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
begin
  if position(',' || permission || ',' in split_part(caller, '|', 11)) > 0 then
    return coalesce(string_to_array(nullif(nullif(split_part(caller, '|', field), '*'), ''), ',')::uuid[], '{}');
  end if;
  return '{}';
end $$;
-- By store: of who sees every store, and the stores of who sees some.
create or replace function app.may_everywhere(permission text) returns boolean
  language sql stable parallel restricted return app.may_with_all(9, permission);
create or replace function app.stores_where_may(permission text) returns uuid[]
  language sql stable parallel restricted return app.ids_where_may(9, permission);
-- By whose goods: of who sees those of every owner, and the owners of who sees those of some.
create or replace function app.may_of_all_owners(permission text) returns boolean
  language sql stable parallel restricted return app.may_with_all(13, permission);
create or replace function app.owners_where_may(permission text) returns uuid[]
  language sql stable parallel restricted return app.ids_where_may(13, permission);
-- The permission, of who is not confined.
create or replace function app.may_unconfined(permission text) returns boolean
  language plpgsql stable parallel restricted set search_path = pg_catalog as $$
declare
  caller constant text := app.caller();
begin
  return coalesce(split_part(caller, '|', 12) = '' and position(',' || permission || ',' in split_part(caller, '|', 11)) > 0, false);
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
