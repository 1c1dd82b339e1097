-- What the operator keeps: which backups were taken, which were restored. What was under way when a backup was taken may
-- have been done since: after a restore it waits until the operator says so.

create table app.backups (
  id uuid primary key,
  at timestamptz not null, -- the snapshot it holds
  file text not null, -- its name, without the folder
  bytes bigint not null,
  program text not null
);

create table app.restores (
  id uuid primary key,
  at timestamptz not null default app.now(),
  taken_at timestamptz not null, -- when the backup was taken
  program text not null, -- that took it
  released_at timestamptz -- when the operator let go on what had waited
);

alter table notices.outbox add column held boolean not null default false;
alter table jobs.jobs add column held boolean not null default false;
