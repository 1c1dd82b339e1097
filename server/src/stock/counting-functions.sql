-- Changing what is on hand by a person's word, with a reason: by so many, or to what was counted.

-- Refuses goods or a warehouse that are not within the caller's grant, in the words of what is not there.
create or replace function stock.check_goods(warehouse uuid, product uuid, permission text) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.may(permission) then
    raise exception 'not permitted' using errcode = 'CD403', detail = permission;
  end if;
  if app.audience() <> 'staff' or not exists (
    select from catalog.products p
      join stock.warehouses w on w.account_id = p.account_id and w.id = warehouse and w.archived_at is null
     where p.account_id = app.account_id() and p.id = product
       and (app.may_of_all_owners(permission) or p.owner_party_id = any (app.owners_where_may(permission)))
       and (app.all_warehouses() or w.id = any (app.warehouses()))) then
    raise exception 'no such goods' using errcode = 'CD404';
  end if;
end $$;

-- Puts so many more (or fewer) on hand and serves who waits for them. The level is locked by the caller.
create or replace function stock.put(warehouse uuid, product uuid, by bigint, kind text, reason text, count_id uuid) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  l stock.levels;
begin
  select * into l from stock.levels x
   where x.account_id = app.account_id() and x.warehouse_id = warehouse and x.product_id = product and x.lot = '' and x.location = '' and x.condition = '';
  if coalesce(l.on_hand, 0) + by < coalesce(l.allocated, 0) then
    raise exception 'Of the % on hand, % are kept for orders: no fewer can be there.', coalesce(l.on_hand, 0), coalesce(l.allocated, 0)
      using errcode = 'CD409', detail = 'kept_for_orders',
            hint = jsonb_build_object('onHand', coalesce(l.on_hand, 0), 'allocated', coalesce(l.allocated, 0))::text;
  end if;
  perform stock.move(jsonb_build_array(jsonb_build_object('warehouseId', warehouse, 'productId', product, 'kind', kind, 'onHand', by, 'reason', reason,
    'documentKind', case when count_id is null then '' else 'count' end, 'documentId', count_id)));
  perform stock.serve_backorders(warehouse, array[product]);
end $$;

create or replace function stock.adjust(warehouse uuid, product uuid, by bigint, reason text) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform stock.check_goods(warehouse, product, 'stock:adjust');
  if by = 0 or abs(by) > 1000000 or btrim(reason) = '' then
    raise exception 'neither units nor a reason' using errcode = '22003';
  end if;
  perform stock.lock(array[product]);
  perform stock.put(warehouse, product, by, 'adjusted', btrim(reason), null);
end $$;

-- Writes that so many were counted where so many were expected. Applied at once, unless they differ by more than the account
-- allows and the caller may not adjust: then it waits. A count that waits already for the same goods is replaced.
-- Returns "applied" or "waiting".
create or replace function stock.count(id uuid, warehouse uuid, product uuid, expected bigint, counted bigint, reason text) returns text
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  account constant uuid := app.account_id();
  there bigint;
  outcome text;
begin
  perform stock.check_goods(warehouse, product, 'stock:count');
  if counted not between 0 and 1000000 then
    raise exception 'beyond what can be counted' using errcode = '22003';
  end if;
  perform stock.lock(array[product]);
  there := coalesce((select l.on_hand from stock.levels l where l.account_id = account and l.warehouse_id = warehouse and l.product_id = product
                        and l.lot = '' and l.location = '' and l.condition = ''), 0);
  if there <> expected then
    raise exception 'It moved while you counted: % are on hand now, not %. Count again.', there, expected
      using errcode = 'CD409', detail = 'changed_meanwhile', hint = jsonb_build_object('onHand', there, 'fields', jsonb_build_object('expected', jsonb_build_object('yours', expected, 'theirs', there)))::text;
  end if;
  outcome := case when app.may('stock:adjust')
                    or abs(counted - expected) <= coalesce((select s.count_threshold from stock.settings s where s.account_id = account), 10)
                  then 'applied' else 'waiting' end;
  update stock.counts c set state = 'refused', answered_by = app.actor_name(), answered_at = app.now(), version = c.version + 1
   where c.account_id = account and c.warehouse_id = warehouse and c.product_id = product and c.state = 'waiting';
  insert into stock.counts (account_id, id, warehouse_id, product_id, owner_party_id, expected, counted, state, reason, counted_by, counted_by_member_id)
  select account, count.id, warehouse, product, p.owner_party_id, count.expected, count.counted, outcome, btrim(count.reason), app.actor_name(), app.member_id()
    from catalog.products p where p.account_id = account and p.id = product;
  if outcome = 'applied' and counted <> expected then
    perform stock.put(warehouse, product, counted - expected, 'counted', btrim(count.reason), count.id);
  end if;
  return outcome;
end $$;

-- Approves or refuses a count that waits. What moved since the count has moved for reasons of its own: the difference that was
-- counted is what is put right.
create or replace function stock.answer_count(id uuid, version integer, approve boolean) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  c stock.counts;
begin
  select * into c from stock.counts x where x.account_id = app.account_id() and x.id = answer_count.id for update;
  if c.id is null then
    raise exception 'no such count' using errcode = 'CD404';
  end if;
  perform stock.check_goods(c.warehouse_id, c.product_id, 'stock:adjust');
  if c.state <> 'waiting' or c.version <> answer_count.version then
    raise exception 'Somebody has answered this count already.' using errcode = 'CD409', detail = 'changed_meanwhile',
      hint = jsonb_build_object('version', c.version, 'fields', '{}'::jsonb)::text;
  end if;
  update stock.counts x set state = case when approve then 'applied' else 'refused' end, answered_by = app.actor_name(), answered_at = app.now(),
         version = x.version + 1
   where x.account_id = c.account_id and x.id = c.id;
  if approve then
    perform stock.lock(array[c.product_id]);
    perform stock.put(c.warehouse_id, c.product_id, c.counted - c.expected, 'counted', c.reason, c.id);
  end if;
end $$;
