-- The queue: each sees his own jobs; the worker sees and moves all.
call app.allow('staff', 'jobs.jobs', 'select', 'jobs:read', 'own');
call app.allow('staff', 'jobs.jobs', 'update', 'jobs:read', 'own', 'state, done, total');
call app.allow('supplier', 'jobs.jobs', 'select', 'queue:export', 'own');
create policy worker on jobs.jobs to crossdock_worker using (true) with check (true);
grant select, update on jobs.jobs to crossdock_worker;
grant execute on function jobs.enqueue to crossdock_staff;
grant execute on function jobs.mint_session, jobs.end_session to crossdock_worker;
grant execute on function app.count_young_tables to crossdock_worker;

-- Kept answers are their asker's own, whatever he may; the worker removes those whose time is over.
create policy "own answers" on access.kept_answers to crossdock_staff, crossdock_client, crossdock_supplier
  using (member_id = (select app.member_id())) with check (member_id = (select app.member_id()));
grant select, insert, update (status, answer, subject_ids), delete on access.kept_answers
  to crossdock_staff, crossdock_client, crossdock_supplier;
create policy "worker removes old answers" on access.kept_answers to crossdock_worker
  using (kept_at <= app.now() - interval '24 hours');
grant select (kept_at), delete on access.kept_answers to crossdock_worker;
grant execute on function app.visible to crossdock_staff, crossdock_client, crossdock_supplier;

-- Backups and restores: the worker, by whose login the health page looks, sees when they were.
create policy worker on app.backups for select to crossdock_worker using (true);
create policy worker on app.restores for select to crossdock_worker using (true);
grant select (at, bytes) on app.backups to crossdock_worker;
grant select (at, released_at) on app.restores to crossdock_worker;
