-- A fulfillment order can be given to one person of its fulfiller: of the house where a warehouse has it, of the supplier where he
-- has it. Whoever sees only what is his own sees it from then on.

-- Those whom the caller may give something to: for the house its own people and those of suppliers, as far as he reaches them; for
-- a supplier his own.
create or replace function fulfillment.assignees() returns table (id uuid, name text, supplier_id uuid)
  language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not (app.may('fulfillment:assign') or app.may('queue:assign')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:assign';
  end if;
  return query
    select m.id, m.name, m.party_id from access.members m
      join access.roles r on r.account_id = m.account_id and r.id = m.role_id
      left join access.parties p on p.account_id = m.account_id and p.id = m.party_id
     where m.account_id = app.account_id() and m.kind = 'person' and m.deactivated_at is null and p.archived_at is null
       and coalesce(m.valid_until > app.now(), true)
       and case m.audience when 'staff' then app.party_id() is null and 'fulfillment:read' = any (r.permissions)
                           when 'supplier' then case when app.party_id() is not null then m.party_id = app.party_id()
                                else not app.confined() or m.party_id = any (app.reach('party', 'fulfillment:assign')) end and 'queue:read' = any (r.permissions)
                           else false end
     order by m.party_id is not null, lower(m.name), m.id;
end $$;

-- Gives fulfillment orders that the caller reaches to a person of their fulfiller, or, with null, to nobody.
create or replace function fulfillment.set_assignee(fulfillment_order_ids uuid[], member_id uuid) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not (app.may('fulfillment:assign') or app.may('queue:assign')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:assign';
  end if;
  update fulfillment.fulfillment_orders f
     set assignee_member_id = set_assignee.member_id, version = f.version + 1,
         assignee_name = coalesce((select a.name from fulfillment.assignees() a where a.id = set_assignee.member_id), '')
   where f.account_id = (select app.account_id()) and f.id = any (fulfillment_order_ids) and fulfillment.is_mine(f)
     and f.state in ('open', 'released', 'picking', 'packed', 'offered', 'accepted')
     and (set_assignee.member_id is null or exists (
       select from fulfillment.assignees() a where a.id = set_assignee.member_id and a.supplier_id is not distinct from f.supplier_id));
end $$;
