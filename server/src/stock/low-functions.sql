-- A client's own goods of which fewer are available than the host wants, in warehouses granted to him: that they are low, not below which
-- level, which is the host's.
create or replace function stock.low_goods() returns table (warehouse_id uuid, product_id uuid, owner_party_id uuid)
  language sql stable security definer set search_path = pg_catalog as $$
  select w.warehouse_id, w.product_id, w.owner_party_id from stock.low_levels w
   where w.account_id = app.account_id() and app.audience() = 'client' and w.owner_party_id = app.party_where_may('stock:read')
     and (app.all_warehouses() or w.warehouse_id = any (app.warehouses()))
     and w.level > coalesce((select sum(l.on_hand - l.allocated) from stock.levels l
                              where l.account_id = w.account_id and l.warehouse_id = w.warehouse_id and l.product_id = w.product_id), 0)
$$;
