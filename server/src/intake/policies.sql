-- Imports: whoever may import sees the account's imports and mappings; the file's rows are as sensitive as the orders.
create policy "my files" on intake.files to crossdock_staff
  using (member_id = (select app.member_id())) with check (member_id = (select app.member_id()));
grant select, insert on intake.files to crossdock_staff;
call app.allow('staff', 'intake.files', 'select', 'orders:import', 'account');
call app.allow('staff', 'intake.mappings', 'select,insert,update,delete', 'orders:import', 'account');
call app.allow('staff', 'intake.imports', 'select,insert,update', 'orders:import', 'account');
call app.allow('staff', 'intake.rejections', 'select,insert,delete', 'orders:import', 'account');
