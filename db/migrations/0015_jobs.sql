-- Several workers at once. Who has a job holds a lease on it for as long as he shows that he lives; who lost it can't commit
-- any more. The table itself is the queue.

alter table jobs.jobs
  add column urgent boolean not null default false, -- a person waits for it
  add column due_at timestamptz not null default app.now(), -- not before; later after a failure
  add column worker_id uuid, -- who runs it
  add column lease bigint not null default 0, -- grows whenever it changes hands: the latest alone may write
  add column leased_at timestamptz,
  add column attempts integer not null default 0, -- starts, but for those that were handed back
  add column tries integer not null default 0, -- of these, the ones since it last got further than ever
  add column furthest integer not null default 0,
  add column crashed boolean not null default false, -- its last worker died with it
  add column untidy boolean not null default false, -- it was begun; what it may have left behind is not cleared away yet
  drop constraint jobs_state_check,
  add constraint jobs_state_check check (state in ('queued', 'running', 'done', 'failed', 'cancelled', 'set_aside'));
create index jobs_next on jobs.jobs (account_id, urgent desc, created_at, id) where state = 'queued';
create index jobs_running on jobs.jobs (account_id) where state = 'running';
create index jobs_untidy on jobs.jobs (state) where untidy;
create index jobs_set_aside on jobs.jobs (account_id) where state = 'set_aside';

-- Programs that run jobs. One that is silent for too long is taken for dead: its row goes, and others take its jobs.
create table jobs.workers (
  id uuid primary key,
  started_at timestamptz not null default app.now(),
  heartbeat_at timestamptz not null default app.now()
);

-- When it was last an account's turn, counted, not timed.
create table jobs.turns (
  account_id uuid primary key references access.accounts,
  served bigint not null
);

-- What the house does by itself: every so often, or daily at an hour of a zone. When it comes next is moved on by the
-- statement that starts it, so that of several servers one does it.
create table jobs.schedules (
  name text collate "C" primary key,
  every interval,
  daily_at time,
  zone text not null default 'UTC',
  next_run_at timestamptz not null,
  worker_id uuid, -- who is at it
  started_at timestamptz,
  finished_at timestamptz,
  runs bigint not null default 0,
  error text not null default '', -- how the last run failed
  check ((every is null) <> (daily_at is null))
);
