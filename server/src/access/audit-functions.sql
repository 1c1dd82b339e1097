-- The audit record: the doors by which an entry is written, and who may read what of it.

-- Writes one entry of the audit record. What changed goes apart, salted; the entry keeps a commitment of each value. No login
-- may call it: the doors below do, each for the one it knows.
create or replace function access.write_audit(account_id uuid, id uuid, member_id uuid, via text, action text, outcome text,
    subject_kind text, subject_id uuid, request_id text, changes jsonb) returns void
  language sql security definer set search_path = pg_catalog as $$
  with secret as (select uuid_send(gen_random_uuid()) as salt),
  entry as (
    insert into access.audit (account_id, id, member_id, actor, role, via, action, outcome, subject_kind, subject_id, request_id,
                              order_id, store_id, party_id, fields)
    select write_audit.account_id, write_audit.id, write_audit.member_id, coalesce(m.name, 'Command line'), coalesce(r.slug, ''),
           write_audit.via, write_audit.action, write_audit.outcome, write_audit.subject_kind, write_audit.subject_id,
           write_audit.request_id, about.order_id, about.store_id, m.party_id,
           coalesce((select jsonb_object_agg(c.key, encode(sha256(salt || convert_to(c.key || E'\n' || c.value::text, 'UTF8')), 'hex'))
                       from jsonb_each(write_audit.changes) c), '{}')
      from secret
      left join access.members m on m.account_id = write_audit.account_id and m.id = write_audit.member_id
      left join access.roles r on r.account_id = m.account_id and r.id = m.role_id
      left join lateral (
        select o.id as order_id, o.store_id from orders.orders o
         where write_audit.subject_kind = 'order' and o.account_id = write_audit.account_id and o.id = write_audit.subject_id
        union all
        select f.order_id, f.store_id from fulfillment.fulfillment_orders f
         where write_audit.subject_kind = 'fulfillment_order' and f.account_id = write_audit.account_id and f.id = write_audit.subject_id
      ) about on true
    returning audit.account_id, audit.id)
  insert into access.audit_values (account_id, audit_id, salt, changes)
  select entry.account_id, entry.id, salt, write_audit.changes from entry, secret where write_audit.changes <> '{}'
$$;

-- The entry of who is asking, in his own transaction: who he is, nobody can say but the context.
create or replace function access.record(id uuid, action text, outcome text, subject_kind text, subject_id uuid, request_id text,
    changes jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if app.member_id() is null then
    raise exception 'not signed in' using errcode = 'CD401';
  end if;
  perform access.write_audit(app.account_id(), record.id, app.member_id(), app.via(), record.action, record.outcome,
    record.subject_kind, record.subject_id, record.request_id, record.changes);
end $$;

-- Looks at personal data, noted by the server a moment ago: each an entry of who looked, one a person, record and hour. Worker.
create or replace function access.record_reads(reads jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  r record;
  entry uuid;
begin
  for r in select x.* from jsonb_to_recordset(reads) as x ("accountId" uuid, "memberId" uuid, via text, action text, kind text,
             "subjectId" uuid, "requestId" text, "asWhom" text)
             join access.members m on m.account_id = x."accountId" and m.id = x."memberId" loop
    entry := case when r."subjectId" is null then gen_random_uuid()
      else md5(concat_ws('|', r."memberId", r.action, r."subjectId", date_trunc('hour', app.now())))::uuid end;
    if not exists (select from access.audit a where a.account_id = r."accountId" and a.id = entry) then
      perform access.write_audit(r."accountId", entry, r."memberId", r.via, r.action, 'done', r.kind, r."subjectId", r."requestId",
        case when r."asWhom" is null then '{}'::jsonb else jsonb_build_object('asWhom', r."asWhom") end);
    end if;
  end loop;
end $$;

-- Whose history who reads only what is on records of his may look at: of the kinds of things that he may see. Orders and their
-- fulfillment orders are narrowed further, to his slice.
create or replace function access.kinds_of_history() returns text[]
  language sql stable parallel restricted set search_path = pg_catalog as $$
  select coalesce(array_agg(k.kind), '{}')
    from (values ('product', 'products:read'), ('rule', 'rules:read'), ('supplier', 'suppliers:read'), ('member', 'users:read'),
                 ('invitation', 'users:read'), ('role', 'users:read')) as k (kind, word)
   where app.may('audit:own-records') and app.may(k.word) and not (k.kind = 'supplier' and app.confined())
$$;

-- A confined person reads the history of the suppliers he reaches.
create or replace function access.suppliers_of_history() returns uuid[]
  language sql stable parallel restricted set search_path = pg_catalog as $$
  select case when app.may('audit:own-records') then app.reach('party', 'suppliers:read') else '{}' end
$$;

-- Whether he may read everything an entry says of old and new. What is not named here is for who reads the whole record.
create or replace function access.may_read_changes(changes jsonb) returns boolean
  language sql stable parallel restricted set search_path = pg_catalog as $$
  select not exists (
    select from jsonb_object_keys(changes) as field
     where not app.may(case
       when field in ('reason', 'units', 'until', 'tag', 'tags', 'side', 'visibility', 'issue', 'service', 'shipBy', 'deliverBy', 'priority',
                      'carrier', 'trackingNumber', 'number', 'position', 'sku', 'name', 'description', 'archived', 'assignee',
                      'version', 'barcode', 'barcodes', 'weightGrams', 'weighed', 'discontinued', 'locale') then 'audit:own-records'
       when field in ('condition', 'actions', 'stopAfter', 'enabled', 'from', 'to', 'rule') then 'rules:read'
       when field ~ '^recipient\.' or field in ('buyerNote', 'giftText') then 'orders:recipient'
       when field ~ '^contact\.' then 'orders:contact'
       when field = 'price' then 'products:prices'
       when field = 'cost' then 'products:costs'
       else 'audit:read' end))
$$;
