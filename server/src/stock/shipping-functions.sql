-- Takes what left from warehouses of the house out of stock: [{id, quantity}], lines of fulfillment orders in units of the
-- order. First what is kept for the line there, then what nobody has. For fulfillment.ship, after it wrote what was shipped.
--   CD409 not_in_stock, with the sentence, where there is less
create or replace function stock.ship(shipped jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  account constant uuid := app.account_id();
  leaving jsonb;
  lacking record;
begin
  select jsonb_agg(to_jsonb(x)) into leaving from (
    select l.id as line_id, l.order_id, o.number, f.warehouse_id, l.product_id, sum(s.quantity) * coalesce(a.each_per_unit, n.multiplier, 1)::bigint as eaches
      from jsonb_to_recordset(shipped) as s (id uuid, quantity integer)
      join fulfillment.lines x on x.account_id = account and x.id = s.id
      join fulfillment.fulfillment_orders f on f.account_id = account and f.id = x.fulfillment_order_id and f.fulfiller = 'warehouse'
      join orders.lines l on l.account_id = account and l.id = x.order_line_id
      join orders.orders o on o.account_id = account and o.id = l.order_id
      join catalog.products p on p.account_id = account and p.id = l.product_id and p.is_stocked
      left join stock.allocations a on a.account_id = account and a.order_line_id = l.id and a.warehouse_id = f.warehouse_id and f.kind = 'original'
      left join channels.listings n on n.account_id = account and n.store_id = l.store_id and n.external_sku = l.sku and n.product_id = l.product_id
     group by l.id, l.order_id, o.number, f.warehouse_id, l.product_id, a.each_per_unit, n.multiplier) x;
  if leaving is null then
    return;
  end if;
  perform stock.lock(array(select distinct m.product_id from jsonb_to_recordset(leaving) as m (product_id uuid)));
  select jsonb_agg(to_jsonb(m) || jsonb_build_object('kept', coalesce(least(m.eaches, a.allocated), 0))) into leaving
    from jsonb_to_recordset(leaving) as m (line_id uuid, order_id uuid, number text, warehouse_id uuid, product_id uuid, eaches bigint)
    left join stock.allocations a on a.account_id = account and a.order_line_id = m.line_id and a.warehouse_id = m.warehouse_id
                                 and a.product_id = m.product_id;
  select p.sku, w.name, m.kept + greatest(0, coalesce(l.on_hand - l.allocated, 0)) as there into lacking
    from (select m.warehouse_id, m.product_id, sum(m.eaches) as eaches, sum(m.kept) as kept
            from jsonb_to_recordset(leaving) as m (warehouse_id uuid, product_id uuid, eaches bigint, kept bigint) group by 1, 2) m
    join catalog.products p on p.account_id = account and p.id = m.product_id
    join stock.warehouses w on w.account_id = account and w.id = m.warehouse_id
    left join stock.levels l on l.account_id = account and l.warehouse_id = m.warehouse_id and l.product_id = m.product_id
                            and l.lot = '' and l.location = '' and l.condition = ''
   where m.eaches - m.kept > coalesce(l.on_hand - l.allocated, 0)
   order by p.sku, w.name limit 1;
  if found then
    raise exception 'Of % there are % in % for this order. Ship no more than that, or count or receive the rest first.', lacking.sku, lacking.there, lacking.name
      using errcode = 'CD409', detail = 'not_in_stock',
            hint = jsonb_build_object('sku', lacking.sku, 'warehouse', lacking.name, 'available', lacking.there)::text;
  end if;
  update stock.allocations a set allocated = a.allocated - m.kept
    from jsonb_to_recordset(leaving) as m (line_id uuid, warehouse_id uuid, kept bigint)
   where a.account_id = account and a.order_line_id = m.line_id and a.warehouse_id = m.warehouse_id and m.kept > 0;
  delete from stock.allocations a using jsonb_to_recordset(leaving) as m (line_id uuid)
   where a.account_id = account and a.order_line_id = m.line_id and a.allocated = 0 and a.backordered = 0;
  perform stock.move((
    select jsonb_agg(jsonb_build_object('warehouseId', m.warehouse_id, 'productId', m.product_id, 'kind', 'shipped', 'onHand', -m.eaches,
             'allocated', -m.kept, 'documentKind', 'order', 'documentId', m.order_id, 'document', m.number))
      from jsonb_to_recordset(leaving) as m (order_id uuid, number text, warehouse_id uuid, product_id uuid, eaches bigint, kept bigint)));
end $$;
