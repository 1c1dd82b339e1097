-- What the identity login and the sender of mails do beyond their own tables. Each function says who may call it.

-- An entry of the audit about a person: in the place that is named, or in every place he has. Identity login.
create or replace function access.record_person(user_id uuid, member_id uuid, action text, outcome text, request_id text, changes jsonb)
  returns void
  language sql security definer set search_path = pg_catalog as $$
  select access.write_audit(m.account_id, gen_random_uuid(), m.id, 'hand', record_person.action, record_person.outcome, 'member', m.id,
                            record_person.request_id, record_person.changes)
    from access.members m
   where m.user_id = record_person.user_id and m.deactivated_at is null
     and (record_person.member_id is null or m.id = record_person.member_id)
$$;
drop function if exists access.record_sign_in(uuid, uuid, text, text);

-- The sessions of a person in the pages, wherever he is signed in; at a portal, those of its account alone. Identity login.
drop function if exists access.sessions_of(uuid);
create or replace function access.sessions_of(user_id uuid, portal uuid)
  returns table (id uuid, account_name text, user_agent text, address text, created_at timestamptz, seen_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select s.id, access.known_as(a.id, m.audience), s.user_agent, host(s.address), s.created_at, s.seen_at
    from identity.sessions s
    join access.members m on m.account_id = s.account_id and m.id = s.member_id
    join access.accounts a on a.id = s.account_id
   where m.user_id = sessions_of.user_id and s.purpose = 'web'
     and (sessions_of.portal is null or (s.account_id = sessions_of.portal and m.audience = 'client')) and (s.expires_at is null or s.expires_at > app.now())
   order by s.seen_at desc, s.id
$$;

-- Ends sessions of a person, views that he looks through among them: the one named, or all but one. Identity login.
create or replace function access.end_sessions_of(user_id uuid, session_id uuid, but uuid) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  ended integer;
begin
  delete from identity.sessions s using access.members m
   where m.account_id = s.account_id and m.id = coalesce(s.viewer_id, s.member_id) and m.user_id = end_sessions_of.user_id
     and s.purpose in ('web', 'view', 'pending')
     and (end_sessions_of.session_id is null or s.id = end_sessions_of.session_id) and s.id is distinct from end_sessions_of.but;
  get diagnostics ended = row_count;
  return ended;
end $$;

-- Who a session of the pages belongs to, or one that is pending, at the door where it was begun; no row where it is over. Identity login.
drop function if exists access.person_behind(bytea, text);
create or replace function access.person_behind(token_hash bytea, purpose text, door text)
  returns table (user_id uuid, email text, name text, account_id uuid, member_id uuid, session_id uuid, pending text)
  language sql stable security definer set search_path = pg_catalog as $$
  select u.id, u.email, u.name, m.account_id, m.id, s.id, s.pending from identity.sessions s
    join access.members m on m.account_id = s.account_id and m.id = s.member_id
    join identity.users u on u.id = m.user_id
   where s.token_hash = person_behind.token_hash and s.purpose = person_behind.purpose and s.door = person_behind.door
     and (s.expires_at is null or s.expires_at > app.now()) and m.deactivated_at is null
$$;

-- Owes a person a mail about himself, in the name of the place he has had longest; of what was asked for at a portal, in the name of his
-- place there, and where he has none, it is not sent. At most three of a kind an hour and twenty a
-- day to one address. False: it is not sent. Identity login.
create or replace function access.tell_person(notice_id uuid, user_id uuid, template text, recipient text, email_change_id uuid, facts jsonb)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  place record;
begin
  perform pg_advisory_xact_lock(hashtextextended('mail ' || lower(tell_person.recipient), 0));
  if (select count(*) filter (where n.created_at > app.now() - interval '1 hour') >= 3 or count(*) >= 20 from identity.notices n
       where n.recipient = lower(tell_person.recipient) and n.template = tell_person.template
         and n.created_at > app.now() - interval '1 day') then
    return false;
  end if;
  select m.account_id, u.locale into place from access.members m join identity.users u on u.id = m.user_id
   where m.user_id = tell_person.user_id and m.deactivated_at is null
     and (facts->>'portal' is null or (m.audience = 'client' and m.account_id::text = facts->>'portal'))
   order by m.created_at, m.id limit 1;
  if not found then
    return false;
  end if;
  insert into identity.notices (id, user_id, template, recipient, email_change_id, facts)
  values (notice_id, tell_person.user_id, tell_person.template, lower(tell_person.recipient), tell_person.email_change_id, tell_person.facts);
  insert into notices.outbox (account_id, id, kind, template, subject_id, recipient, locale, created_by, private)
  values (place.account_id, gen_random_uuid(), 'mail', tell_person.template, notice_id, tell_person.recipient, place.locale, 'Crossdock', true);
  insert into jobs.jobs (account_id, id, member_id, kind, payload, urgent)
  select m.account_id, gen_random_uuid(), m.id, 'notices.deliver', '{}', true
    from access.members m where m.account_id = place.account_id and m.kind = 'automation';
  perform pg_notify('crossdock_jobs', '');
  return true;
end $$;

-- How many invitations the caller's account owed an address within the hour and within the day; for who manages users or those of clients. What
-- returned one number is made anew.
do $$ begin
  if (select p.prorettype from pg_proc p where p.oid = to_regprocedure('access.mails_lately(text)')) = 'integer'::regtype then
    drop function access.mails_lately(text);
  end if;
end $$;
create or replace function access.mails_lately(address text, out hour integer, out day integer)
  language sql stable security definer set search_path = pg_catalog as $$
  select count(*) filter (where o.created_at > app.now() - interval '1 hour'), count(*) from notices.outbox o
   where (app.may('users:manage') or app.may('portal-users:manage')) and o.account_id = app.account_id() and lower(o.recipient) = lower(mails_lately.address)
     and o.template = 'invitation' and o.created_at > app.now() - interval '1 day'
$$;

-- Mints the link of such a mail when it is sent; an earlier one for the same thing dies. Only its hash is kept. Worker.
create or replace function access.mint_person_token(notice_id uuid, purpose text, token_hash bytea) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  n identity.notices;
begin
  select * into n from identity.notices x where x.id = mint_person_token.notice_id;
  if not found or n.template <> mint_person_token.purpose
     or exists (select from identity.email_changes e where e.id = n.email_change_id and e.cancelled_at is not null) then
    return false;
  end if;
  update identity.one_time_tokens t set used_at = app.now()
   where t.user_id = n.user_id and t.purpose = mint_person_token.purpose and t.used_at is null
     and (t.purpose <> 'email-cancel' or t.email_change_id = n.email_change_id);
  insert into identity.one_time_tokens (token_hash, purpose, user_id, email_change_id, expires_at)
  values (mint_person_token.token_hash, n.template, n.user_id, n.email_change_id, app.now() +
          case n.template when 'reset' then interval '1 hour' when 'email-confirm' then interval '1 day' else interval '7 days' end);
  return true;
end $$;

-- What such a mail says. Worker.
create or replace function access.notice_for_mail(notice_id uuid)
  returns table (template text, name text, old_email text, new_email text, facts jsonb, created_at timestamptz, timezone text)
  language sql stable security definer set search_path = pg_catalog as $$
  select n.template, u.name, e.old_email, e.new_email, n.facts, n.created_at, a.timezone
    from identity.notices n
    join identity.users u on u.id = n.user_id
    left join identity.email_changes e on e.id = n.email_change_id
    join notices.outbox o on o.subject_id = n.id
    join access.accounts a on a.id = o.account_id
   where n.id = notice_for_mail.notice_id
$$;

-- A person's address, in his places too. Identity login.
create or replace function access.follow_email(user_id uuid) returns void
  language sql security definer set search_path = pg_catalog as $$
  update access.members m set email = u.email, version = m.version + 1
    from identity.users u where u.id = follow_email.user_id and m.user_id = u.id
$$;

-- What an administrator may end: the second factors of somebody of his house or of a supplier who works nowhere else. Asks
-- for users:manage. Returns the person, or null where he is not the account's to help.
create or replace function access.end_factors(member_id uuid) returns uuid
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  person uuid;
begin
  if not app.may('users:manage') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'users:manage';
  end if;
  select m.user_id into person from access.members m
   where m.account_id = app.account_id() and m.id = end_factors.member_id and m.audience <> 'client'
     and not exists (select from access.members x where x.user_id = m.user_id and x.account_id <> m.account_id);
  if person is not null then
    perform access.forget_factors(person);
    perform access.tell_person(gen_random_uuid(), person, 'factors-ended', (select u.email from identity.users u where u.id = person), null,
                               jsonb_build_object('by', app.actor_name()));
  end if;
  return person;
end $$;
-- Takes a person's second factors away, and ends his sessions; only owner functions and the command line call it.
create or replace function access.forget_factors(user_id uuid) returns void
  language sql security definer set search_path = pg_catalog as $$
  delete from identity.totp t where t.user_id = forget_factors.user_id;
  delete from identity.recovery_codes r where r.user_id = forget_factors.user_id;
  delete from identity.passkeys p where p.user_id = forget_factors.user_id;
  delete from identity.devices d where d.user_id = forget_factors.user_id;
  select access.end_sessions_of(forget_factors.user_id, null, null);
$$;
