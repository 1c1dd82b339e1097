-- What is kept for orders. It follows from facts, as a status does: units that are to leave from a warehouse of the house are
-- kept there, as far as there are any, and wait there otherwise. Whoever changes a fact of an order calls stock.keep().
--   Locks: orders first (by id), then the levels of the products in question, of every warehouse, in one order.

-- Locks every level of these products: until this transaction ends, nobody else keeps, moves or counts them.
create or replace function stock.lock(product_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform from stock.levels l where l.account_id = app.account_id() and l.product_id = any (product_ids)
    order by l.warehouse_id, l.product_id, l.lot, l.location, l.condition for no key update;
end $$;

-- How many eaches of which line of these orders are to leave from a warehouse: what was ordered, less what was cancelled, has
-- left, or is with a supplier. The warehouse is null unless the line was given to one: then the store's rule says.
create or replace function stock.wanted(account_id uuid, order_ids uuid[])
  returns table (order_id uuid, line_id uuid, store_id uuid, "position" integer, product_id uuid, owner_party_id uuid, each_per_unit integer,
                 eaches bigint, warehouse_id uuid, placed_at timestamptz, number text)
  language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  -- Not in language sql: that would be planned anew for every order.
  return query select o.id, l.id, l.store_id, l.position, p.id, p.owner_party_id, e.each_per_unit,
         case when o.cancelled_at is null then greatest(0, l.quantity - l.cancelled_quantity - coalesce(g.given, 0)) * e.each_per_unit::bigint else 0 end,
         g.warehouse_id, o.placed_at, o.number
    from orders.orders o
    join orders.lines l on l.account_id = o.account_id and l.order_id = o.id and l.requires_shipping
    join catalog.products p on p.account_id = l.account_id and p.id = l.product_id and p.is_stocked
    left join lateral (
      select sum(case f.fulfiller when 'supplier' then x.quantity - x.rejected - x.cancelled else x.shipped end) as given,
             (array_agg(f.warehouse_id order by f.id) filter (
               where f.fulfiller = 'warehouse' and f.state <> 'unassigned' and x.quantity > x.rejected + x.cancelled + x.shipped))[1] as warehouse_id
        from fulfillment.lines x
        join fulfillment.fulfillment_orders f on f.account_id = x.account_id and f.id = x.fulfillment_order_id and f.kind = 'original'
       where x.account_id = l.account_id and x.order_line_id = l.id) g on true
    left join channels.listings s on s.account_id = l.account_id and s.store_id = l.store_id and s.external_sku = l.sku and s.product_id = l.product_id
   cross join lateral (select coalesce(s.multiplier, 1) as each_per_unit) e
   where o.account_id = $1 and o.id = any ($2);
end $$;

-- Which warehouses are asked for the orders of a store, in this order.
create or replace function stock.warehouses_of(account_id uuid, store_id uuid) returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  return coalesce(
    (select array_agg(x.warehouse_id order by x.position, x.warehouse_id) from stock.store_warehouses x
       join stock.warehouses w on w.account_id = x.account_id and w.id = x.warehouse_id and w.archived_at is null
      where x.account_id = $1 and x.store_id = $2),
    (select array[w.id] from stock.warehouses w where w.account_id = $1 and w.is_default));
end $$;

-- Brings what is kept for these orders to what their facts ask for: lets go of what is too much, which serves others that wait,
-- and keeps what is missing, of who ordered first first.
create or replace function stock.keep(order_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  account constant uuid := app.account_id();
  products uuid[];
  known boolean;
begin
  select array_agg(distinct x.product_id), bool_or(x.kept) into products, known from (
    select l.product_id, false as kept from orders.lines l join catalog.products p on p.account_id = l.account_id and p.id = l.product_id and p.is_stocked
     where l.account_id = account and l.order_id = any (order_ids) and l.requires_shipping
    union all
    select a.product_id, true from stock.allocations a where a.account_id = account and a.order_id = any (order_ids)) x;
  if products is null then
    return;
  end if;
  perform from orders.orders o where o.account_id = account and o.id = any (order_ids) order by o.id for no key update;
  if known then
    perform stock.lock(products);
    perform stock.let_go(order_ids);
  end if;
  perform stock.allocate_missing(order_ids);
end $$;

-- Lets go of what is kept for lines beyond what they want, where it is not wanted, or of a product they no longer are.
create or replace function stock.let_go(order_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  account constant uuid := app.account_id();
  gone jsonb;
  freed record;
begin
  with kept as (
    select a.order_line_id, a.warehouse_id, a.product_id, a.order_id, a.allocated, a.backordered, o.number,
           case when w.product_id = a.product_id and coalesce(w.warehouse_id, a.warehouse_id) = a.warehouse_id then w.eaches else 0 end as wanted,
           coalesce(sum(a.allocated) over whole, 0) as everywhere,
           coalesce(sum(a.allocated) over before, 0) as allocated_before, coalesce(sum(a.backordered) over before, 0) as backordered_before
      from stock.allocations a
      join orders.orders o on o.account_id = a.account_id and o.id = a.order_id
      left join stock.wanted(account, order_ids) w on w.line_id = a.order_line_id
     where a.account_id = account and a.order_id = any (order_ids)
    window whole as (partition by a.order_line_id, w.product_id = a.product_id and coalesce(w.warehouse_id, a.warehouse_id) = a.warehouse_id),
           before as (partition by a.order_line_id, w.product_id = a.product_id and coalesce(w.warehouse_id, a.warehouse_id) = a.warehouse_id
                      order by a.warehouse_id rows between unbounded preceding and 1 preceding)
  ), cut as (
    select k.*, least(k.allocated, greatest(0, k.wanted - k.allocated_before)) as stays,
           least(k.backordered, greatest(0, k.wanted - k.everywhere - k.backordered_before)) as waits
      from kept k
  ), written as (
    update stock.allocations a set allocated = c.stays, backordered = c.waits
      from cut c
     where a.account_id = account and a.order_line_id = c.order_line_id and a.warehouse_id = c.warehouse_id
       and (a.allocated, a.backordered) <> (c.stays, c.waits)
    returning c.*
  )
  select jsonb_agg(jsonb_build_object('warehouseId', w.warehouse_id, 'productId', w.product_id, 'kind', 'released',
           'allocated', w.stays - w.allocated, 'backordered', w.waits - w.backordered, 'documentKind', 'order', 'documentId', w.order_id,
           'document', w.number, 'lineId', w.order_line_id) order by w.warehouse_id, w.product_id, w.order_line_id) into gone from written w;
  if gone is null then
    return;
  end if;
  delete from stock.allocations a where a.account_id = account and a.order_id = any (order_ids) and a.allocated = 0 and a.backordered = 0;
  perform stock.move(gone);
  perform stock.tell_waiting(array(select g."lineId" from jsonb_to_recordset(gone) as g ("lineId" uuid)));
  for freed in
    select g."warehouseId" as warehouse_id, array_agg(distinct g."productId") as products
      from jsonb_to_recordset(gone) as g ("warehouseId" uuid, "productId" uuid, allocated bigint)
     where g.allocated < 0 group by 1 order by 1
  loop
    perform stock.serve_backorders(freed.warehouse_id, freed.products);
  end loop;
end $$;

-- Keeps what the lines of these orders want beyond what is kept or waits for them already. An order is served by the first of
-- its store's warehouses that has all of it; else each line by the first that has all of the line; else by the first of all,
-- as far as that goes, and what is missing waits there. That goes order by order, over levels that are numbered for it; all else is
-- done for all of them at once.
create or replace function stock.allocate_missing(order_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  account constant uuid := app.account_id();
  asked jsonb;
  some_are_new boolean;
  -- The levels by their numbers: where, of what, and how many are free.
  houses uuid[];
  goods uuid[];
  free bigint[];
  g record;
  fits boolean;
  chosen integer;
  place integer;
  taken bigint;
  -- For each line asked for: where it is served, and how many it gets.
  served uuid[] := '{}';
  got bigint[] := '{}';
  made jsonb;
begin
  with stores as materialized (
    select x.store_id, stock.warehouses_of(account, x.store_id) as warehouses
      from (select distinct o.store_id from orders.orders o where o.account_id = account and o.id = any (order_ids)) x
  )
  select jsonb_agg(to_jsonb(m) order by m.placed_at, m.order_id, m.warehouses, m.position),
         bool_or(cardinality(m.warehouses) > (select count(*) from stock.levels l where l.account_id = account and l.product_id = m.product_id
                    and l.warehouse_id = any (m.warehouses) and l.lot = '' and l.location = '' and l.condition = ''))
    into asked, some_are_new from (
    select w.order_id, w.number, w.placed_at, w.store_id, w.line_id, w.position, w.product_id, w.owner_party_id, w.each_per_unit,
           w.eaches - coalesce((select sum(a.allocated + a.backordered) from stock.allocations a
                                 where a.account_id = account and a.order_line_id = w.line_id), 0) as eaches,
           case when w.warehouse_id is null then s.warehouses else array[w.warehouse_id] end as warehouses
      from stock.wanted(account, order_ids) w
      join stores s on s.store_id = w.store_id) m
   where m.eaches > 0;
  if asked is null then
    return;
  end if;
  -- A level that is not there yet is made first: what somebody puts there at this moment is then not overlooked.
  if some_are_new then
    insert into stock.levels (account_id, warehouse_id, product_id, owner_party_id)
    select distinct account, h.id, m.product_id, m.owner_party_id
      from jsonb_to_recordset(asked) as m (product_id uuid, owner_party_id uuid, warehouses uuid[])
     cross join lateral unnest(m.warehouses) as h (id)
     order by 2, 3
    on conflict do nothing;
  end if;
  with locked as materialized (
    select l.* from stock.levels l
     where l.account_id = account
       and l.product_id = any (array(select m.product_id from jsonb_to_recordset(asked) as m (product_id uuid)))
     order by l.warehouse_id, l.product_id, l.lot, l.location, l.condition for no key update
  )
  select array_agg(l.warehouse_id), array_agg(l.product_id), array_agg(l.on_hand - l.allocated) into houses, goods, free
    from locked l where l.lot = '' and l.location = '' and l.condition = '';

  for g in
    -- Of each order, line by line: how many it wants, how many with the lines of the same goods before it, and the levels of its warehouses.
    select array_agg(x.eaches order by x.n) as eaches, array_agg(x.needed order by x.n) as needed, array_agg(x.places order by x.n) as places
      from (select m.n, m.order_id, m.warehouses, m.eaches,
                   sum(m.eaches) over (partition by m.order_id, m.warehouses, m.product_id order by m.n)::bigint as needed,
                   array_agg(l.n order by h.rank) as places
              from rows from (jsonb_to_recordset(asked) as (order_id uuid, product_id uuid, eaches bigint, warehouses uuid[]))
                   with ordinality as m (order_id, product_id, eaches, warehouses, n)
             cross join lateral unnest(m.warehouses) with ordinality as h (id, rank)
              join unnest(houses, goods) with ordinality as l (warehouse_id, product_id, n) on l.warehouse_id = h.id and l.product_id = m.product_id
             group by m.n, m.order_id, m.warehouses, m.product_id, m.eaches) x
     group by x.order_id, x.warehouses order by min(x.n)
  loop
    chosen := null;
    for k in 1..array_length(g.places, 2) loop
      fits := true;
      for i in 1..array_length(g.places, 1) loop
        fits := fits and free[g.places[i][k]] >= g.needed[i];
      end loop;
      if fits then
        chosen := k;
        exit;
      end if;
    end loop;
    for i in 1..array_length(g.places, 1) loop
      place := g.places[i][coalesce(chosen, 1)];
      for k in 1..array_length(g.places, 2) loop
        exit when chosen is not null;
        if free[g.places[i][k]] >= g.eaches[i] then
          place := g.places[i][k];
          exit;
        end if;
      end loop;
      taken := least(g.eaches[i], free[place]);
      free[place] := free[place] - taken;
      served := served || houses[place];
      got := got || taken;
    end loop;
  end loop;

  select jsonb_agg(m.line || jsonb_build_object('warehouse_id', m.warehouse_id, 'got', m.got, 'waits', (m.line ->> 'eaches')::bigint - m.got)) into made
    from rows from (jsonb_array_elements(asked), unnest(served), unnest(got)) as m (line, warehouse_id, got);
  insert into stock.allocations as a (account_id, order_line_id, warehouse_id, order_id, store_id, product_id, owner_party_id, each_per_unit,
                                      allocated, backordered, placed_at)
  select account, m.line_id, m.warehouse_id, m.order_id, m.store_id, m.product_id, m.owner_party_id, m.each_per_unit, m.got, m.waits, m.placed_at
    from jsonb_to_recordset(made) as m (line_id uuid, warehouse_id uuid, order_id uuid, store_id uuid, product_id uuid, owner_party_id uuid,
         each_per_unit integer, got bigint, waits bigint, placed_at timestamptz)
  on conflict (account_id, order_line_id, warehouse_id) do update
    set allocated = a.allocated + excluded.allocated, backordered = a.backordered + excluded.backordered;
  perform stock.write((
    select jsonb_agg(jsonb_build_object('warehouseId', m.warehouse_id, 'productId', m.product_id, 'kind', k.kind, k.kind, k.eaches,
             'documentKind', 'order', 'documentId', m.order_id, 'document', m.number))
      from jsonb_to_recordset(made) as m (warehouse_id uuid, product_id uuid, order_id uuid, number text, got bigint, waits bigint)
     cross join lateral (values ('allocated', m.got), ('backordered', m.waits)) as k (kind, eaches)
     where k.eaches > 0));
  if exists (select from jsonb_to_recordset(made) as m (waits bigint) where m.waits > 0) then
    perform stock.tell_waiting(array(select m.line_id from jsonb_to_recordset(made) as m (line_id uuid, waits bigint) where m.waits > 0));
  end if;
end $$;

-- The same, for orders the caller reaches.
create or replace function stock.allocate(order_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform stock.keep(array(
    select o.id from orders.orders o where o.account_id = app.account_id() and o.id = any (order_ids) and orders.sees(o.id, o.store_id)));
end $$;
