-- What the access slice does with its owner's rights. Each function says who may call it and checks what it must.

-- How somebody knows an account: its clients by the name of its portal, everybody else by its own. For functions of the owner.
create or replace function access.known_as(account_id uuid, audience text) returns text
  language sql stable set search_path = pg_catalog as $$
  select coalesce(case known_as.audience when 'client' then (select nullif(b.name, '') from portal.brands b where b.account_id = a.id) end, a.name)
    from access.accounts a where a.id = known_as.account_id
$$;

-- The name of the caller's account, as he knows it.
create or replace function access.account_name() returns text
  language sql stable security definer set search_path = pg_catalog as $$ select access.known_as(app.account_id(), app.audience()) $$;

-- The built-in roles stand in app.built_in_roles, refilled from roles.ts on every migrate; this carries them into every account.
-- What an administrator switched on stays on, as long as it is a switch; a new switch begins as the program says.
create or replace function access.sync_roles() returns void
  language sql security definer set search_path = pg_catalog as $$
  update access.roles r set permissions = n.permissions, name = n.name, switches = n.switches
    from access.roles o
    join app.built_in_roles b on b.slug = o.slug
    cross join lateral (
      select b.name, b.switches, b.permissions || array(
        select word from unnest(b.switches) with ordinality s (word, nth)
         where word = any (case when word = any (o.switches) then o.permissions else b.begins_on end) order by nth) as permissions) n
   where o.built_in and r.account_id = o.account_id and r.id = o.id
     and (r.permissions, r.name, r.switches) is distinct from (n.permissions, n.name, n.switches);
  insert into access.roles (account_id, id, slug, name, audience, built_in, permissions, switches)
  select a.id, gen_random_uuid(), b.slug, b.name, b.audience, true, b.permissions || b.begins_on, b.switches
    from access.accounts a cross join app.built_in_roles b
  on conflict (account_id, slug) do nothing;
$$;

-- A new account with its own party, the built-in roles, its automation and its first administrator.
-- Called by the identity login after a one-time link was consumed, and by the command line.
create or replace function access.create_account(account_id uuid, name text, currency text, timezone text, is_demo boolean,
    user_id uuid, member_id uuid) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into access.accounts (id, name, currency, timezone, is_demo)
  values (create_account.account_id, create_account.name, create_account.currency, create_account.timezone, create_account.is_demo);
  insert into access.parties (account_id, id, kind, name)
  values (create_account.account_id, gen_random_uuid(), 'self', create_account.name);
  perform access.sync_roles();
  insert into access.members (account_id, id, kind, name, audience, role_id)
  select create_account.account_id, gen_random_uuid(), 'automation', 'Automation', 'staff', r.id
    from access.roles r where r.account_id = create_account.account_id and r.slug = 'automation';
  insert into access.members (account_id, id, kind, user_id, name, email, audience, role_id)
  select create_account.account_id, create_account.member_id, 'person', u.id, u.name, u.email, 'staff', r.id
    from access.roles r, identity.users u
   where r.account_id = create_account.account_id and r.slug = 'administrator' and u.id = create_account.user_id;
  update access.accounts a set owner_id = create_account.member_id where a.id = create_account.account_id;
  perform portal.open_portal(create_account.account_id);
  perform access.write_audit(create_account.account_id, gen_random_uuid(), create_account.member_id, 'hand', 'account.created', 'done',
    'account', create_account.account_id, null, '{}');
end $$;

-- What a function returns cannot be changed in place: these are made anew.
drop function if exists access.places_of, access.invitation_by_token, access.invitation_for_mail, access.person_of_session;

