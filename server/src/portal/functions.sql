-- The customer portal's addresses: which account a request is for, before anybody is anybody.

-- The portal name that an account's name gives, that nobody has yet.
create or replace function portal.free_slug(name text) returns text
  language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  -- Without accents, the rest as hyphens.
  plain constant text := trim(both '-' from left(trim(both '-' from regexp_replace(lower(
    regexp_replace(normalize(free_slug.name, NFKD), '[\u0300-\u036f]', '', 'g')), '[^a-z0-9]+', '-', 'g')), 32));
  wanted constant text := case when length(plain) < 2 then 'portal' else plain end;
  tried text := wanted;
begin
  for n in 2 .. 100000 loop
    exit when not exists (select from portal.portals p where p.slug = tried);
    tried := wanted || '-' || n;
  end loop;
  return tried;
end $$;

-- Gives an account its portal; what was there stays. Of two accounts of one name at once, the second tries the next.
create or replace function portal.open_portal(account uuid) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  while not exists (select from portal.portals p where p.account_id = open_portal.account) loop
    insert into portal.portals (account_id, slug)
    select a.id, portal.free_slug(a.name) from access.accounts a where a.id = open_portal.account
    on conflict do nothing;
  end loop;
  insert into portal.brands (account_id) values (open_portal.account) on conflict do nothing;
end $$;

-- Accounts from before there were portals.
select portal.open_portal(a.id) from access.accounts a;

-- Whose portal answers under a default address (slug), or under a host name that was verified. Identity login.
drop function if exists portal.at(text, text);
create or replace function portal.at(slug text, host text) returns table (account_id uuid, address text, name text)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.account_id, 'p/' || p.slug, access.known_as(p.account_id, 'client') from portal.portals p where p.slug = at.slug and at.host is null
  union all
  select p.account_id, p.domain, access.known_as(p.account_id, 'client') from portal.portals p where p.domain = at.host and p.verified_at is not null and at.slug is null
$$;

-- Whether a host name that was shown to be an account's is used: names flap, so one is let go only when DNS has missed it for three days.
create or replace function portal.is_used(verified_at timestamptz, failing_since timestamptz) returns boolean
  language sql stable set search_path = pg_catalog as $$
  select verified_at is not null and (failing_since is null or failing_since > app.now() - interval '72 hours')
$$;

-- Where links lead clients of an account: its own host name while that is used, else its portal name. Identity login and worker.
create or replace function portal.address_of(account_id uuid) returns table (slug text, domain text)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.slug, case when portal.is_used(p.verified_at, p.failing_since) then p.domain end
    from portal.portals p where p.account_id = address_of.account_id
$$;

-- The same for who is invited, where he is invited as a client. Worker, and staff for what their own account sends.
create or replace function portal.address_of_invitation(account_id uuid, invitation_id uuid) returns table (slug text, domain text)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.slug, p.domain from access.invitations i
    join access.roles r on r.account_id = i.account_id and r.id = i.role_id, portal.address_of(i.account_id) p
   where i.account_id = address_of_invitation.account_id and i.id = address_of_invitation.invitation_id and r.audience = 'client'
     and (app.account_id() is null or app.account_id() = i.account_id)
$$;

-- Where the mail about somebody himself leads him: to the portal, where he is a client of the account it goes out for. Worker.
create or replace function portal.address_of_notice(account_id uuid, notice_id uuid) returns table (slug text, domain text)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.slug, p.domain from identity.notices n
    join access.members m on m.user_id = n.user_id and m.account_id = address_of_notice.account_id and m.audience = 'client'
   cross join portal.address_of(m.account_id) p
   where n.id = address_of_notice.notice_id
$$;

-- How a portal shows itself to who is not signed in. Identity login and worker.
create or replace function portal.face_of(account_id uuid)
  returns table (name text, color text, sender text, locale text, welcome text, support text, footer text, images jsonb)
  language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(nullif(b.name, ''), a.name), b.color, coalesce(nullif(b.sender, ''), nullif(b.name, ''), a.name), b.locale,
         b.welcome, b.support, b.footer,
         (select coalesce(jsonb_object_agg(i.kind, i.hash), '{}') from portal.images i where i.account_id = b.account_id)
    from portal.brands b join access.accounts a on a.id = b.account_id where b.account_id = face_of.account_id
$$;

-- What stands on paper that clients or their buyers get: the portal's name, and its logo where a printer of PDFs knows that kind of picture.
create or replace function portal.letterhead() returns table (name text, logo bytea)
  language sql stable security definer set search_path = pg_catalog as $$
  select access.known_as(app.account_id(), 'client'),
         (select i.bytes from portal.images i
           where i.account_id = app.account_id() and i.kind = 'logo-light' and i.media_type in ('image/png', 'image/jpeg'))
