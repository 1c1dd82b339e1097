call app.allow('staff', 'notices.outbox', 'select,update', 'outbox:read', 'account');
call app.allow('staff', 'notices.outbox', 'insert', 'users:manage', 'account');
call app.allow('staff', 'notices.outbox', 'insert', 'portal-users:manage', 'account');
-- A mail about a person himself is not for the account's people, who might open its link.
create policy "private mails are nobody's" on notices.outbox as restrictive to crossdock_staff using (not private) with check (not private);
-- The worker sends for everybody.
create policy worker on notices.outbox to crossdock_worker using (true) with check (true);
grant select, update on notices.outbox to crossdock_worker;
