create policy "staff select by orders:read" on stock.warehouses for select to crossdock_staff
  using ((select app.may_unconfined('orders:read')) or id = any ((select app.reach('warehouse', 'orders:read'))::uuid[]));
grant select on stock.warehouses to crossdock_staff;
