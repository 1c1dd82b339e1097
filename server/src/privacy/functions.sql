-- What fades and what is erased reaches tables that no login may change; each function says who may call it.

-- A supplier has no use for an address three months after he shipped: every account begins with that rule.
create or replace function privacy.first_rule() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into privacy.retention (account_id, id, what, days, updated_by)
  values (new.id, gen_random_uuid(), 'supplier_copy', 90, 'Crossdock');
  return null;
end $$;
drop trigger if exists first_rule on access.accounts;
create trigger first_rule after insert on access.accounts for each row execute function privacy.first_rule();

-- The files of order imports, whoever brought them: a buyer may stand in any.
create or replace function privacy.import_files()
  returns table (import_id uuid, file_id uuid, store_id uuid, format jsonb, mapping jsonb, state text, checkpoint integer)
  language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not app.may('privacy:manage') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'privacy:manage';
  end if;
  return query select i.id, i.file_id, i.store_id, i.format, i.mapping, i.state, i.checkpoint
                 from intake.imports i where i.account_id = app.account_id() and i.kind = 'orders' order by i.id;
end $$;

-- What stood in these lines of a file is gone from it: and so from what was said about them. A check is to be made anew.
create or replace function privacy.forget_rows(import_id uuid, lines integer[], bytes bigint, sha256 text) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.may('privacy:manage') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'privacy:manage';
  end if;
  update intake.rejections r set value = '', params = '{}'
   where r.account_id = app.account_id() and r.import_id = forget_rows.import_id and r.line = any (lines);
  update intake.files f set bytes = forget_rows.bytes, sha256 = forget_rows.sha256
    from intake.imports i
   where i.account_id = app.account_id() and i.id = forget_rows.import_id and f.account_id = i.account_id and f.id = i.file_id;
  update intake.imports i set state = 'uploaded', survey = null
   where i.account_id = app.account_id() and i.id = forget_rows.import_id and i.state = 'checked';
end $$;

-- Whether a text names somebody: holds one of these words, in whatever case.
create or replace function privacy.names(body text, words text[]) returns boolean
  language sql immutable set search_path = pg_catalog as $$
  select body <> '' and exists (select from unnest(words) w where position(w in lower(body)) > 0)
$$;

-- Takes the words of people out of what these orders are found by: what is left comes from numbers and SKUs.
create or replace function privacy.drop_words(account_id uuid, order_ids uuid[], parts uuid[]) returns void
  language sql security definer set search_path = pg_catalog as $$
  delete from orders.search_words w using orders.orders o
   where o.account_id = drop_words.account_id and o.id = any (order_ids) and w.account_id = o.account_id and w.order_id = o.id
     and (w.class <> 'public' or position(w.word in lower(normalize(o.number, nfkd))) = 0 and not exists (
           select from orders.lines l where l.account_id = o.account_id and l.order_id = o.id
              and position(w.word in lower(regexp_replace(normalize(l.sku, nfkd), '[\u0300-\u036f]', '', 'g'))) > 0));
  delete from fulfillment.search_words w using fulfillment.fulfillment_orders f
   where f.account_id = drop_words.account_id and f.id = any (parts) and w.account_id = f.account_id and w.fulfillment_order_id = f.id
     and position(w.word in lower(normalize(f.number, nfkd))) = 0 and not exists (
           select from fulfillment.lines l where l.account_id = f.account_id and l.fulfillment_order_id = f.id
              and position(w.word in lower(regexp_replace(normalize(l.sku, nfkd), '[\u0300-\u036f]', '', 'g'))) > 0)
$$;

-- The values of audit entries about these things, or that name somebody, go with their salt. Returns the entries'.
create or replace function privacy.drop_audit_values(account_id uuid, subjects uuid[], words text[]) returns uuid[]
  language sql security definer set search_path = pg_catalog as $$
  with gone as (
    delete from access.audit_values v using access.audit a
     where a.account_id = drop_audit_values.account_id and v.account_id = a.account_id and v.audit_id = a.id
       and (a.subject_id = any (subjects) or privacy.names(v.changes::text, words))
       and a.action not in ('audit.values-erased')
    returning a.id)
  select coalesce(array_agg(id order by id), '{}') from gone
$$;

