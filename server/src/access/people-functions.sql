-- What the list of users says beyond its tables, and what is done to somebody's sessions.

-- When sessions were last used and from where, as the server collected it. What is used lives on for 14 days, up to 90 from its
-- beginning. Identity login.
create or replace function access.touch_sessions(seen jsonb) returns void
  language sql security definer set search_path = pg_catalog as $$
  with touched as (
    update identity.sessions s
       set seen_at = app.now(), address = x.address,
           expires_at = case when s.purpose = 'web' then least(s.created_at + interval '90 days', app.now() + interval '14 days') else s.expires_at end
      from jsonb_to_recordset(seen) as x (id uuid, address inet)
     where s.id = x.id
    returning s.account_id, s.member_id)
  update access.members m set last_seen_at = app.now()
    from (select distinct account_id, member_id from touched) t
   where m.account_id = t.account_id and m.id = t.member_id
$$;

-- Which members of the account have a second factor, for whoever sees users.
create or replace function access.second_factors(account_id uuid) returns table (member_id uuid)
  language sql stable security definer set search_path = pg_catalog as $$
  select m.id from access.members m
   where m.account_id = second_factors.account_id and m.account_id = app.account_id() and app.may('users:read')
     and (exists (select from identity.totp t where t.user_id = m.user_id and t.confirmed_at is not null)
          or exists (select from identity.passkeys p where p.user_id = m.user_id))
$$;

-- Owes the mail that says what became of a request for access, to who asked, in his language. Asks for users:manage.
create or replace function access.tell_answered(request_id uuid) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.may('users:manage') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'users:manage';
  end if;
  perform access.tell_person(gen_random_uuid(), u.id, 'access-answered', u.email, null,
            jsonb_build_object('by', app.actor_name(), 'account', a.name, 'state', q.state, 'permission', q.permission, 'note', q.note, 'answer', q.answer))
    from access.requests q
    join access.members m on m.account_id = q.account_id and m.id = q.member_id
    join access.accounts a on a.id = q.account_id
    join identity.users u on u.id = m.user_id
   where q.account_id = app.account_id() and q.id = tell_answered.request_id and q.state <> 'open' and m.deactivated_at is null;
end $$;
