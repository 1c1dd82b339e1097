-- Every account begins with one warehouse.
create or replace function stock.first_warehouse() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into stock.warehouses (account_id, id, name, is_default) values (new.id, gen_random_uuid(), 'Main warehouse', true);
  return null;
end $$;
drop trigger if exists first_warehouse on access.accounts;
create trigger first_warehouse after insert on access.accounts for each row execute function stock.first_warehouse();

-- Moves stock: [{warehouseId, productId, kind, onHand, allocated, quarantine, unverified, announced, inTransit, backordered, reason,
-- documentKind, documentId, document, lot, location, condition}], signed eaches, what is left out is nothing. Levels are locked in one
-- order, each once, so that nobody waits in a circle; the tables' checks refuse what is not there (levels_not_oversold and its
-- neighbours). For functions of the owner, who have asked for the right.
create or replace function stock.move(moves jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  account constant uuid := app.account_id();
  fresh uuid[];
begin
  insert into stock.levels as l (account_id, warehouse_id, product_id, owner_party_id, lot, location, condition)
  select distinct account, m."warehouseId", m."productId", p.owner_party_id, coalesce(m.lot, ''), coalesce(m.location, ''), coalesce(m.condition, '')
    from jsonb_to_recordset(moves) as m ("warehouseId" uuid, "productId" uuid, lot text, location text, condition text)
    join catalog.products p on p.account_id = account and p.id = m."productId"
   order by 2, 3, 5, 6, 7
  on conflict do nothing;
  perform stock.write(moves);
  with begun as (
    update catalog.products p set is_stocked = true
     where p.account_id = account and not p.is_stocked
       and p.id = any (array(select m."productId" from jsonb_to_recordset(moves) as m ("productId" uuid)))
    returning p.id
  )
  select array_agg(id) into fresh from begun;
  -- From its first movement on, orders that wait for it have it kept.
  if fresh is not null then
    perform stock.keep(array(
      select distinct o.id from orders.lines l join orders.orders o on o.account_id = l.account_id and o.id = l.order_id
       where l.account_id = account and l.product_id = any (fresh) and o.status not in ('shipped', 'cancelled')));
  end if;
end $$;

-- The same where every level is there already.
create or replace function stock.write(moves jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  account constant uuid := app.account_id();
begin
  with m as materialized (
    select m."warehouseId" as warehouse_id, m."productId" as product_id, coalesce(m.lot, '') as lot, coalesce(m.location, '') as location,
           coalesce(m.condition, '') as condition, coalesce(sum(m."onHand"), 0) as on_hand, coalesce(sum(m.allocated), 0) as allocated,
           coalesce(sum(m.quarantine), 0) as quarantine, coalesce(sum(m.unverified), 0) as unverified, coalesce(sum(m.announced), 0) as announced,
           coalesce(sum(m."inTransit"), 0) as in_transit, coalesce(sum(m.backordered), 0) as backordered
      from jsonb_to_recordset(moves) as m ("warehouseId" uuid, "productId" uuid, lot text, location text, condition text,
           "onHand" bigint, allocated bigint, quarantine bigint, unverified bigint, announced bigint, "inTransit" bigint, backordered bigint)
     group by 1, 2, 3, 4, 5
  ), locked as materialized (
    select l.warehouse_id, l.product_id, l.lot, l.location, l.condition
      from stock.levels l
      join m on l.account_id = account and l.warehouse_id = m.warehouse_id and l.product_id = m.product_id
            and l.lot = m.lot and l.location = m.location and l.condition = m.condition
     order by l.warehouse_id, l.product_id, l.lot, l.location, l.condition for no key update of l
  )
  update stock.levels l
     set on_hand = l.on_hand + m.on_hand, allocated = l.allocated + m.allocated, quarantine = l.quarantine + m.quarantine,
         unverified = l.unverified + m.unverified, announced = l.announced + m.announced, in_transit = l.in_transit + m.in_transit,
         backordered = l.backordered + m.backordered, version = l.version + 1, changed_at = (select app.now())
    from locked k
    join m on m.warehouse_id = k.warehouse_id and m.product_id = k.product_id and m.lot = k.lot and m.location = k.location and m.condition = k.condition
   where l.account_id = account and l.warehouse_id = k.warehouse_id and l.product_id = k.product_id
     and l.lot = k.lot and l.location = k.location and l.condition = k.condition;
  insert into stock.movements (account_id, id, at, warehouse_id, product_id, owner_party_id, lot, location, condition, kind, on_hand, allocated,
    quarantine, unverified, announced, in_transit, backordered, reason, actor, member_id, via, document_kind, document_id, document)
  select account, gen_random_uuid(), (select app.now()), m."warehouseId", m."productId", p.owner_party_id, coalesce(m.lot, ''), coalesce(m.location, ''),
         coalesce(m.condition, ''), m.kind, coalesce(m."onHand", 0), coalesce(m.allocated, 0), coalesce(m.quarantine, 0),
         coalesce(m.unverified, 0), coalesce(m.announced, 0), coalesce(m."inTransit", 0), coalesce(m.backordered, 0), coalesce(m.reason, ''),
         (select app.actor_name()), (select app.member_id()), (select app.via()), coalesce(m."documentKind", ''), m."documentId", coalesce(m.document, '')
    from jsonb_to_recordset(moves) as m ("warehouseId" uuid, "productId" uuid, lot text, location text, condition text, kind text,
         "onHand" bigint, allocated bigint, quarantine bigint, unverified bigint, announced bigint, "inTransit" bigint, backordered bigint,
         reason text, "documentKind" text, "documentId" uuid, document text)
    join catalog.products p on p.account_id = account and p.id = m."productId";
end $$;
