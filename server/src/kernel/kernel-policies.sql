-- The queue: each sees his own jobs; the worker sees and moves all.
call app.allow('staff', 'jobs.jobs', 'select', 'jobs:read', 'own');
call app.allow('staff', 'jobs.jobs', 'update', 'jobs:read', 'own', 'state, done, total');
call app.allow('supplier', 'jobs.jobs', 'select', 'queue:export', 'own');
create policy worker on jobs.jobs to crossdock_worker using (true) with check (true);
grant select, update on jobs.jobs to crossdock_worker;
grant execute on function jobs.enqueue to crossdock_staff;
grant execute on function jobs.mint_session, jobs.end_session to crossdock_worker;
grant execute on function app.count_young_tables to crossdock_worker;
