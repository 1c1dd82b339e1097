call app.allow('staff', 'notices.outbox', 'select,update', 'outbox:read', 'account');
call app.allow('staff', 'notices.outbox', 'insert', 'users:manage', 'account');
-- The worker sends for everybody.
create policy worker on notices.outbox to crossdock_worker using (true) with check (true);
grant select, update on notices.outbox to crossdock_worker;
