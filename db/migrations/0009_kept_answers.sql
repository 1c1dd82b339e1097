-- Answers to requests that came with an Idempotency-Key, written in the transaction that did the work: who asks again with
-- the same key gets the same answer, and nothing happens twice. Kept for 24 hours.

create table access.kept_answers (
  account_id uuid not null references access.accounts,
  member_id uuid not null,
  route text collate "C" not null, -- as in the contract: POST /orders/:id/hold
  key text collate "C" not null check (length(key) between 1 and 255),
  request_hash bytea not null, -- SHA-256 of parameters, query and body
  status smallint, -- null only inside the transaction that does the work
  answer text,
  subject_ids uuid[] not null default '{}', -- what the answer is about, of what its reader could see then
  permissions text[] not null, -- what its reader could do then
  kept_at timestamptz not null default app.now(),
  primary key (account_id, member_id, route, key),
  foreign key (account_id, member_id) references access.members on delete cascade
);
create index kept_answers_by_age on access.kept_answers (kept_at);

alter table intake.imports add column version integer not null default 1;
