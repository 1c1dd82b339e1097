create policy "staff select by orders:read" on stock.warehouses for select to crossdock_staff
  using ((select app.may_unconfined('orders:read')) or id = any ((select app.reach('warehouse', 'orders:read'))::uuid[]));
grant select on stock.warehouses to crossdock_staff;
create policy "staff select by stock:read" on stock.warehouses for select to crossdock_staff
  using ((select app.may('stock:read')) and ((select app.all_warehouses()) or id = any ((select app.warehouses())::uuid[])));
-- Which warehouses there are is for who sees all of them.
create policy "staff insert by warehouses:edit" on stock.warehouses for insert to crossdock_staff
  with check ((select app.may('warehouses:edit')) and (select app.all_warehouses()));
create policy "staff update by warehouses:edit" on stock.warehouses for update to crossdock_staff
  using ((select app.may('warehouses:edit')) and (select app.all_warehouses()))
  with check ((select app.may('warehouses:edit')) and (select app.all_warehouses()));
grant insert, update on stock.warehouses to crossdock_staff;
-- A client knows those granted to him by their names.
create policy "client select by stock:read" on stock.warehouses for select to crossdock_client
  using ((select app.may('stock:read')) and ((select app.all_warehouses()) or id = any ((select app.warehouses())::uuid[])));
grant select (account_id, id, name, archived_at) on stock.warehouses to crossdock_client;

-- Stock by whose goods and in which warehouse. Levels, ledger, allocations and counts are written by functions alone.
call app.allow('staff', 'stock.levels', 'select', 'stock:read', 'goods');
call app.allow('staff', 'stock.movements', 'select', 'stock:read', 'goods');
call app.allow('staff', 'stock.counts', 'select', 'stock:read', 'goods');
call app.allow('staff', 'stock.allocations', 'select', 'orders:read', 'store');
call app.allow('staff', 'stock.store_warehouses', 'select', 'orders:read', 'store');
call app.allow('staff', 'stock.store_warehouses', 'insert,update,delete', 'warehouses:edit', 'store');
call app.allow('staff', 'stock.store_orders', 'select', 'orders:read', 'store');
call app.allow('staff', 'stock.store_orders', 'insert,update', 'warehouses:edit', 'store');
call app.allow('staff', 'stock.low_levels', 'select', 'stock:read', 'goods');
call app.allow('staff', 'stock.low_levels', 'insert,update', 'stock:adjust', 'goods');
call app.allow('staff', 'stock.settings', 'select', 'stock:read', 'account');
-- What counts for all stock is for who sees all of it; who is kept to some warehouses has nothing everywhere.
create policy "staff insert by warehouses:edit" on stock.settings for insert to crossdock_staff
  with check ((select app.may_everywhere('warehouses:edit')));
create policy "staff update by warehouses:edit" on stock.settings for update to crossdock_staff
  using ((select app.may_everywhere('warehouses:edit')))
  with check ((select app.may_everywhere('warehouses:edit')));
grant insert, update on stock.settings to crossdock_staff;

-- A client: his own goods in the warehouses granted to him, without the house's people and places.
call app.allow('client', 'stock.levels', 'select', 'stock:read', 'goods',
  'account_id, warehouse_id, product_id, owner_party_id, lot, condition, on_hand, allocated, quarantine, unverified, announced, in_transit, '
  'backordered, changed_at');
call app.allow('client', 'stock.movements', 'select', 'stock:read', 'goods',
  'account_id, id, at, warehouse_id, product_id, owner_party_id, lot, condition, kind, on_hand, allocated, quarantine, unverified, announced, '
  'in_transit, backordered, reason, document_kind, document_id, document');

grant execute on function stock.low_goods to crossdock_client;
grant execute on function stock.allocate, stock.promised, stock.adjust, stock.count, stock.answer_count to crossdock_staff;