$$;

-- Which of these fulfillment orders are of clients, of those that the caller reads.
create or replace function portal.of_clients(fulfillment_orders uuid[]) returns uuid[]
  language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(f.id), '{}')
    from fulfillment.fulfillment_orders f
    join channels.stores s on s.account_id = f.account_id and s.id = f.store_id and s.client_party_id is not null
   where f.account_id = app.account_id() and f.id = any (of_clients.fulfillment_orders)
     and case app.audience() when 'supplier' then f.supplier_id = app.party_where_may('queue:read')
              else app.audience() = 'staff' and app.may('fulfillment:read') and (app.all_stores() or f.store_id = any (app.stores())) end
$$;

-- A picture of a portal, by its hash. Identity login.
create or replace function portal.image(account_id uuid, hash text) returns table (media_type text, bytes bytea)
  language sql stable security definer set search_path = pg_catalog as $$
  select i.media_type, i.bytes from portal.images i where i.account_id = image.account_id and i.hash = image.hash limit 1
$$;

-- Whether an account has shown that a host name is its own, and it is used. Identity login.
create or replace function portal.is_verified(domain text) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from portal.portals p where p.domain = is_verified.domain and portal.is_used(p.verified_at, p.failing_since))
$$;

-- The portal name of the caller's account, which is no secret.
create or replace function portal.my_slug() returns text
  language sql stable security definer set search_path = pg_catalog as $$
  select p.slug from portal.portals p where p.account_id = app.account_id()
$$;

-- Sets name and domain of the caller's portal, where this is still the version; asks for portal:manage. A new domain begins unproved.
-- Who was signed in at an address that is gone is signed out.
create or replace function portal.set_address(slug text, domain text, token text, version integer) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  was portal.portals;
begin
  if not app.may('portal:manage') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'portal:manage';
  end if;
  select * into was from portal.portals p
   where p.account_id = app.account_id() and p.version = set_address.version for update;
  if not found then
    return false;
  end if;
  if set_address.domain is distinct from was.domain
     and exists (select from portal.portals p where p.domain = set_address.domain and p.account_id <> was.account_id
                    and p.verified_at is not null and p.failing_since is null) then
    raise unique_violation using constraint = 'portals_by_domain';
  end if;
  update portal.portals p set slug = set_address.slug, version = p.version + 1 where p.account_id = was.account_id;
  if set_address.domain is distinct from was.domain then
    update portal.portals p set domain = set_address.domain, token = set_address.token, checked_at = null, missed = null,
           verified_at = null, failing_since = null where p.account_id = was.account_id;
    delete from identity.sessions s where s.account_id = was.account_id and s.door = was.account_id || ' ' || was.domain;
  end if;
  if set_address.slug <> was.slug then
    delete from identity.sessions s where s.account_id = was.account_id and s.door = was.account_id || ' p/' || was.slug;
  end if;
  return true;
end $$;

-- Writes down what a look at DNS found. Who proves a domain that fails where it was before takes it over. Worker, and the next.
create or replace function portal.note_check(account_id uuid, domain text, missed text) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if note_check.missed is null then
    delete from identity.sessions s using portal.portals p
     where p.domain = note_check.domain and p.account_id <> note_check.account_id and p.failing_since is not null
       and s.account_id = p.account_id and s.door = p.account_id || ' ' || p.domain;
    update portal.portals p set domain = null, token = null, checked_at = null, missed = null, verified_at = null, failing_since = null,
           version = p.version + 1
     where p.domain = note_check.domain and p.account_id <> note_check.account_id and p.failing_since is not null;
  end if;
  update portal.portals p
     set checked_at = app.now(), missed = note_check.missed, version = p.version + 1,
         verified_at = case when note_check.missed is null then coalesce(p.verified_at, app.now()) else p.verified_at end,
         failing_since = case when note_check.missed is not null and p.verified_at is not null then coalesce(p.failing_since, app.now()) end
   where p.account_id = note_check.account_id and p.domain = note_check.domain;
end $$;

-- The same for the caller's own; asks for portal:manage.
create or replace function portal.note_my_check(domain text, missed text) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.may('portal:manage') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'portal:manage';
  end if;
  perform portal.note_check(app.account_id(), note_my_check.domain, note_my_check.missed);
end $$;

-- Every host name that somebody has set, or of those the ones that DNS missed and that are used. Worker.
drop function if exists portal.domains_to_check();
create or replace function portal.domains_to_check(failing boolean) returns table (account_id uuid, domain text, token text)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.account_id, p.domain, p.token from portal.portals p
   where p.domain is not null and (not failing or (p.failing_since is not null and portal.is_used(p.verified_at, p.failing_since)))
   order by p.domain, p.account_id
$$;
