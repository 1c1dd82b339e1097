-- Imports: each sees his own, for a file's rows are as sensitive as the orders; mappings are the account's. A client brings in
-- products alone.
call app.allow('staff', 'intake.files', 'select,insert', 'orders:import', 'own');
call app.allow('staff', 'intake.files', 'select,insert', 'products:import', 'own');
call app.allow('staff', 'intake.imports', 'select,insert,update', 'orders:import', 'own');
call app.allow('staff', 'intake.imports', 'select,insert,update', 'products:import', 'own');
call app.allow('staff', 'intake.rejections', 'select,insert,delete', 'orders:import', 'own');
call app.allow('staff', 'intake.rejections', 'select,insert,delete', 'products:import', 'own');
call app.allow('staff', 'intake.mappings', 'select,insert,update,delete', 'orders:import', 'account');

call app.allow('client', 'intake.files', 'select,insert', 'products:import', 'own');
call app.allow('client', 'intake.imports', 'select,insert,update', 'products:import', 'own');
call app.allow('client', 'intake.rejections', 'select,insert,delete', 'products:import', 'own');

create policy "of a kind he may bring" on intake.imports as restrictive to crossdock_staff
  using (case kind when 'orders' then (select app.may('orders:import')) else (select app.may('products:import')) end);
create policy "products alone" on intake.imports as restrictive to crossdock_client using (kind = 'products');

-- The worker removes files that no row keeps.
create policy "worker knows the files" on intake.files for select to crossdock_worker using (true);
grant select (id, removed_at) on intake.files to crossdock_worker;
grant execute on function intake.bytes_kept to crossdock_staff, crossdock_client;
grant execute on function intake.retire_files to crossdock_worker;
