-- What concerns every table: removing an account, counting young tables, seeing a thing by its id.

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
                                           'automation', 'jobs', 'notices', 'intake', 'privacy', 'transfers', 'portal');
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
  if has_column_privilege('access.roles', 'id', 'select') then
    seen := seen || array(select t.id from access.roles t where t.id = any (ids));
  end if;
  if has_column_privilege('access.requests', 'id', 'select') then
    seen := seen || array(select t.id from access.requests t where t.id = any (ids));
  end if;
  if has_column_privilege('portal.user_requests', 'id', 'select') then
    seen := seen || array(select t.id from portal.user_requests t where t.id = any (ids));
  end if;
  if has_column_privilege('stock.counts', 'id', 'select') then
    seen := seen || array(select t.id from stock.counts t where t.id = any (ids));
  end if;
  if has_column_privilege('orders.change_requests', 'id', 'select') then
    seen := seen || array(select t.id from orders.change_requests t where t.id = any (ids));
  end if;
  if has_column_privilege('transfers.transfers', 'id', 'select') then
    seen := seen || array(select t.id from transfers.transfers t where t.id = any (ids));
  end if;
  return array(select distinct id from unnest(seen) id);
end $$;
