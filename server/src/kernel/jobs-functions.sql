-- Jobs: a row says whose the work is. Who runs it enters as its owner and holds a lease on the row.

-- Puts a job of the caller's into the queue, in the caller's transaction; it runs with his rights. as_automation makes it
-- the account's own, which may more than he: only the kinds named here, each for who may start it.
drop function if exists jobs.enqueue(uuid, text, uuid, jsonb, boolean);
create or replace function jobs.enqueue(job_id uuid, kind text, subject_id uuid, payload jsonb, as_automation boolean, urgent boolean) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if as_automation and not coalesce(case enqueue.kind
    when 'automation.arrival' then app.may('orders:create')
    when 'automation.run' then app.may('rules:run')
    when 'notices.deliver' then app.may('outbox:read') or app.may('users:manage') or app.may('portal-users:manage') end, false) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'rules:run';
  end if;
  insert into jobs.jobs (account_id, id, member_id, kind, subject_id, payload, urgent)
  select (select app.account_id()), enqueue.job_id, m.id, enqueue.kind, enqueue.subject_id, enqueue.payload, enqueue.urgent
    from access.members m
   where m.account_id = app.account_id()
     and case when as_automation then m.kind = 'automation' else m.id = app.member_id() end;
  perform pg_notify('crossdock_jobs', '');
end $$;

-- Takes the next job for a worker that lives: of the account with the fewest running; among those, of the one that has waited
-- longest for its turn; within an account what a person waits for, then the oldest. One whose worker died with it may
-- have killed it: such jobs run one at a time, so that the guilty one is found and the others go on.
create or replace function jobs.claim(worker uuid, kinds text[], urgent_only boolean)
  returns table (account_id uuid, id uuid, kind text, subject_id uuid, payload jsonb, lease bigint)
  language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock(hashtext('crossdock jobs'));
  if not exists (select from jobs.workers w where w.id = worker) then
    return;
  end if;
  return query
  with next as (
    select a.id as account_id, q.id
      from access.accounts a
      left join jobs.turns t on t.account_id = a.id
     cross join lateral (
       select j.id from jobs.jobs j
        where j.account_id = a.id and j.state = 'queued' and not j.held and j.due_at <= app.now() and j.kind = any (kinds) and (j.urgent or not urgent_only)
          and not (j.crashed and exists (select from jobs.jobs r where r.state = 'running' and r.crashed))
        order by j.urgent desc, j.created_at, j.id limit 1) q
     order by (select count(*) from jobs.jobs r where r.account_id = a.id and r.state = 'running'), t.served nulls first, a.id
     limit 1),
  turn as (
    insert into jobs.turns (account_id, served)
    select next.account_id, coalesce((select max(x.served) from jobs.turns x), 0) + 1 from next
    on conflict (account_id) do update set served = excluded.served)
  update jobs.jobs j
     set state = 'running', worker_id = worker, lease = j.lease + 1, leased_at = app.now(), started_at = coalesce(j.started_at, app.now()),
         attempts = j.attempts + 1, tries = j.tries + 1, untidy = true
    from next where j.account_id = next.account_id and j.id = next.id and j.state = 'queued'
  returning j.account_id, j.id, j.kind, j.subject_id, j.payload, j.lease;
end $$;

-- A worker shows that it lives and names the jobs it is at; then what nobody is at any more goes back into the queue, of
-- workers that were silent for longer than `lapse`, and of its own that it knows nothing of. What was begun three times
-- without getting further is set aside. False: it was taken for dead itself.
create or replace function jobs.beat(worker uuid, at_work uuid[], lapse interval) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  alive boolean;
begin
  perform pg_advisory_xact_lock(hashtext('crossdock jobs'));
  update jobs.workers w set heartbeat_at = app.now() where w.id = worker;
  alive := found;
  delete from jobs.workers w where w.heartbeat_at < app.now() - lapse;
  update jobs.jobs j
     set state = case when j.tries < 3 then 'queued' else 'set_aside' end,
         finished_at = case when j.tries < 3 then null else app.now() end,
         error = jsonb_build_object('code', 'crashed', 'detail', 'The program that ran it ended in the middle.'),
         worker_id = null, lease = j.lease + 1, due_at = app.now(), crashed = true
    from (select r.account_id, r.id from jobs.jobs r
           where r.state = 'running'
             and (not exists (select from jobs.workers w where w.id = r.worker_id)
                  or (r.worker_id = worker and not r.id = any (at_work) and r.leased_at < app.now() - lapse))
             for update skip locked) left_alone
   where j.account_id = left_alone.account_id and j.id = left_alone.id;
  if found then
    perform pg_notify('crossdock_jobs', '');
  end if;
  update jobs.schedules s set worker_id = null, next_run_at = app.now()
   where s.worker_id is not null and not exists (select from jobs.workers w where w.id = s.worker_id);
  return alive;