-- Erases the buyer of these orders, which have left or were cancelled, from every table: what he wrote and was written to,
-- what was written about him, and, by the words that name him, what stands elsewhere in free text. Numbers, amounts,
-- quantities and statuses stay. Returns the audit entries whose values are gone.
create or replace function privacy.erase(order_ids uuid[], words text[], erasure_id uuid, fingerprints text[]) returns uuid[]
  language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_variable
declare
  house uuid := app.account_id();
  mine uuid[];
  parts uuid[];
  mark constant text := '[erased]';
  -- What a story may go on telling: which part, how many, when.
  plain constant text[] := array['units', 'lines', 'fulfiller', 'fulfillmentOrder', 'onBehalf', 'carrier', 'fields', 'tag', 'until',
                                'visibility', 'issue'];
begin
  if not app.may('privacy:manage') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'privacy:manage';
  end if;
  select array_agg(o.id) into mine from (
    select o.id, o.status from orders.orders o
     where o.account_id = house and o.id = any (order_ids) and orders.sees(o.id, o.store_id) order by o.id for update) o
   where o.status in ('shipped', 'cancelled');
  if coalesce(cardinality(mine), 0) <> cardinality(order_ids) then
    raise exception 'open orders are shipped first' using errcode = 'CD409';
  end if;
  select coalesce(array_agg(f.id), '{}') into parts from fulfillment.fulfillment_orders f where f.account_id = house and f.order_id = any (mine);

  perform privacy.drop_words(house, mine, parts);
  update orders.orders o set buyer_note = '', gift_text = '', region = '', postcode = '', erased_at = app.now(), version = o.version + 1
   where o.account_id = house and o.id = any (mine);
  update orders.recipients r set buyer_name = '', name = '', company = '', line1 = '', line2 = '', line3 = '', city = '', kind = 'home',
         faded_at = app.now() where r.account_id = house and r.order_id = any (mine);
  update orders.contacts c set email = '', phone = '', faded_at = app.now() where c.account_id = house and c.order_id = any (mine);
  update fulfillment.fulfillment_orders f set region = '', postcode = '', version = f.version + 1 where f.account_id = house and f.id = any (parts);
  update fulfillment.recipients r set name = '', company = '', line1 = '', line2 = '', line3 = '', city = '', buyer_note = '',
         gift_text = '', faded_at = app.now() where r.account_id = house and r.fulfillment_order_id = any (parts);
  update fulfillment.lines l set reject_reason = '' where l.account_id = house and l.fulfillment_order_id = any (parts) and l.reject_reason <> '';
  update fulfillment.parcels p set tracking_number = ''
    from fulfillment.lines l join fulfillment.parcel_lines x on x.account_id = l.account_id and x.line_id = l.id
   where l.account_id = house and l.fulfillment_order_id = any (parts) and p.account_id = house and p.id = x.parcel_id;

  -- Free text: all of it on his orders, elsewhere what names him.
  update orders.comments c set text = mark where c.account_id = house and (c.order_id = any (mine) or privacy.names(c.text, words));
  delete from orders.change_values v where v.account_id = house and (v.order_id = any (mine) or privacy.names(v.value::text, words));
  update orders.change_requests r set reason = mark, answer = case when r.answer = '' then '' else mark end
   where r.account_id = house and (r.order_id = any (mine) or privacy.names(r.reason, words) or privacy.names(r.answer, words));
  update orders.holds h set reason = mark where h.account_id = house and (h.order_id = any (mine) or privacy.names(h.reason, words));
  update orders.timeline t set data = coalesce((select jsonb_object_agg(d.key, d.value) from jsonb_each(t.data) d where d.key = any (plain) and not privacy.names(d.value::text, words)), '{}')
   where t.account_id = house and (t.order_id = any (mine) or t.data ?| array['reason', 'tag'] and privacy.names(t.data::text, words));
  update orders.issues i set detail = case when i.kind in ('address', 'changed_in_shop') then '{}' else i.detail - 'reason' end
   where i.account_id = house and (i.order_id = any (mine) or privacy.names(i.detail::text, words));
  update automation.traces t set effect = '{}' where t.account_id = house and privacy.names(t.effect::text, words);
  delete from orders.order_tags t where t.account_id = house and privacy.names(t.tag, words);
  update orders.orders o set buyer_note = case when privacy.names(o.buyer_note, words) then '' else o.buyer_note end,
         gift_text = case when privacy.names(o.gift_text, words) then '' else o.gift_text end
   where o.account_id = house and (privacy.names(o.buyer_note, words) or privacy.names(o.gift_text, words));
  update fulfillment.recipients r set buyer_note = case when privacy.names(r.buyer_note, words) then '' else r.buyer_note end,
         gift_text = case when privacy.names(r.gift_text, words) then '' else r.gift_text end
   where r.account_id = house and (privacy.names(r.buyer_note, words) or privacy.names(r.gift_text, words));
  update intake.rejections r set value = '', params = '{}'
   where r.account_id = house and (privacy.names(r.value, words) or privacy.names(r.params::text, words));
  update intake.files f set name = 'file' where f.account_id = house and privacy.names(f.name, words);
  update jobs.jobs j set payload = '{}', error = null
   where j.account_id = house and j.state in ('done', 'failed', 'cancelled')
     and (privacy.names(j.payload::text, words) or privacy.names(j.error::text, words));
  delete from access.kept_answers k
   where k.account_id = house and (k.subject_ids && mine or k.subject_ids && parts or privacy.names(k.answer, words));

  delete from privacy.awaiting w where w.account_id = house and w.order_id = any (mine);
  insert into privacy.erasures (account_id, id, actor, order_ids, fingerprints)
  values (house, erasure_id, app.actor_name(), mine, fingerprints);
  return privacy.drop_audit_values(house, mine || parts, words);
