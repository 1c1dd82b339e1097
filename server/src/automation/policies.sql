call app.allow('staff', 'automation.rules', 'select', 'rules:read', 'account');
call app.allow('staff', 'automation.rules', 'insert,update,delete', 'rules:edit', 'account');
call app.allow('staff', 'automation.traces', 'select', 'rules:read', 'store');
call app.allow('staff', 'automation.traces', 'insert', 'rules:run', 'store');

-- A run of the rules belongs to the automation; whoever may start one sees how far it is, and may stop it.
create policy "staff select runs by rules:run" on jobs.jobs for select to crossdock_staff
  using (kind = 'automation.run' and (select app.may('rules:run')));

grant execute on function automation.supplier_names to crossdock_staff;
