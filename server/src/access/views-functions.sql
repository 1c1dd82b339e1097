-- Looking as somebody: a session of purpose 'view' has the rights of the member looked at, in transactions that only read.

-- Whether a person may look with a member's rights, asked at every request of a view. With a client's rights where the client lets the
-- house look now, and by who may assist:look and has access to the client and to each store and warehouse which that member sees: looking
-- never shows him what his own access is without. With others' only he who is limited to nothing, manages users and holds every right
-- the member has. What a supplier sees is fulfillment orders with their recipients.
create or replace function access.may_view(account_id uuid, viewer_id uuid, member_id uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select exists (
    select from access.members v
      join access.roles vr on vr.account_id = v.account_id and vr.id = v.role_id
      join access.accounts a on a.id = v.account_id
      join access.members m on m.account_id = v.account_id and m.id = may_view.member_id
      join access.roles mr on mr.account_id = m.account_id and mr.id = m.role_id
     where v.account_id = may_view.account_id and v.id = may_view.viewer_id
       and v.kind = 'person' and v.audience = 'staff' and v.deactivated_at is null
       and (v.valid_from is null or v.valid_from <= app.now()) and (v.valid_until is null or v.valid_until > app.now())
       and (v.hours is null or app.within_hours(v.hours, a.timezone))
       and v.all_suppliers and not v.own_only
       and (m.audience = 'client' or (v.all_stores and v.all_clients and v.all_warehouses))
       and m.kind <> 'automation' and m.id <> v.id
       and case m.audience
             when 'client' then 'assist:look' = any (vr.permissions) and 'assist:grant' = any (mr.permissions) and m.kind = 'person' and exists (
               select from portal.assists x
                where x.account_id = m.account_id and x.client_id = m.party_id and x.member_id = m.id and x.ended_at is null and x.until > app.now())
               and (v.all_clients or m.party_id in (select c.client_id from access.member_clients c where c.account_id = v.account_id and c.member_id = v.id))
               and app.granted_stores(m) <@ app.granted_stores(v)
               and (v.all_warehouses or not exists (
                 select from stock.warehouses w
                  where w.account_id = m.account_id
                    and (m.all_warehouses or w.id in (select g.warehouse_id from access.member_warehouses g where g.account_id = m.account_id and g.member_id = m.id))
                    and w.id not in (select g.warehouse_id from access.member_warehouses g where g.account_id = v.account_id and g.member_id = v.id)))
             when 'staff' then 'users:manage' = any (vr.permissions) and mr.permissions <@ vr.permissions
             when 'supplier' then 'users:manage' = any (vr.permissions) and array['suppliers:read', 'fulfillment:read', 'orders:recipient', 'orders:contact'] <@ vr.permissions
             else false
           end)
$$;
drop function if exists access.may_view(uuid, uuid, text);

-- A member who is nobody, to look as a role, with a scope or without; he goes with the view. For who may manage users, by hand.
drop function if exists access.add_preview(uuid, text, uuid, uuid);
create or replace function access.add_preview(member_id uuid, name text, role_id uuid, party_id uuid, scope jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.may('users:manage') or app.via() <> 'hand' then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'users:manage';
  end if;
  insert into access.members (account_id, id, kind, name, audience, role_id, party_id, all_stores, all_warehouses)
  select r.account_id, add_preview.member_id, 'preview', add_preview.name, r.audience, r.id, p.id, r.audience = 'staff', r.audience = 'staff'
    from access.roles r
    left join access.parties p on p.account_id = r.account_id and p.id = add_preview.party_id and p.kind = r.audience
   where r.account_id = app.account_id() and r.id = add_preview.role_id and r.audience <> 'client';
  if scope is not null then
    perform access.set_scope(app.account_id(), add_preview.member_id, scope);
  end if;
end $$;

-- Opens a view within the caller's own session; false: he may not look with those rights, which is asked again at every request.
create or replace function access.start_view(token_hash bytea, session_id uuid, member_id uuid, lasts interval, agent text) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not (app.may('users:manage') or app.may('assist:look')) or app.via() <> 'hand' then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'users:manage';
  end if;
  if not access.may_view(app.account_id(), app.member_id(), start_view.member_id) then
    return false;
  end if;
  insert into identity.sessions (token_hash, purpose, account_id, member_id, viewer_id, within, user_agent, expires_at)
  select start_view.token_hash, 'view', s.account_id, start_view.member_id, s.member_id, s.id, start_view.agent,
         least(s.expires_at, app.now() + least(start_view.lasts, interval '30 minutes'))
    from identity.sessions s
   where s.account_id = app.account_id() and s.member_id = app.member_id() and s.id = start_view.session_id and s.purpose = 'web';
  if not found then
    raise exception 'not signed in' using errcode = 'CD401';
  end if;
  return true;
end $$;

-- Ends a view of the caller's. Says whose rights those were; no row: it had ended before.
create or replace function access.end_view(token_hash bytea) returns table (member_id uuid, name text, role text)
  language sql security definer set search_path = pg_catalog as $$
  with ended as (
    delete from identity.sessions s
     where s.token_hash = end_view.token_hash and s.purpose = 'view' and s.account_id = app.account_id() and s.viewer_id = app.member_id()
    returning s.account_id, s.member_id)
  select m.id, m.name, r.slug from ended
    join access.members m on m.account_id = ended.account_id and m.id = ended.member_id
    join access.roles r on r.account_id = m.account_id and r.id = m.role_id
$$;

-- A preview goes with its view, whichever way that went.
create or replace function access.remove_preview() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from access.members m where m.account_id = old.account_id and m.id = old.member_id and m.kind = 'preview';
  return null;
end $$;
drop trigger if exists remove_preview on identity.sessions;
create trigger remove_preview after delete on identity.sessions
  for each row when (old.purpose = 'view') execute function access.remove_preview();
