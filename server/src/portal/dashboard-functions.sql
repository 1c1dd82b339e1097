-- Figures of a client's dashboard that stand in tables he does not read: of orders that he sees, of his own goods in warehouses
-- granted to him. Null: he may not see what it counts.
create or replace function portal.my_figures()
  returns table (shipped_lately bigint, waiting bigint, low_stock bigint, unread bigint)
  language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  account constant uuid := app.account_id();
  stores constant uuid[] := app.stores();
begin
  if app.audience() is distinct from 'client' or not app.may('portal:dashboard') then
    return;
  end if;
  return query select
    case when app.may('orders:read') then cardinality(orders.shipped_lately_for_client())::bigint end,
    case when app.may('orders:read') then cardinality(orders.waiting_for_client())::bigint end,
    case when app.may('stock:read') then (select count(*) from stock.low_goods()) end,
    case when app.may('orders:comment') then (
      select coalesce(sum(u.unread), 0)::bigint from orders.unread_for_client(array(
        select distinct c.order_id from orders.comments c join orders.orders o on o.account_id = account and o.id = c.order_id
         where c.account_id = account and o.store_id = any (stores) and c.visibility = 'client' and c.side = 'host')) u) end;
end $$;
