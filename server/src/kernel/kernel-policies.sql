-- The queue: each sees his own jobs, who manages them all of the account, nobody what is in them. Nobody but the owner's
-- functions puts one in, ends it or says whose it is; the worker says how far it is and how it ended.
call app.allow('staff', 'jobs.jobs', 'select', 'jobs:read', 'own', 'account_id, id, member_id, kind, subject_id, state, done, total, error, attempts, created_at, started_at, finished_at');
call app.allow('staff', 'jobs.jobs', 'select', 'jobs:manage', 'account', 'account_id, id, member_id, kind, subject_id, state, done, total, error, attempts, created_at, started_at, finished_at');
call app.allow('client', 'jobs.jobs', 'select', 'jobs:read', 'own', 'account_id, id, member_id, kind, subject_id, state, done, total, error, attempts, created_at, started_at, finished_at');
call app.allow('supplier', 'jobs.jobs', 'select', 'queue:export', 'own', 'account_id, id, member_id, kind, subject_id, state, done, total, error, attempts, created_at, started_at, finished_at');
create policy worker on jobs.jobs to crossdock_worker using (true) with check (true);
grant select, update (state, done, total, error, due_at, worker_id, lease, leased_at, attempts, tries, furthest, crashed, untidy, finished_at)
  on jobs.jobs to crossdock_worker;
create policy worker on jobs.workers to crossdock_worker using (true) with check (true);
grant select, insert, delete on jobs.workers to crossdock_worker;
create policy worker on jobs.schedules to crossdock_worker using (true) with check (true);
grant select, insert, update on jobs.schedules to crossdock_worker;
grant execute on function jobs.enqueue, jobs.holds_lease, jobs.cancel, jobs.retry to crossdock_staff, crossdock_client;
grant execute on function jobs.holds_lease to crossdock_supplier;
grant execute on function jobs.claim, jobs.beat, jobs.mint_session, jobs.end_session, jobs.remove_old, jobs.next_run to crossdock_worker;
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