end $$;

-- Orders that were to be shipped first and now have left: their erasure goes into the queue, in the name of who asked for
-- it, once a day until it is done. The worker calls it.
create or replace function privacy.wake() returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  due record;
  woken integer := 0;
  job uuid;
begin
  for due in
    with ready as (
      update privacy.awaiting w set woken_at = app.now() from orders.orders o
       where o.account_id = w.account_id and o.id = w.order_id and o.status in ('shipped', 'cancelled')
         and (w.woken_at is null or w.woken_at < app.now() - interval '1 day')
      returning w.account_id, w.order_id, w.member_id)
    select account_id, member_id, array_agg(order_id) as order_ids from ready group by account_id, member_id
  loop
    job := gen_random_uuid();
    insert into jobs.jobs (account_id, id, member_id, kind, payload)
    values (due.account_id, job, due.member_id, 'privacy.erase', jsonb_build_object('orderIds', due.order_ids));
    perform pg_notify('crossdock_jobs', '');
    woken := woken + 1;
  end loop;
  return woken;
end $$;

-- The rules that nobody went through today. The worker calls it.
create or replace function privacy.rules_due() returns table (account_id uuid, id uuid)
  language sql security definer set search_path = pg_catalog as $$
  select r.account_id, r.id from privacy.retention r join access.accounts a on a.id = r.account_id
   where r.applied_on is distinct from (app.now() at time zone a.timezone)::date order by r.account_id, r.id
$$;

-- Fades the next rows of a rule, in the order of their ids. Returns the last id looked at, null at the end, how many faded,
-- the audit entries whose values went, and the files to be emptied. The worker calls it, alone at a rule.
create or replace function privacy.fade(account_id uuid, rule_id uuid, after uuid, at_once integer)
  returns table (last uuid, faded integer, audit_ids uuid[], file_ids uuid[], what text)
  language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_variable
declare
  rule privacy.retention;
  house uuid := account_id;
  before timestamptz;
  found uuid[];