-- Where a person may sign in: his places that are active now.
create or replace function access.places_of(user_id uuid)
  returns table (account_id uuid, account_name text, member_id uuid, audience text, party_name text, role_slug text, role_name text,
                 second_factor boolean, last_seen_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select m.account_id, access.known_as(a.id, m.audience), m.id, m.audience, p.name, r.slug, r.name, r.second_factor, m.last_seen_at
    from access.members m
    join access.accounts a on a.id = m.account_id
    join access.roles r on r.account_id = m.account_id and r.id = m.role_id
    left join access.parties p on p.account_id = m.account_id and p.id = m.party_id
   where m.user_id = places_of.user_id and m.kind = 'person' and m.deactivated_at is null
     and (m.valid_from is null or m.valid_from <= app.now()) and (m.valid_until is null or m.valid_until > app.now())
     and p.archived_at is null
   order by a.name, m.id
$$;

-- What an invitation says to the one who holds its link. No row: unknown, used, revoked or expired.
create or replace function access.invitation_by_token(token_hash bytea)
  returns table (account_id uuid, invitation_id uuid, email text, name text, account_name text, party_name text, role_slug text,
                 role_name text, locale text, audience text)
  language sql stable security definer set search_path = pg_catalog as $$
  select i.account_id, i.id, i.email, i.name, access.known_as(a.id, r.audience), p.name, r.slug, r.name, i.locale, r.audience
    from identity.one_time_tokens t
    join access.invitations i on i.account_id = t.account_id and i.id = t.invitation_id
    join access.accounts a on a.id = i.account_id
    join access.roles r on r.account_id = i.account_id and r.id = i.role_id
    left join access.parties p on p.account_id = i.account_id and p.id = i.party_id
   where t.token_hash = invitation_by_token.token_hash and t.purpose = 'invitation'
     and t.used_at is null and t.expires_at > app.now()
     and i.accepted_at is null and i.revoked_at is null and i.expires_at > app.now() and p.archived_at is null
$$;

-- Consumes the link and makes the member, in one statement's reach: fifty at once give one membership.
-- Returns false where the link is no longer good.
create or replace function access.accept_invitation(token_hash bytea, user_id uuid, member_id uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  i access.invitations;
  u identity.users;
begin
  update access.invitations x set accepted_at = app.now()
    from identity.one_time_tokens t
   where t.token_hash = accept_invitation.token_hash and t.purpose = 'invitation' and t.used_at is null and t.expires_at > app.now()
     and x.account_id = t.account_id and x.id = t.invitation_id
     and x.accepted_at is null and x.revoked_at is null and x.expires_at > app.now()
     and not exists (select from access.parties p where p.account_id = x.account_id and p.id = x.party_id and p.archived_at is not null)
  returning x.* into i;
  if not found then
    return false;
  end if;
  update identity.one_time_tokens t set used_at = app.now() where t.account_id = i.account_id and t.invitation_id = i.id and t.used_at is null;
  select * into u from identity.users where id = accept_invitation.user_id;
  if lower(u.email) <> lower(i.email) then
    raise exception 'the invitation is for somebody else' using errcode = 'CD403';
  end if;
  -- Stores and warehouses are the house's: who comes from outside begins with none.
  insert into access.members (account_id, id, kind, user_id, name, email, audience, role_id, party_id, all_stores, all_warehouses, batch)
  select i.account_id, accept_invitation.member_id, 'person', u.id, u.name, u.email, r.audience, r.id, i.party_id,
         r.audience = 'staff', r.audience = 'staff', i.batch
    from access.roles r where r.account_id = i.account_id and r.id = i.role_id;
  if i.grants <> '{}' then
    perform access.set_scope(i.account_id, accept_invitation.member_id, i.grants);
  end if;
  perform access.write_audit(i.account_id, gen_random_uuid(), accept_invitation.member_id, 'hand', 'invitation.accepted', 'done',
    'invitation', i.id, null, '{}');
  perform access.tell_client(i.account_id, accept_invitation.member_id, 'colleague-joined',
    jsonb_build_object('by', (select m.name from access.members m where m.account_id = i.account_id and m.id = i.invited_by)));
  return true;
end $$;

-- Mints the link of an invitation: only its hash is kept, and an earlier link dies. Worker (when the mail is sent) and
-- whoever may reveal it.
create or replace function access.mint_invitation_token(account_id uuid, invitation_id uuid, token_hash bytea) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if session_user <> 'crossdock_worker' and (account_id is distinct from app.account_id() or not app.may('outbox:reveal')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'outbox:reveal';
  end if;
  update identity.one_time_tokens t set used_at = app.now()
   where t.account_id = mint_invitation_token.account_id and t.invitation_id = mint_invitation_token.invitation_id and t.used_at is null;
  insert into identity.one_time_tokens (token_hash, purpose, account_id, invitation_id, expires_at)
  select mint_invitation_token.token_hash, 'invitation', i.account_id, i.id, i.expires_at
    from access.invitations i
   where i.account_id = mint_invitation_token.account_id and i.id = mint_invitation_token.invitation_id
     and i.accepted_at is null and i.revoked_at is null and i.expires_at > app.now();
  return found;
end $$;

-- The links of an invitation that is sent again die at once, not when the new one is minted.
create or replace function access.void_invitation_links(invitation_id uuid) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not access.may_manage((select i.party_id from access.invitations i
                             where i.account_id = app.account_id() and i.id = void_invitation_links.invitation_id)) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'users:manage';
  end if;
  update notices.outbox o set state = 'dead', last_error = 'replaced'
   where o.account_id = app.account_id() and o.template = 'invitation' and o.subject_id = void_invitation_links.invitation_id
     and o.state not in ('done', 'sending');
  update identity.one_time_tokens t set used_at = app.now()
   where t.account_id = app.account_id() and t.invitation_id = void_invitation_links.invitation_id and t.used_at is null;
end $$;

-- Ends sessions of a member at once: those of these purposes, or every one. For who may manage him.
create or replace function access.end_sessions(member_id uuid, purposes text[]) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  ended integer;
begin
  if not access.may_manage((select m.party_id from access.members m where m.account_id = app.account_id() and m.id = end_sessions.member_id)) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'users:manage';
  end if;
  delete from identity.sessions s
   where s.account_id = app.account_id() and s.member_id = end_sessions.member_id
     and (end_sessions.purposes is null or s.purpose = any (end_sessions.purposes));
  get diagnostics ended = row_count;
  return ended;
end $$;
drop function if exists access.end_sessions(uuid), access.sign_out_everywhere(uuid);

-- Keeps a user's own choices (language, density, theme).
create or replace function access.keep_preferences(locale text, preferences jsonb) returns void
  language sql security definer set search_path = pg_catalog as $$
  update identity.users u set locale = coalesce(keep_preferences.locale, u.locale), preferences = u.preferences || keep_preferences.preferences
    from access.members m where m.account_id = app.account_id() and m.id = app.member_id() and u.id = m.user_id
$$;
create or replace function access.my_preferences() returns table (email text, locale text, preferences jsonb)
  language sql stable security definer set search_path = pg_catalog as $$
  select u.email, u.locale, u.preferences from access.members m join identity.users u on u.id = m.user_id
   where m.account_id = app.account_id() and m.id = app.member_id()
$$;

-- The account keeps at least one active administrator whose access nothing narrows and no day ends.
create or replace function access.keep_an_administrator() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform from access.accounts where id = old.account_id for update;
  if not exists (select from access.members m join access.roles r on r.account_id = m.account_id and r.id = m.role_id
                  where m.account_id = old.account_id and m.kind = 'person' and m.deactivated_at is null and r.slug = 'administrator'
                    and m.all_stores and m.all_clients and m.all_suppliers and m.all_warehouses and not m.own_only
                    and coalesce(m.valid_from <= app.now(), true) and m.valid_until is null and m.hours is null) then
    raise exception 'the account needs an administrator' using errcode = 'CD409', detail = 'last_administrator';
  end if;
  return null;
end $$;
drop trigger if exists keep_an_administrator on access.members;
create trigger keep_an_administrator after update of role_id, deactivated_at, all_stores, all_clients, all_suppliers, all_warehouses,
    own_only, valid_from, valid_until, hours on access.members
  for each row when (old.kind = 'person') execute function access.keep_an_administrator();

-- What the mail of an invitation says; for the worker, who sends it.
create or replace function access.invitation_for_mail(account_id uuid, invitation_id uuid)
  returns table (account_name text, party_name text, audience text, invited_by text, expires_at timestamptz, timezone text)
  language sql stable security definer set search_path = pg_catalog as $$
  select access.known_as(a.id, r.audience), p.name, r.audience, m.name, i.expires_at, a.timezone from access.invitations i
    join access.roles r on r.account_id = i.account_id and r.id = i.role_id
    join access.accounts a on a.id = i.account_id
    join access.members m on m.account_id = i.account_id and m.id = i.invited_by
    left join access.parties p on p.account_id = i.account_id and p.id = i.party_id
   where i.account_id = invitation_for_mail.account_id and i.id = invitation_for_mail.invitation_id
$$;

-- Sign out: ends the one session whose secret the caller holds.
create or replace function access.end_my_session(token_hash bytea) returns void
  language sql security definer set search_path = pg_catalog as $$
  delete from identity.sessions s
   where s.token_hash = end_my_session.token_hash and s.account_id = app.account_id() and s.member_id = app.member_id() and s.purpose = 'web'
$$;

-- Deletes sessions and one-time links that are over (a view at once), and attempts to sign in that no throttle counts any more.
create or replace function access.sweep() returns void
  language sql security definer set search_path = pg_catalog as $$
  delete from identity.sessions s where s.expires_at < app.now() - case s.purpose when 'view' then interval '0' else interval '1 day' end;
  delete from identity.one_time_tokens t where t.expires_at < app.now() - interval '30 days';
  delete from identity.attempts a where a.at < app.now() - interval '1 day';
  delete from identity.challenges c where c.expires_at < app.now();
  delete from identity.notices n where n.created_at < app.now() - interval '30 days';
  delete from identity.devices d where d.seen_at < app.now() - interval '400 days';
$$;
