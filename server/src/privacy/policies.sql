-- Privacy: the administrator's alone; the worker lets fade what is due.
call app.allow('staff', 'privacy.retention', 'select,insert,update,delete', 'privacy:manage', 'account');
call app.allow('staff', 'privacy.erasures', 'select', 'privacy:manage', 'account');
call app.allow('staff', 'privacy.awaiting', 'select,insert,delete', 'privacy:manage', 'store');
create policy "asked for by oneself" on privacy.awaiting as restrictive for insert to crossdock_staff
  with check (member_id = (select app.member_id()));
grant execute on function privacy.import_files, privacy.forget_rows, privacy.erase to crossdock_staff;
grant execute on function privacy.wake, privacy.rules_due, privacy.fade, privacy.record to crossdock_worker;
