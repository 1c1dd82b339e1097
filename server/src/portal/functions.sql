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
create or replace function portal.at(slug text, host text) returns table (account_id uuid, address text)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.account_id, 'p/' || p.slug from portal.portals p where p.slug = at.slug and at.host is null
  union all
  select p.account_id, p.domain from portal.portals p where p.domain = at.host and p.verified_at is not null and at.slug is null
$$;

-- Where links lead clients of an account: its own host name while that works, else its portal name. Identity login and worker.
create or replace function portal.address_of(account_id uuid) returns table (slug text, domain text)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.slug, case when p.verified_at is not null and p.failing_since is null then p.domain end
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
