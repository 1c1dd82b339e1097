-- How a request begins: one statement that says who is asking, or raises.
--   CD401 no valid identity · CD403 the role lacks the permission (its name is the message's detail).

create function app.enter(token_hash bytea, purpose text, permission text) returns jsonb
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
                    s.id::text, s.audience, coalesce(s.party_id::text, ''), ',' || array_to_string(s.permissions, ',') || ',',
                    stores, warehouses, how);
  perform set_config('app.context', app.sign(body) || body, true);
  return jsonb_build_object('accountId', s.account_id, 'memberId', s.id, 'userId', s.user_id, 'audience', s.audience,
    'partyId', s.party_id, 'permissions', to_jsonb(s.permissions), 'name', s.name, 'role', s.role, 'kind', s.kind, 'via', how);
end $$;

-- A job runs as its owner: the worker mints a short session for the member the job row names, and enters by it.
create function app.actor_name() returns text
  language sql stable security definer set search_path = pg_catalog as $$
  select name from access.members where account_id = app.account_id() and id = app.member_id()
$$;
