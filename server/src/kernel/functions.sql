-- Jobs: a row says whose the work is; the queue only holds the row's id.

-- Puts a job of the caller's into the queue, in the caller's transaction; it runs with his rights. as_automation makes it
-- the account's own, which may more than he: only the kinds named here, each for who may start it.
create or replace function jobs.enqueue(job_id uuid, kind text, subject_id uuid, payload jsonb, as_automation boolean) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if as_automation and not coalesce(case enqueue.kind
    when 'automation.arrival' then app.may('orders:create')
    when 'automation.run' then app.may('rules:run')
    when 'notices.deliver' then app.may('outbox:read') or app.may('users:manage') end, false) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'rules:run';
  end if;
  insert into jobs.jobs (account_id, id, member_id, kind, subject_id, payload)
  select app.account_id(), enqueue.job_id, m.id, enqueue.kind, enqueue.subject_id, enqueue.payload
    from access.members m
   where m.account_id = app.account_id()
     and case when as_automation then m.kind = 'automation' else m.id = app.member_id() end;
  perform graphile_worker.crossdock_wake(app.account_id(), enqueue.job_id);
end $$;

-- A short session for the member a job belongs to. The worker alone calls it; the member's rights are looked up when he enters.
create or replace function jobs.mint_session(account_id uuid, job_id uuid, token_hash bytea) returns text
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  audience text;
begin
  insert into identity.sessions (token_hash, purpose, account_id, member_id, expires_at)
  select mint_session.token_hash, 'job', j.account_id, j.member_id, app.now() + interval '6 hours'
    from jobs.jobs j where j.account_id = mint_session.account_id and j.id = mint_session.job_id;
  select m.audience into audience from jobs.jobs j join access.members m on m.account_id = j.account_id and m.id = j.member_id
   where j.account_id = mint_session.account_id and j.id = mint_session.job_id;
  return audience;
end $$;

create or replace function jobs.end_session(token_hash bytea) returns void
  language sql security definer set search_path = pg_catalog as $$
  delete from identity.sessions s where s.token_hash = end_session.token_hash and s.purpose = 'job'
$$;

-- Removes an account with every row of every table; for the operator's hand alone (no login may execute it). References
-- decide the order: a table whose rows are still pointed at waits for the next pass.
create or replace function app.remove_account(gone uuid) returns void
  language plpgsql set search_path = pg_catalog as $$
declare
  waiting regclass[];
  again regclass[];
  target regclass;
begin
  select array_agg(c.oid::regclass) into waiting from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
    join pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'r' and n.nspname in ('identity', 'access', 'catalog', 'stock', 'channels', 'orders', 'fulfillment',
                                           'automation', 'jobs', 'notices', 'intake');
  while waiting is not null loop
    again := null;
    foreach target in array waiting loop
      begin
        execute format('delete from %s where account_id = $1', target) using gone;
      exception when foreign_key_violation then
        again := again || target;
      end;
    end loop;
    if cardinality(again) = cardinality(waiting) then
      raise exception 'tables that point at each other: %', again;
    end if;
    waiting := again;
  end loop;
  delete from access.accounts where id = gone;
end $$;

-- Counts tables that have rows now and were never counted, so that plans fit them. Autovacuum would, within minutes; until then
-- a young database believes that one account is few rows, and checks a reference by an index on the account alone: each of
-- an import's rows then reads every order there is (830 orders by 29 rules: 15 s instead of 4).
create or replace function app.count_young_tables() returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  young regclass;
begin
  for young in
    select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('catalog', 'orders', 'fulfillment', 'automation')
       and c.reltuples < 1 and pg_relation_size(c.oid) > 0
     order by c.oid
  loop
    execute format('analyze %s', young);
  end loop;
end $$;

-- Which of these ids name something that the caller may see now, under his own rights. A new kind of thing with an address
-- of its own adds its table.
create or replace function app.visible(ids uuid[]) returns uuid[]
  language plpgsql stable set search_path = pg_catalog as $$
declare
  seen uuid[] := '{}';
begin
  if has_column_privilege('orders.orders', 'id', 'select') then
    seen := seen || array(select t.id from orders.orders t where t.id = any (ids));
  end if;
  if has_column_privilege('orders.issues', 'id', 'select') then
    seen := seen || array(select t.id from orders.issues t where t.id = any (ids));
  end if;
  if has_column_privilege('fulfillment.fulfillment_orders', 'id', 'select') then
    seen := seen || array(select t.id from fulfillment.fulfillment_orders t where t.id = any (ids));
  end if;
  if has_column_privilege('catalog.products', 'id', 'select') then
    seen := seen || array(select t.id from catalog.products t where t.id = any (ids));
  end if;
  if has_column_privilege('access.parties', 'id', 'select') then
    seen := seen || array(select t.id from access.parties t where t.id = any (ids));
  end if;
  if has_column_privilege('access.members', 'id', 'select') then
    seen := seen || array(select t.id from access.members t where t.id = any (ids));
  end if;
  if has_column_privilege('access.invitations', 'id', 'select') then
    seen := seen || array(select t.id from access.invitations t where t.id = any (ids));
  end if;
  if has_column_privilege('channels.stores', 'id', 'select') then
    seen := seen || array(select t.id from channels.stores t where t.id = any (ids));
  end if;
  if has_column_privilege('automation.rules', 'id', 'select') then
    seen := seen || array(select t.id from automation.rules t where t.id = any (ids));
  end if;
  if has_column_privilege('intake.imports', 'id', 'select') then
    seen := seen || array(select t.id from intake.imports t where t.id = any (ids));
  end if;
  if has_column_privilege('jobs.jobs', 'id', 'select') then
    seen := seen || array(select t.id from jobs.jobs t where t.id = any (ids));
  end if;
  if has_column_privilege('notices.outbox', 'id', 'select') then
    seen := seen || array(select t.id from notices.outbox t where t.id = any (ids));
  end if;
  return array(select distinct id from unnest(seen) id);
end $$;
