-- A client lets the host look. Nobody reads or writes the grants but through these; access.may_view asks the table at every request
-- of a view.

-- Allows it for so many hours from now, with the caller's own rights; what he had allowed before ends. For who may assist:grant.
create or replace function portal.grant_assist(id uuid, hours integer, note text) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if app.audience() is distinct from 'client' or not app.may('assist:grant') or app.via() <> 'hand' then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'assist:grant';
  end if;
  if hours not between 1 and 72 then
    raise exception 'not so many hours' using errcode = '22003';
  end if;
  perform portal.end_assist();
  insert into portal.assists (account_id, id, client_id, member_id, granted_by, note, until)
  values (app.account_id(), grant_assist.id, app.party_id(), app.member_id(), app.actor_name(), btrim(note), app.now() + make_interval(hours => hours));
end $$;

-- Ends what the caller's company allows, whoever of it allowed it: the next request of every view is refused. Says how many it were.
create or replace function portal.end_assist() returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  ended integer;
begin
  if app.audience() is distinct from 'client' or not app.may('assist:grant') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'assist:grant';
  end if;
  update portal.assists a set ended_at = app.now()
   where a.account_id = app.account_id() and a.client_id = app.party_id() and a.ended_at is null and a.until > app.now();
  get diagnostics ended = row_count;
  return ended;
end $$;

-- What the caller's company allowed, the latest first, and who looked at which pages meanwhile.
create or replace function portal.my_assists()
  returns table (id uuid, granted_by text, note text, granted_at timestamptz, until timestamptz, ended_at timestamptz, looks jsonb)
  language sql stable security definer set search_path = pg_catalog as $$
  select a.id, a.granted_by, a.note, a.granted_at, a.until, a.ended_at, coalesce(l.looks, '[]')
    from portal.assists a
    left join lateral (
      select jsonb_agg(x.look order by x.at desc) as looks from (
        select e.at, jsonb_build_object('by', e.actor, 'at', e.at, 'page', coalesce(v.changes->>'looked', ''), 'of', v.changes->>'of') as look
          from access.audit e
          left join access.audit_values v on v.account_id = e.account_id and v.audit_id = e.id
         where e.account_id = a.account_id and e.subject_kind = 'member' and e.subject_id = a.member_id
           and e.action in ('view.started', 'view.looked') and e.at between a.granted_at and coalesce(a.ended_at, a.until)
         order by e.at desc limit 200) x) l on true
   where a.account_id = app.account_id() and a.client_id = app.party_id() and app.audience() = 'client' and app.may('assist:grant')
   order by a.granted_at desc, a.id desc limit 20
$$;

-- Whether a client allows to look now, for who may and has access to what it sees.
create or replace function portal.assist_of(client_id uuid)
  returns table (member_id uuid, granted_by text, note text, until timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select a.member_id, a.granted_by, a.note, a.until
    from portal.assists a
   where a.account_id = app.account_id() and a.client_id = assist_of.client_id
     and app.audience() = 'staff' and app.may('assist:look') and access.may_view(a.account_id, app.member_id(), a.member_id)
   order by a.granted_at desc limit 1
$$;