end $$;

-- The last statement of every transaction that a job writes in: true while its lease holds, else null. The row stays so until the
-- commit, so nobody takes the job over in between.
create or replace function jobs.holds_lease(job_id uuid, lease bigint) returns boolean
  language sql security definer set search_path = pg_catalog as $$
  select true from jobs.jobs j
   where j.account_id = app.account_id() and j.id = holds_lease.job_id and j.lease = holds_lease.lease and j.state = 'running' for share
$$;

-- Who may stop or retry a job: its owner; who has jobs:manage; of a run of the rules, whoever may start one.
create or replace function jobs.may_steer(member_id uuid, kind text) returns boolean
  language sql stable set search_path = pg_catalog as $$
  select member_id = app.member_id() and app.may('jobs:read') or app.may('jobs:manage') or kind = 'automation.run' and app.may('rules:run')
$$;
-- Ends what has not ended, and what was set aside. False where it has ended already or is out of reach.
create or replace function jobs.cancel(job_id uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  update jobs.jobs j set state = 'cancelled', finished_at = app.now(), worker_id = null
   where j.account_id = app.account_id() and j.id = cancel.job_id and j.state in ('queued', 'running', 'set_aside')
     and jobs.may_steer(j.member_id, j.kind);
  return found;
end $$;
-- Puts back into the queue what was set aside. False likewise.
create or replace function jobs.retry(job_id uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  update jobs.jobs j set state = 'queued', tries = 0, due_at = app.now(), error = null, finished_at = null
   where j.account_id = app.account_id() and j.id = retry.job_id and j.state = 'set_aside' and jobs.may_steer(j.member_id, j.kind);
  if found then
    perform pg_notify('crossdock_jobs', '');
    return true;
  end if;
  return false;
end $$;

-- A short session for the member a running job belongs to; null where he may not enter any more. The worker alone calls it; the
-- member's rights are looked up each time he enters.
drop function if exists jobs.mint_session(uuid, uuid, bytea);
create or replace function jobs.mint_session(account_id uuid, job_id uuid, lease bigint, token_hash bytea) returns text
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  owner record;
begin
  select m.id, m.audience into owner
    from jobs.jobs j join access.members m on m.account_id = j.account_id and m.id = j.member_id
   where j.account_id = mint_session.account_id and j.id = mint_session.job_id and j.lease = mint_session.lease and j.state = 'running'
     and m.deactivated_at is null and (m.valid_from is null or m.valid_from <= app.now()) and (m.valid_until is null or m.valid_until > app.now());
  if found then
    insert into identity.sessions (token_hash, purpose, account_id, member_id, expires_at)
    values (mint_session.token_hash, 'job', mint_session.account_id, owner.id, app.now() + interval '6 hours');
  end if;
  return owner.audience;
end $$;

create or replace function jobs.end_session(token_hash bytea) returns void
  language sql security definer set search_path = pg_catalog as $$
  delete from identity.sessions s where s.token_hash = end_session.token_hash and s.purpose = 'job'
$$;

-- Removes jobs that ended well or by will a month ago. What failed stays a quarter, what was set aside until somebody decides.
create or replace function jobs.remove_old() returns void
  language sql security definer set search_path = pg_catalog as $$
  delete from jobs.jobs j
   where not j.untidy and j.finished_at < app.now() - case when j.state = 'failed' then interval '90 days' else interval '30 days' end
     and j.state in ('done', 'cancelled', 'failed')
$$;

-- When a schedule comes next. A day's hour that a change of the clock leaves out or repeats comes once all the same, since
-- each day of the zone has one.
create or replace function jobs.next_run(every interval, daily_at time, zone text) returns timestamptz
  language sql stable set search_path = pg_catalog as $$
  select case when every is not null then date_bin(every, app.now(), 'epoch') + every
              else (select min((d + daily_at) at time zone zone)
                      from (select (app.now() at time zone zone)::date + n as d from generate_series(0, 1) n) days
                     where (d + daily_at) at time zone zone > app.now()) end
$$;
