-- Sign-in by an account's own provider. What the provider says was checked before; here it is decided what it is worth: a place
-- of the house in that one account, never an existing person elsewhere.

-- What the identity login must know to ask a provider; no row: unknown or off.
create or replace function access.provider_of(account uuid, provider uuid)
  returns table (name text, issuer text, client_id text, secret bytea, scopes text, group_claim text, version integer)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.name, p.issuer, p.client_id, p.secret, p.scopes, p.group_claim, p.version from access.identity_providers p
   where p.account_id = account and p.id = provider and p.disabled_at is null
$$;

-- What the page of signing in offers for an account, which it names by its id, or for a domain: there, the provider of the one
-- account that claims it and has somebody of it among its own staff. Nothing about an address is asked, so nothing about one is told.
create or replace function access.providers_offered(account uuid, domain text) returns table (account_id uuid, id uuid, name text)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.account_id, p.id, p.name from access.identity_providers p
   where p.disabled_at is null
     and (p.account_id = account
          or lower(domain) = any (p.domains)
             and exists (select from access.members m
                          where m.account_id = p.account_id and m.kind = 'person' and m.audience = 'staff' and m.deactivated_at is null
                            and split_part(lower(m.email), '@', 2) = lower(domain))
             and not exists (select from access.identity_providers x
                              where x.account_id <> p.account_id and x.disabled_at is null and lower(domain) = any (x.domains)))
   order by lower(p.name)
$$;
drop function if exists access.providers_offered(uuid);

-- The sessions that a provider began end when it is switched off or removed, whoever does it and however.
create or replace function access.end_sessions_of_provider() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from identity.sessions s where s.account_id = old.account_id and s.provider_id = old.id;
  return null;
end $$;
drop trigger if exists switched_off on access.identity_providers;
create trigger switched_off after update of disabled_at on access.identity_providers
  for each row when (new.disabled_at is not null) execute function access.end_sessions_of_provider();
drop trigger if exists removed on access.identity_providers;
create trigger removed after delete on access.identity_providers
  for each row execute function access.end_sessions_of_provider();

