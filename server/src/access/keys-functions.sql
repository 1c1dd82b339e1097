-- API keys: who asks must manage keys. What a key may do is decided at each request (app.enter): its role, less what only
-- people do, less what its maker may not do himself by now.

-- Whether a permission can be a key's: users, roles, keys, sign-in and whatever is managed or revealed are for people; so are
-- the audit record, approvals, and rules, which act for everybody.
create or replace function app.by_key(permission text) returns boolean
  language sql immutable parallel safe
  return permission !~ '^(users|roles|keys|sign-in|audit):' and permission !~ ':(manage|reveal|approve)$'
         and permission not in ('rules:edit', 'rules:run');

-- What a key may do of its role's permissions; null where its maker is gone, and the key with him, or may
-- no longer act for its company.
create or replace function access.rights_of_key(key access.members, permissions text[]) returns text[]
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  held text[] := array(select p from unnest(rights_of_key.permissions) p where app.by_key(p));
  maker record;
begin
  if key.maker_id is null then
    return held;
  end if;
  select r.permissions, m.all_suppliers, m.all_clients into maker
    from access.members m join access.roles r on r.account_id = m.account_id and r.id = m.role_id
   where m.account_id = key.account_id and m.id = key.maker_id
     and m.deactivated_at is null and (m.valid_until is null or m.valid_until > app.now());
  if not found then
    return null;
  end if;
  -- Nor is a key of a company that is none of his any more.
  if key.party_id is not null and not (case key.audience
       when 'supplier' then maker.all_suppliers or exists (
         select from access.member_suppliers x where x.account_id = key.account_id and x.member_id = key.maker_id and x.supplier_id = key.party_id)
       else maker.all_clients or exists (
         select from access.member_clients x where x.account_id = key.account_id and x.member_id = key.maker_id and x.client_id = key.party_id) end) then
    return null;
  end if;
  -- A supplier's and a client's rights are of another kind than those of the house.
  return case when key.audience = 'staff' then array(select p from unnest(held) p where p = any (maker.permissions)) else held end;
end $$;

create or replace function access.expect_key_manager() returns void
  language plpgsql stable set search_path = pg_catalog as $$
begin
  if not app.may('keys:manage') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'keys:manage';
  end if;
end $$;

-- A new key: the member it acts as, with its scope, and the hash of its secret. Answers until when it is good: the end of its
-- scope's last day.
create or replace function access.make_key(member_id uuid, name text, role_id uuid, party_id uuid, scope jsonb, token_hash bytea,
    addresses cidr[]) returns timestamptz
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  account constant uuid := app.account_id();
  until timestamptz;
begin
  perform access.expect_key_manager();
  insert into access.members (account_id, id, kind, name, audience, role_id, party_id, maker_id)
  select account, make_key.member_id, 'key', make_key.name, r.audience, r.id, make_key.party_id,
         (select m.id from access.members m where m.account_id = account and m.id = app.member_id() and m.kind = 'person')
    from access.roles r where r.account_id = account and r.id = make_key.role_id;
  perform access.set_scope(account, make_key.member_id, make_key.scope);
  select m.valid_until into until from access.members m where m.account_id = account and m.id = make_key.member_id;
  insert into identity.sessions (token_hash, purpose, account_id, member_id, expires_at, addresses)
  values (make_key.token_hash, 'key', account, make_key.member_id, until, make_key.addresses);
  return until;
end $$;

-- The keys of the account. What the command line works with has no secret and is none.
create or replace function access.list_keys()
  returns table (id uuid, version integer, name text, role_slug text, role_name text, role_id uuid, audience text, party_id uuid, party_name text,
                 scope jsonb, maker text, maker_gone boolean, created_at timestamptz, expires_at timestamptz,
                 revoked_at timestamptz, networks text[], tokens jsonb)
  language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  perform access.expect_key_manager();
  return query
    select m.id, m.version, m.name, r.slug, r.name, r.id, m.audience, p.id, p.name,
           access.scope_of(m),
           k.name, k.id is not null and access.rights_of_key(m, '{}') is null, m.created_at, m.valid_until, m.deactivated_at,
           (select t.addresses::text[] from identity.sessions t
             where t.account_id = m.account_id and t.member_id = m.id and t.purpose = 'key' order by t.created_at desc limit 1),
           coalesce((select jsonb_agg(jsonb_build_object('createdAt', t.created_at, 'expiresAt', t.expires_at,
                              'lastUsedAt', case when t.seen_at > t.created_at then t.seen_at end, 'lastUsedFrom', host(t.address))
                              order by t.created_at desc)
                       from identity.sessions t
                      where t.account_id = m.account_id and t.member_id = m.id and t.purpose = 'key'
                        and (t.expires_at is null or t.expires_at > app.now())), '[]')
      from access.members m
      join access.roles r on r.account_id = m.account_id and r.id = m.role_id
      left join access.parties p on p.account_id = m.account_id and p.id = m.party_id
      left join access.members k on k.account_id = m.account_id and k.id = m.maker_id
     where m.account_id = app.account_id() and m.kind = 'key'
       and (m.maker_id is not null or m.valid_until is not null
            or exists (select from identity.sessions t where t.account_id = m.account_id and t.member_id = m.id and t.purpose = 'key'));
end $$;

-- Another name or other networks, at the version that was looked at; false where it is another by now.
create or replace function access.change_key(member_id uuid, version integer, name text, addresses cidr[]) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform access.expect_key_manager();
  update access.members m set name = change_key.name, version = m.version + 1
   where m.account_id = app.account_id() and m.id = change_key.member_id and m.kind = 'key' and m.version = change_key.version;
  if not found then
    return false;
  end if;
  update identity.sessions t set addresses = change_key.addresses
   where t.account_id = app.account_id() and t.member_id = change_key.member_id and t.purpose = 'key';
  return true;
end $$;

-- A new secret beside the old one, which works for some hours more; whoever renews a key answers for it from now on. Answers
-- until when it is good.
create or replace function access.renew_key(member_id uuid, token_hash bytea, last_day date, overlap interval, addresses cidr[])
    returns timestamptz
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  account constant uuid := app.account_id();
  until constant timestamptz := (select (renew_key.last_day + 1)::timestamp at time zone a.timezone from access.accounts a where a.id = account);
begin
  perform access.expect_key_manager();
  update access.members m set valid_until = until, version = m.version + 1, maker_id = app.member_id()
   where m.account_id = account and m.id = renew_key.member_id and m.kind = 'key' and m.deactivated_at is null;
  if not found then
    raise exception 'no such key' using errcode = 'CD403', detail = 'keys:manage';
  end if;
  update identity.sessions t set expires_at = least(t.expires_at, app.now() + renew_key.overlap)
   where t.account_id = account and t.member_id = renew_key.member_id and t.purpose = 'key';
  insert into identity.sessions (token_hash, purpose, account_id, member_id, expires_at, addresses)
  values (renew_key.token_hash, 'key', account, renew_key.member_id, until, renew_key.addresses);
  return until;
end $$;

-- Every secret of the key is gone with this statement: the next request finds none.
create or replace function access.revoke_key(member_id uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform access.expect_key_manager();
  update access.members m set deactivated_at = app.now(), version = m.version + 1
   where m.account_id = app.account_id() and m.id = revoke_key.member_id and m.kind = 'key' and m.deactivated_at is null;
  if not found then
    return false;
  end if;
  delete from identity.sessions t where t.account_id = app.account_id() and t.member_id = revoke_key.member_id;
  return true;
end $$;
drop function if exists access.add_key(uuid, bytea, timestamptz);
