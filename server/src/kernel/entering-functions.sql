-- How somebody becomes who he is, for one transaction.

-- Makes this transaction that member's, with these permissions: resolves his grant and signs the context. Returns whether he is
-- confined. For functions of the owner, who know that it is him.
create or replace function app.become(m access.members, permissions text[], how text) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  stores text := '*';
  granted uuid[];
  warehouses text := '*';
  owners text := '*';
  confined constant boolean := case m.audience when 'staff' then m.own_only or not (m.all_suppliers and m.all_warehouses)
                                                when 'supplier' then m.own_only else false end;
  body text;
begin
  if not (m.all_stores and m.all_clients) then
    granted := app.granted_stores(m);
    stores := array_to_string(granted, ',');
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
     where s.account_id = m.account_id and s.id = any (granted);
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
  -- With another's eyes nobody reads fields that are kept from him at his own desk.
  if s.viewer_id is not null then
    held := array(
      select w from unnest(held) w
       where w <> all ('{orders:amounts,orders:recipient,orders:contact}') or exists (
         select from access.members v join access.roles r on r.account_id = v.account_id and r.id = v.role_id
          where v.account_id = m.account_id and v.id = s.viewer_id and w = any (r.permissions)));
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
