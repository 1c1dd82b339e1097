-- What waits: how it is told, when it is promised, and that it is served when goods come in.

-- Lines that wait are issues of their orders, until they wait no longer.
create or replace function stock.tell_waiting(line_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  account constant uuid := app.account_id();
begin
  update orders.issues i set resolved_at = app.now(), resolved_by = app.actor_name()
   where i.account_id = account and i.line_id = any (line_ids) and i.kind = 'backordered' and i.resolved_at is null
     and not exists (select from stock.allocations a where a.account_id = account and a.order_line_id = i.line_id and a.backordered > 0);
  insert into orders.issues (account_id, id, order_id, store_id, line_id, kind, detail)
  select account, gen_random_uuid(), l.order_id, l.store_id, l.id, 'backordered', jsonb_build_object('sku', l.sku, 'name', l.name)
    from orders.lines l
   where l.account_id = account and l.id = any (line_ids)
     and exists (select from stock.allocations a where a.account_id = account and a.order_line_id = l.id and a.backordered > 0)
  on conflict (account_id, line_id) where kind = 'backordered' and resolved_at is null do nothing;
end $$;

-- When the lines of these orders that wait are promised: the day on which enough is expected in their warehouse for them and for all who
-- ordered before, by transfers that are announced or on their way. Null where nobody knows. Of orders the caller reaches.
create or replace function stock.promised(order_ids uuid[])
  returns table (order_line_id uuid, warehouse_id uuid, backordered bigint, promised_on date)
  language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  return query
    select a.order_line_id, a.warehouse_id, a.backordered,
           (select min(i.expected_on) from (
              select t.expected_on, sum(l.remaining) over (order by t.expected_on) as by_then
                from transfers.lines l
                join transfers.transfers t on t.account_id = l.account_id and t.id = l.transfer_id
               where l.account_id = a.account_id and l.product_id = a.product_id and t.warehouse_id = a.warehouse_id and l.remaining > 0
                 and t.state in ('to_ship', 'shipped', 'delivered', 'partially_received') and t.expected_on is not null) i
             where i.by_then >= (
               select sum(w.backordered) from stock.allocations w
                where w.account_id = a.account_id and w.warehouse_id = a.warehouse_id and w.product_id = a.product_id and w.backordered > 0
                  and (w.placed_at, w.order_line_id) <= (a.placed_at, a.order_line_id)))
      from stock.allocations a
     where a.account_id = app.account_id() and a.order_id = any (order_ids) and a.backordered > 0 and orders.sees(a.order_id, a.store_id);
end $$;

-- Gives what is available in a warehouse to lines that wait for it: there, or elsewhere where their store asks this warehouse too.
-- Who ordered first is served first. For functions of the owner, after they moved something up.
create or replace function stock.serve_backorders(warehouse uuid, products uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  account constant uuid := app.account_id();
  served jsonb;
begin
  if not exists (select from stock.allocations a where a.account_id = account and a.product_id = any (products) and a.backordered > 0) then
    return;
  end if;
  perform stock.lock(products);
  with waiting as (
    select a.order_line_id, a.warehouse_id, a.product_id, a.order_id, a.backordered, l.on_hand - l.allocated
             - coalesce(sum(a.backordered) over (partition by a.product_id order by a.placed_at, a.order_line_id, a.warehouse_id
                                                 rows between unbounded preceding and 1 preceding), 0) as there
      from stock.allocations a
      join stock.levels l on l.account_id = account and l.warehouse_id = warehouse and l.product_id = a.product_id
                         and l.lot = '' and l.location = '' and l.condition = '' and l.on_hand > l.allocated
     where a.account_id = account and a.product_id = any (products) and a.backordered > 0
       and (a.warehouse_id = warehouse
            or (warehouse = any (stock.warehouses_of(account, a.store_id))
                and not exists (select from fulfillment.lines x
                                  join fulfillment.fulfillment_orders f on f.account_id = x.account_id and f.id = x.fulfillment_order_id
                                 where x.account_id = account and x.order_line_id = a.order_line_id and f.warehouse_id = a.warehouse_id
                                   and f.state <> 'unassigned' and x.quantity > x.rejected + x.cancelled + x.shipped)))
  ), taken as (
    update stock.allocations a set backordered = a.backordered - least(w.backordered, w.there)
      from waiting w
     where w.there > 0 and a.account_id = account and a.order_line_id = w.order_line_id and a.warehouse_id = w.warehouse_id
    returning a.order_line_id, a.warehouse_id, a.product_id, a.order_id, least(w.backordered, w.there) as eaches
  )
  select jsonb_agg(jsonb_build_object('lineId', t.order_line_id, 'from', t.warehouse_id, 'productId', t.product_id, 'orderId', t.order_id,
                                      'eaches', t.eaches)) into served from taken t;
  if served is null then
    return;
  end if;
  insert into stock.allocations as a (account_id, order_line_id, warehouse_id, order_id, store_id, product_id, owner_party_id, each_per_unit,
                                      allocated, placed_at)
  select account, x.order_line_id, warehouse, x.order_id, x.store_id, x.product_id, x.owner_party_id, x.each_per_unit, s.eaches, x.placed_at
    from jsonb_to_recordset(served) as s ("lineId" uuid, "from" uuid, eaches bigint)
    join stock.allocations x on x.account_id = account and x.order_line_id = s."lineId" and x.warehouse_id = s."from"
  on conflict (account_id, order_line_id, warehouse_id) do update set allocated = a.allocated + excluded.allocated;
  delete from stock.allocations a using jsonb_to_recordset(served) as s ("lineId" uuid)
   where a.account_id = account and a.order_line_id = s."lineId" and a.allocated = 0 and a.backordered = 0;
  perform stock.move((
    select jsonb_agg(jsonb_build_object('warehouseId', m.warehouse_id, 'productId', s."productId", 'kind', 'allocated', 'allocated', m.allocated,
             'backordered', m.backordered, 'documentKind', 'order', 'documentId', s."orderId", 'document', o.number))
      from jsonb_to_recordset(served) as s ("lineId" uuid, "from" uuid, "productId" uuid, "orderId" uuid, eaches bigint)
      join orders.orders o on o.account_id = account and o.id = s."orderId"
     cross join lateral (
       select warehouse as warehouse_id, s.eaches as allocated, case when s."from" = warehouse then -s.eaches else 0 end as backordered
       union all
       select s."from", 0, -s.eaches where s."from" <> warehouse) m));
  perform stock.tell_waiting(array(select s."lineId" from jsonb_to_recordset(served) as s ("lineId" uuid)));
end $$;