begin
  select * into rule from privacy.retention r where r.account_id = house and r.id = rule_id for update;
  what := rule.what;
  before := app.now() - rule.days * interval '1 day';
  audit_ids := '{}';
  file_ids := '{}';
  if rule.what = 'supplier_copy' then
    select array_agg(x.id order by x.id) into found from (
      select f.id from fulfillment.fulfillment_orders f
        join fulfillment.recipients r on r.account_id = f.account_id and r.fulfillment_order_id = f.id and r.faded_at is null
       where f.account_id = house and f.id > after and f.fulfiller = 'supplier' and f.state in ('shipped', 'rejected', 'cancelled', 'unassigned')
         and (rule.supplier_id is null or f.supplier_id = rule.supplier_id) and (rule.store_id is null or f.store_id = rule.store_id)
         and coalesce(f.shipped_at, f.created_at) < before
       order by f.id limit at_once) x;
    update fulfillment.recipients r set name = '', company = '', line1 = '', line2 = '', line3 = '', city = '', buyer_note = '',
           gift_text = '', faded_at = app.now() where r.account_id = house and r.fulfillment_order_id = any (found);
    perform privacy.drop_words(house, '{}', found);
  elsif rule.what = 'import_file' then
    select array_agg(x.id order by x.id) into found from (
      select i.id from intake.imports i join intake.files f on f.account_id = i.account_id and f.id = i.file_id and f.bytes > 0
       where i.account_id = house and i.id > after and i.created_at < before and i.state not in ('checking', 'running')
       order by i.id limit at_once) x;
    delete from intake.rejections r where r.account_id = house and r.import_id = any (found);
    with emptied as (
      update intake.files f set bytes = 0, sha256 = encode(sha256(''), 'hex'), name = 'file' from intake.imports i
       where i.account_id = house and i.id = any (found) and f.account_id = house and f.id = i.file_id returning f.id)
    select coalesce(array_agg(e.id), '{}') into file_ids from emptied e;
  else
    select array_agg(x.id order by x.id) into found from (
      select o.id from orders.orders o
        left join orders.recipients r on r.account_id = o.account_id and r.order_id = o.id
        left join orders.contacts c on c.account_id = o.account_id and c.order_id = o.id
       where o.account_id = house and o.id > after and o.status in ('shipped', 'cancelled')
         and (rule.store_id is null or o.store_id = rule.store_id)
         and case rule.what when 'recipient' then r.faded_at is null when 'contact' then c.faded_at is null
                            else o.buyer_note <> '' or o.gift_text <> '' end
         and coalesce((select max(f.shipped_at) from fulfillment.fulfillment_orders f where f.account_id = o.account_id and f.order_id = o.id),
                      o.cancelled_at, o.created_at) < before
       order by o.id limit at_once) x;
    if rule.what = 'recipient' then
      update orders.recipients r set buyer_name = '', name = '', company = '', line1 = '', line2 = '', line3 = '', city = '',
             faded_at = app.now() where r.account_id = house and r.order_id = any (found);
      update fulfillment.recipients r set name = '', company = '', line1 = '', line2 = '', line3 = '', city = '', faded_at = app.now()
        from fulfillment.fulfillment_orders f
       where f.account_id = house and f.order_id = any (found) and r.account_id = house and r.fulfillment_order_id = f.id;
      perform privacy.drop_words(house, '{}', array(
        select f.id from fulfillment.fulfillment_orders f where f.account_id = house and f.order_id = any (found)));
      delete from orders.search_words w where w.account_id = house and w.order_id = any (found) and w.class = 'recipient';
    elsif rule.what = 'contact' then
      update orders.contacts c set email = '', phone = '', faded_at = app.now() where c.account_id = house and c.order_id = any (found);
      delete from orders.search_words w where w.account_id = house and w.order_id = any (found) and w.class = 'contact';
    else
      update orders.orders o set buyer_note = '', gift_text = '' where o.account_id = house and o.id = any (found);
      update fulfillment.recipients r set buyer_note = '', gift_text = '' from fulfillment.fulfillment_orders f
       where f.account_id = house and f.order_id = any (found) and r.account_id = house and r.fulfillment_order_id = f.id;
    end if;
    delete from orders.change_values v where v.account_id = house and v.order_id = any (found) and v.class in ('recipient', 'contact');
    audit_ids := privacy.drop_audit_values(house, found, '{}');
  end if;
  faded := coalesce(cardinality(found), 0);
  last := found[faded];
  if faded < at_once then
    update privacy.retention r set applied_on = (app.now() at time zone a.timezone)::date
      from access.accounts a where a.id = house and r.account_id = house and r.id = rule.id;
  end if;
  return next;
end $$;

-- What a rule faded stands in the audit as a deed of the account's automation. The worker calls it.
create or replace function privacy.record(account_id uuid, action text, subject_id uuid, changes jsonb) returns void
  language sql security definer set search_path = pg_catalog as $$
  select access.write_audit(record.account_id, gen_random_uuid(), m.id, 'rule', record.action, 'done', 'retention', record.subject_id,
                            'retention', record.changes)
    from access.members m where m.account_id = record.account_id and m.kind = 'automation'
$$;
