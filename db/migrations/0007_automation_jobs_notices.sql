-- Rules and what they did; jobs that run as somebody; the outbox of what is owed to the outside; imports.

create schema automation;
create schema jobs;
create schema notices;
create schema intake;

create table automation.rules (
  account_id uuid not null references access.accounts,
  id uuid not null,
  position integer not null,
  name text not null check (length(name) between 1 and 200),
  enabled boolean not null default true,
  trigger text not null default 'arrival' check (trigger in ('arrival')),
  condition jsonb not null,
  actions jsonb not null,
  stop_after boolean not null default false,
  version integer not null default 1,
  updated_by text not null,
  updated_at timestamptz not null default app.now(),
  primary key (account_id, id)
);
create index rules_in_order on automation.rules (account_id, position, id);

-- Which rule did what on which order, with what it saw.
create table automation.traces (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  rule_id uuid not null,
  rule_name text not null,
  rule_version integer not null,
  run text not null check (run in ('arrival', 'now')),
  effect jsonb not null,
  at timestamptz not null default app.now(),
  primary key (account_id, id),
  foreign key (account_id, order_id) references orders.orders
);
create index traces_by_order on automation.traces (account_id, order_id, at);
create index traces_by_rule on automation.traces (account_id, rule_id, at);

-- What the queue runs. The row says whose it is; his rights are looked up again when it runs.
create table jobs.jobs (
  account_id uuid not null references access.accounts,
  id uuid not null,
  member_id uuid not null,
  kind text not null,
  subject_id uuid,
  payload jsonb not null default '{}',
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  done integer not null default 0,
  total integer,
  error jsonb,
  created_at timestamptz not null default app.now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, member_id) references access.members
);
create index jobs_by_member on jobs.jobs (account_id, member_id, created_at desc);

create table notices.outbox (
  account_id uuid not null references access.accounts,
  id uuid not null,
  kind text not null check (kind in ('mail')),
  template text not null,
  subject_id uuid not null,
  recipient text not null,
  locale text not null default 'en',
  state text not null default 'pending' check (state in ('pending', 'sending', 'done', 'refused', 'unknown', 'dead')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default app.now(),
  last_error text not null default '',
  sent_at timestamptz,
  revealed_at timestamptz,
  revealed_by text,
  created_by text not null,
  created_at timestamptz not null default app.now(),
  primary key (account_id, id)
);
create index outbox_due on notices.outbox (next_attempt_at) where state in ('pending', 'sending');
create index outbox_newest on notices.outbox (account_id, created_at desc, id desc);

create table intake.files (
  account_id uuid not null references access.accounts,
  id uuid not null,
  member_id uuid not null,
  name text not null,
  bytes bigint not null,
  sha256 text not null,
  created_at timestamptz not null default app.now(),
  primary key (account_id, id)
);

-- A choice of columns kept under a name: by heading, so that it fits a file whose columns stand in another order.
create table intake.mappings (
  account_id uuid not null references access.accounts,
  id uuid not null,
  kind text not null check (kind in ('orders', 'products')),
  name text not null check (length(name) between 1 and 80),
  columns jsonb not null, -- [{ field, heading }]
  format jsonb not null,
  created_at timestamptz not null default app.now(),
  primary key (account_id, id)
);
create unique index mappings_by_name on intake.mappings (account_id, kind, lower(name) collate "C");

create table intake.imports (
  account_id uuid not null references access.accounts,
  id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('orders', 'products')),
  file_id uuid not null,
  store_id uuid check ((store_id is null) = (kind = 'products')),
  currency text not null,
  mode text not null default 'both' check (mode in ('create', 'update', 'both')),
  format jsonb not null,
  sure jsonb not null, -- which guesses of the format rest on evidence
  mapping jsonb not null, -- field -> column, from 0
  state text not null default 'uploaded' check (state in ('uploaded', 'checking', 'checked', 'running', 'done', 'cancelled', 'failed')),
  survey jsonb, -- what the check found
  checkpoint integer not null default 0, -- results written, in the file's own order
  rows_total integer,
  rows_done integer not null default 0,
  created integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  rejected integer not null default 0,
  error jsonb,
  job_id uuid, -- whose batches count; null while the command line runs it
  created_at timestamptz not null default app.now(),
  finished_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, file_id) references intake.files,
  foreign key (account_id, store_id) references channels.stores
);
create index imports_newest on intake.imports (account_id, member_id, created_at desc, id desc);

create table intake.rejections (
  account_id uuid not null,
  import_id uuid not null,
  member_id uuid not null,
  line integer not null,
  ordinal integer not null,
  heading text not null default '',
  value text not null default '',
  code text not null,
  params jsonb not null default '{}',
  primary key (account_id, import_id, line, ordinal),
  foreign key (account_id, import_id) references intake.imports
);
