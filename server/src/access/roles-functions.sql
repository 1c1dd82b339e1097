-- Roles as data, and who owns an account. Roles are written by these functions alone: each asks who is asking, and keeps a role
-- between what it must and what it may hold. What refuses here was refused in words before; this is the lock behind.

-- What a role may hold: a built-in one its floor and whatever of its switches is on; one of the account's own no more than the
-- widest role of its audience that is not an administrator's, save that clients and their people may be left to it.
create or replace function access.role_may_hold(slug text, audience text, built_in boolean, permissions text[]) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(bool_and(case when role_may_hold.built_in
           then role_may_hold.permissions @> b.permissions and role_may_hold.permissions <@ (b.permissions || b.switches)
           else role_may_hold.permissions <@ (b.permissions || b.switches
             || case when b.audience = 'staff' then '{portal-users:manage}'::text[] else '{}' end) end), false)
    from app.built_in_roles b
   where b.slug = case when role_may_hold.built_in then role_may_hold.slug
                       when role_may_hold.audience = 'staff' then 'full-access'
                       when role_may_hold.audience = 'client' then 'client-admin' else 'supplier-manager' end
$$;

-- Raises unless the caller manages roles and holds every right in question himself. Rights of clients and suppliers are of another kind.
create or replace function access.check_role_rights(audience text, permissions text[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  missing text;
begin
  if not app.may('roles:manage') or app.audience() <> 'staff' then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'roles:manage';
  end if;
  if check_role_rights.audience = 'staff' then
    select word into missing from unnest(check_role_rights.permissions) word where not app.may(word) limit 1;
    if found then
      raise exception 'not permitted' using errcode = 'CD403', detail = missing;
    end if;
  end if;
end $$;

-- A role of the account's own, made from another whose audience it shares.
create or replace function access.add_role(id uuid, slug text, name text, description text, based_on text, permissions text[], second_factor boolean)
  returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  source access.roles;
begin
  select * into source from access.roles r
   where r.account_id = app.account_id() and r.slug = add_role.based_on and r.slug <> 'automation' and r.archived_at is null;
  perform access.check_role_rights(source.audience, add_role.permissions);
  if source.id is null or not access.role_may_hold(null, source.audience, false, add_role.permissions) then
    raise exception 'more than a role of this kind may hold' using errcode = 'CD409';
  end if;
  insert into access.roles (account_id, id, slug, name, description, audience, built_in, based_on, permissions, second_factor)
  values (app.account_id(), add_role.id, add_role.slug, add_role.name, add_role.description, source.audience, false, source.slug,
          add_role.permissions, add_role.second_factor);
end $$;

-- Changes a role whose rights the caller holds, before and after: his own can gain nothing. Of a built-in one only switches and the second factor change; its name is the program's.
-- False where somebody else was faster.
drop function if exists access.change_role(uuid, text, text, text[], boolean);
create or replace function access.change_role(id uuid, version integer, name text, description text, permissions text[],
    second_factor boolean) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  r access.roles;
begin
  select * into r from access.roles x where x.account_id = app.account_id() and x.id = change_role.id and x.archived_at is null for update;
  if r.version <> change_role.version then
    return false;
  end if;
  perform access.check_role_rights(r.audience, r.permissions || change_role.permissions);
  if r.id is null or r.slug = 'automation' or not access.role_may_hold(r.slug, r.audience, r.built_in, change_role.permissions) then
    raise exception 'this role cannot become that' using errcode = 'CD409';
  end if;
  update access.roles x
     set name = case when x.built_in then x.name else change_role.name end,
         description = case when x.built_in then x.description else change_role.description end,
         permissions = change_role.permissions, second_factor = change_role.second_factor, version = x.version + 1
   where x.account_id = r.account_id and x.id = r.id;
  return true;
end $$;

-- Puts a role of the account's own away. Nobody may have it; while it is looked at nobody gets it.
create or replace function access.archive_role(id uuid) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  r access.roles;
begin
  select * into r from access.roles x where x.account_id = app.account_id() and x.id = archive_role.id and x.archived_at is null for update;
  perform access.check_role_rights(r.audience, r.permissions);
  if r.id is null or r.built_in
     or exists (select from access.members m where m.account_id = r.account_id and m.role_id = r.id and m.deactivated_at is null)
     or exists (select from access.invitations i where i.account_id = r.account_id and i.role_id = r.id
                 and i.accepted_at is null and i.revoked_at is null and i.expires_at > app.now()) then
    raise exception 'somebody has this role' using errcode = 'CD409';
  end if;
  update access.roles x set archived_at = app.now(), version = x.version + 1 where x.account_id = r.account_id and x.id = r.id;
end $$;

-- Nobody gets, or comes back with, a role that was put away.
create or replace function access.refuse_archived_role() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform from access.roles r where r.account_id = new.account_id and r.id = new.role_id and r.archived_at is null for share;
  if not found then
    raise exception 'this role is archived' using errcode = 'CD409', detail = 'role_archived';
  end if;
  return new;
end $$;
drop trigger if exists refuse_archived_role on access.members;
create trigger refuse_archived_role before update of role_id, deactivated_at on access.members
  for each row when (new.deactivated_at is null) execute function access.refuse_archived_role();
drop trigger if exists refuse_archived_role on access.invitations;
create trigger refuse_archived_role before insert or update of role_id on access.invitations
  for each row execute function access.refuse_archived_role();

-- The owner stays what he is, whoever asks, himself too: only handing the account on changes that.
create or replace function access.keep_the_owner() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  -- One at a time in an account, from here on: handing it on waits for this change, or this one sees that it was handed on.
  perform from access.accounts a where a.id = old.account_id for no key update;
  if exists (select from access.accounts a where a.id = old.account_id and a.owner_id = old.id)
     and (new.role_id <> old.role_id or new.deactivated_at is not null or new.valid_from is not null or new.valid_until is not null
          or new.hours is not null or new.own_only
          or not (new.all_stores and new.all_warehouses and new.all_clients and new.all_suppliers)) then
    raise exception 'the owner stays' using errcode = 'CD409', detail = 'owner_protected';
  end if;
  return new;
end $$;
drop trigger if exists keep_the_owner on access.members;
create trigger keep_the_owner before update of role_id, deactivated_at, valid_from, valid_until, hours, own_only, all_stores,
  all_warehouses, all_clients, all_suppliers on access.members for each row when (old.kind = 'person') execute function access.keep_the_owner();

-- Whether a member may own the account: an active administrator whom nothing limits.
create or replace function access.may_own(m access.members) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select m.kind = 'person' and m.deactivated_at is null and m.valid_from is null and m.valid_until is null and m.hours is null
     and not m.own_only and m.all_stores and m.all_warehouses and m.all_clients and m.all_suppliers
     and exists (select from access.roles r where r.account_id = m.account_id and r.id = m.role_id and r.slug = 'administrator')
$$;

-- The owner offers his account to another administrator, for seven days; an earlier offer is over. False: that member cannot own it.
create or replace function access.offer_ownership(member_id uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform from access.accounts a where a.id = app.account_id() and a.owner_id = app.member_id() for no key update;
  if not found then
    raise exception 'only the owner' using errcode = 'CD409', detail = 'owner_protected';
  end if;
  perform from access.members m
   where m.account_id = app.account_id() and m.id = offer_ownership.member_id and m.id <> app.member_id() and access.may_own(m);
  if not found then
    return false;
  end if;
  insert into access.ownership_offers (account_id, member_id, offered_by, expires_at)
  values (app.account_id(), offer_ownership.member_id, app.member_id(), app.now() + interval '7 days')
  on conflict (account_id) do update
    set member_id = excluded.member_id, offered_by = excluded.offered_by, offered_at = app.now(), expires_at = excluded.expires_at;
  return true;
end $$;

-- He to whom it was offered takes it, while the one who offered it is still the owner. Returns who owned it; null: there is no offer.
create or replace function access.accept_ownership() returns uuid
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  former uuid;
begin
  select a.owner_id into former from access.accounts a where a.id = app.account_id() for no key update;
  perform from access.members m where m.account_id = app.account_id() and m.id = app.member_id() and access.may_own(m) for update;
  if not found then
    return null;
  end if;
  delete from access.ownership_offers o
   where o.account_id = app.account_id() and o.member_id = app.member_id() and o.offered_by = former and o.expires_at > app.now();
  if not found then
    return null;
  end if;
  update access.accounts a set owner_id = app.member_id() where a.id = app.account_id();
  return former;
end $$;

-- Either of both takes the offer back or declines it. False: there is none of theirs.
create or replace function access.withdraw_ownership() returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from access.ownership_offers o where o.account_id = app.account_id() and app.member_id() in (o.member_id, o.offered_by);
  return found;
end $$;
