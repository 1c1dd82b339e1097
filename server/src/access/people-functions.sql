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

-- Whether the caller may manage people of this company (of the house, where it is null): everybody's, or those of clients he knows.
create or replace function access.may_manage(party_id uuid) returns boolean
  language sql stable set search_path = pg_catalog as $$
  select app.may('users:manage') or coalesce(may_manage.party_id = any (app.clients_where_may('portal-users:manage')), false)
$$;

-- Who works for a client has a role of clients, and so on: whoever writes, and whichever way.
create or replace function access.keep_audience() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.audience is distinct from (select r.audience from access.roles r where r.account_id = new.account_id and r.id = new.role_id) then
    raise exception 'a role of another audience' using errcode = 'CD403', detail = 'users:manage';
  end if;
  return null;
end $$;
drop trigger if exists keep_audience on access.members;
create trigger keep_audience after update of role_id on access.members
  for each row when (new.role_id is distinct from old.role_id) execute function access.keep_audience();

-- Owes every active person of a client's member's company a mail about him: a colleague who joined, or whose access was changed (to one
-- address at most three an hour). Of members of the house or a supplier it says nothing. Only owner functions call it.
create or replace function access.tell_client(account_id uuid, member_id uuid, template text, facts jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  about access.members;
  r record;
  notice_id uuid;
begin
  select * into about from access.members m
   where m.account_id = tell_client.account_id and m.id = tell_client.member_id and m.audience = 'client';
  for r in
    select u.id, u.email, u.locale from access.members m join identity.users u on u.id = m.user_id
     where m.account_id = about.account_id and m.party_id = about.party_id and m.kind = 'person' and m.deactivated_at is null
       and (m.id <> about.id or template <> 'colleague-joined')
       and (template = 'colleague-joined' or 3 > (
         select count(*) from identity.notices n
          where n.recipient = lower(u.email) and n.template = tell_client.template and n.created_at > app.now() - interval '1 hour'))
  loop
    notice_id := gen_random_uuid();
    insert into identity.notices (id, user_id, template, recipient, facts)
    values (notice_id, r.id, tell_client.template, lower(r.email), tell_client.facts || jsonb_build_object(
      'who', about.name, 'email', about.email, 'account', access.known_as(about.account_id, 'client')));
    insert into notices.outbox (account_id, id, kind, template, subject_id, recipient, locale, created_by, private)
    values (about.account_id, gen_random_uuid(), 'mail', tell_client.template, notice_id, r.email, r.locale, 'Crossdock', true);
    insert into jobs.jobs (account_id, id, member_id, kind, payload, urgent)
    select m.account_id, gen_random_uuid(), m.id, 'notices.deliver', '{}', true
      from access.members m where m.account_id = about.account_id and m.kind = 'automation';
  end loop;
  perform pg_notify('crossdock_jobs', '');
end $$;

-- Tells a client's people that the access of one of them was changed; for who may manage him.
create or replace function access.tell_of_grant(member_id uuid, facts jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if access.may_manage((select m.party_id from access.members m where m.account_id = app.account_id() and m.id = tell_of_grant.member_id)) then
    perform access.tell_client(app.account_id(), tell_of_grant.member_id, 'colleague-access',
                               tell_of_grant.facts || jsonb_build_object('by', app.actor_name()));
  end if;
end $$;

-- Sends a client's person the mail by which he sets a new password himself; for who may manage him. False: three went to him within
-- the hour. Null: nobody of the kind.
create or replace function access.send_reset(member_id uuid) returns boolean
  language sql security definer set search_path = pg_catalog as $$
  select access.tell_person(gen_random_uuid(), u.id, 'reset', u.email, null, '{}')
    from access.members m join identity.users u on u.id = m.user_id
   where m.account_id = app.account_id() and m.id = send_reset.member_id and m.audience = 'client' and m.kind = 'person'
     and m.deactivated_at is null and access.may_manage(m.party_id)
$$;

-- Owes the mail that says what became of a request for access, to who asked, in his language. Asks for users:manage.
create or replace function access.tell_answered(request_id uuid) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.may('users:manage') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'users:manage';
  end if;
  perform access.tell_person(gen_random_uuid(), u.id, 'access-answered', u.email, null,
            jsonb_build_object('by', app.actor_name(), 'account', access.known_as(a.id, m.audience), 'state', q.state, 'permission', q.permission, 'note', q.note, 'answer', q.answer))
    from access.requests q
    join access.members m on m.account_id = q.account_id and m.id = q.member_id
    join access.accounts a on a.id = q.account_id
    join identity.users u on u.id = m.user_id
   where q.account_id = app.account_id() and q.id = tell_answered.request_id and q.state <> 'open' and m.deactivated_at is null;
end $$;