-- Whether this member signs in by his account's provider alone: staff of its domains, save the owner, who must get in when it fails.
create or replace function access.must_use_provider(account uuid, member_id uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select exists (
    select from access.members m
      join identity.users u on u.id = m.user_id
      join access.accounts a on a.id = m.account_id
      join access.identity_providers p on p.account_id = m.account_id
     where m.account_id = account and m.id = must_use_provider.member_id and m.audience = 'staff' and a.owner_id is distinct from m.id
       and p.required and p.disabled_at is null and split_part(u.email_key, '@', 2) = any (p.domains))
$$;

-- The role that a provider's groups give: of the first group on its list that the person is in.
create or replace function access.role_of_groups(p access.identity_providers, groups text[]) returns uuid
  language sql stable set search_path = pg_catalog as $$
  select r.id from jsonb_array_elements(p.group_roles) with ordinality as g (entry, place)
    join access.roles r on r.account_id = p.account_id and r.id = (g.entry ->> 'roleId')::uuid
   where g.entry ->> 'group' = any (groups) and r.audience = 'staff' and r.archived_at is null
   order by g.place limit 1
$$;

-- A new person without a password, in the place he was invited to, or that people of his domain get. Null: there is none.
create or replace function access.seat_newcomer(p access.identity_providers, email text, name text, role_id uuid) returns uuid
  language plpgsql set search_path = pg_catalog as $$
declare
  person constant uuid := gen_random_uuid();
  seat constant uuid := gen_random_uuid();
  invited access.invitations;
  given uuid;
begin
  update access.invitations i set accepted_at = app.now()
    from access.roles r
   where i.account_id = p.account_id and lower(i.email) = lower(seat_newcomer.email) and r.account_id = i.account_id and r.id = i.role_id
     and r.audience = 'staff' and i.accepted_at is null and i.revoked_at is null and i.expires_at > app.now()
  returning i.* into invited;
  given := coalesce(seat_newcomer.role_id, invited.role_id,
                    case when split_part(lower(seat_newcomer.email), '@', 2) = any (p.domains) then p.default_role_id end);
  if given is null or (invited.id is null and not split_part(lower(seat_newcomer.email), '@', 2) = any (p.domains)) then
    return null;
  end if;
  update identity.one_time_tokens t set used_at = app.now()
   where t.account_id = invited.account_id and t.invitation_id = invited.id and t.used_at is null;
  insert into identity.users (id, email, email_key, name, locale)
  values (person, seat_newcomer.email, lower(seat_newcomer.email),
          coalesce(nullif(seat_newcomer.name, ''), nullif(invited.name, ''), seat_newcomer.email), coalesce(invited.locale, 'en'));
  insert into access.members (account_id, id, kind, user_id, name, email, audience, role_id, batch)
  select p.account_id, seat, 'person', u.id, u.name, u.email, 'staff', given, invited.batch from identity.users u where u.id = person;
  if invited.grants <> '{}' then
    perform access.set_scope(p.account_id, seat, invited.grants);
  end if;
  perform access.write_audit(p.account_id, gen_random_uuid(), seat, 'sso',
    case when invited.id is null then 'member.joined' else 'invitation.accepted' end, 'done',
    case when invited.id is null then 'member' else 'invitation' end, coalesce(invited.id, seat), null,
    jsonb_build_object('provider', p.name));
  return person;
end $$;

-- Gives a member the role of his groups, where his present one is a matter of groups at all or they name another; never the
-- owner's, and never the last administrator's. False: his groups give him nothing any more.
create or replace function access.follow_groups(p access.identity_providers, m access.members, mapped uuid, request_id text) returns boolean
  language plpgsql set search_path = pg_catalog as $$
declare
  by_groups constant boolean := exists (select from jsonb_array_elements(p.group_roles) g where (g ->> 'roleId')::uuid = m.role_id);
  next uuid := coalesce(mapped, case when by_groups then p.default_role_id else m.role_id end);
begin
  if p.group_claim = '' or exists (select from access.accounts a where a.id = m.account_id and a.owner_id = m.id) then
    return true;
  end if;
  if next is null then
    return false;
  end if;
  if next <> m.role_id then
    begin
      update access.members x set role_id = next, version = x.version + 1 where x.account_id = m.account_id and x.id = m.id;
      perform access.write_audit(m.account_id, gen_random_uuid(), m.id, 'sso', 'member.role-changed', 'done', 'member', m.id,
        follow_groups.request_id, jsonb_build_object('role', jsonb_build_array(
          (select r.slug from access.roles r where r.account_id = m.account_id and r.id = m.role_id),
          (select r.slug from access.roles r where r.account_id = m.account_id and r.id = next)), 'provider', p.name));
    exception when sqlstate 'CD409' then
      null; -- the last administrator stays one
    end;
  end if;
  return true;
end $$;

-- Who comes in by a provider, and where: or why not. `linking` is the person who is signed in here and joins the two. Identity login.
create or replace function access.enter_by_provider(account uuid, provider uuid, subject text, email text, name text, groups text[],
    linking uuid, request_id text, out outcome text, out person_id uuid, out seat_id uuid)
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  p access.identity_providers;
  m access.members;
  mapped uuid;
begin
  select * into p from access.identity_providers x
   where x.account_id = account and x.id = provider and x.disabled_at is null for update;
  if not found then
    outcome := 'off';
    return;
  end if;
  mapped := access.role_of_groups(p, groups);
  select x.user_id into person_id from identity.external_identities x
   where x.account_id = account and x.provider_id = provider and x.subject = enter_by_provider.subject;
  if person_id is null and linking is not null then
    select u.id into person_id from identity.users u where u.id = linking and u.email_key = lower(enter_by_provider.email);
    if person_id is null then
      outcome := 'other_address';
      return;
    end if;
  elsif person_id is null then
    if exists (select from identity.users u where u.email_key = lower(enter_by_provider.email)) then
      outcome := 'known_address';
      return;
    end if;
    person_id := access.seat_newcomer(p, enter_by_provider.email, enter_by_provider.name, mapped);
  elsif linking is not null and person_id <> linking then
    outcome := 'other_address';
    return;
  end if;
  select * into m from access.members x
   where x.account_id = account and x.user_id = person_id and x.audience = 'staff' and x.deactivated_at is null
     and (x.valid_from is null or x.valid_from <= app.now()) and (x.valid_until is null or x.valid_until > app.now());
  if m.id is null then
    outcome := 'no_place';
    return;
  end if;
  if not access.follow_groups(p, m, mapped, request_id) then
    outcome := 'no_group';
    return;
  end if;
  insert into identity.external_identities (account_id, provider_id, subject, user_id)
  values (account, provider, enter_by_provider.subject, person_id) on conflict do nothing;
  outcome := 'in';
  seat_id := m.id;
end $$;

-- The places of the caller, by their person.
create or replace function access.my_places()
  returns table (member_id uuid, account_name text, party_name text, role_slug text, role_name text, audience text)
  language sql stable security definer set search_path = pg_catalog as $$
  select x.member_id, x.account_name, x.party_name, x.role_slug, x.role_name, x.audience
    from access.members m, access.places_of(m.user_id) x
   where m.account_id = app.account_id() and m.id = app.member_id() and m.user_id is not null
     -- A portal leads nowhere else, and nothing else into a portal.
     and case when app.audience() = 'client' then x.audience = 'client' and x.account_id = m.account_id else x.audience <> 'client' end
$$;
drop function if exists access.must_use_provider(uuid);
