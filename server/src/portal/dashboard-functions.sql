-- Figures of a client's dashboard that stand in tables he does not read: of orders that he sees, of his own goods in warehouses
-- granted to him. Null: he may not see what it counts.
create or replace function portal.my_figures()
  returns table (shipped_lately bigint, waiting bigint, low_stock bigint, unread bigint)
  language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  account constant uuid := app.account_id();
  stores constant uuid[] := app.stores();
  today constant date := (select (app.now() at time zone a.timezone)::date from access.accounts a where a.id = account);
begin
  if app.audience() is distinct from 'client' or not app.may('portal:dashboard') then
    return;
  end if;
  return query select
    case when app.may('orders:read') then (
      select cardinality(orders.seen_by_client(array(
        select distinct f.order_id from fulfillment.shipments s
          join fulfillment.parcels p on p.account_id = account and p.shipment_id = s.id
          join fulfillment.parcel_lines x on x.account_id = account and x.parcel_id = p.id
          join fulfillment.lines l on l.account_id = account and l.id = x.line_id
          join fulfillment.fulfillment_orders f on f.account_id = account and f.id = l.fulfillment_order_id
         where s.account_id = account and s.store_id = any (stores) and s.shipped_on > today - 7 and s.state <> 'voided')))::bigint) end,
    case when app.may('orders:read') then (
      select cardinality(orders.seen_by_client(array(
        select distinct a.order_id from stock.allocations a
         where a.account_id = account and a.store_id = any (stores) and a.backordered > 0)))::bigint) end,
    case when app.may('stock:read') then (
      select count(distinct w.product_id) from stock.low_levels w
       where w.account_id = account and w.owner_party_id = app.party_id() and (app.all_warehouses() or w.warehouse_id = any (app.warehouses()))
         and w.level > coalesce((select sum(l.on_hand - l.allocated) from stock.levels l
                                  where l.account_id = account and l.warehouse_id = w.warehouse_id and l.product_id = w.product_id), 0)) end,
    case when app.may('orders:comment') then (
      select coalesce(sum(u.unread), 0)::bigint from orders.unread_for_client(array(
        select distinct c.order_id from orders.comments c join orders.orders o on o.account_id = account and o.id = c.order_id
         where c.account_id = account and o.store_id = any (stores) and c.visibility = 'client' and c.side = 'host')) u) end;
end $$;
