-- Looking as somebody, and asking for access.

-- A preview is nobody: what somebody of a role would see, for as long as a view lasts. It has no user, no key, and is listed nowhere.
alter table access.members
  drop constraint members_kind_check,
  add constraint members_kind_check check (kind in ('person', 'key', 'automation', 'preview'));

-- A view stands within the session of the one who looks, and ends with it, however that ends.
alter table identity.sessions
  add unique (account_id, member_id, id),
  add column within uuid,
  add foreign key (account_id, viewer_id, within) references identity.sessions (account_id, member_id, id) on delete cascade,
  add check ((purpose = 'view') = (within is not null));
create index sessions_within on identity.sessions (account_id, viewer_id, within) where within is not null;

create table access.requests (
  account_id uuid not null references access.accounts,
  id uuid not null,
  member_id uuid not null,
  permission text collate "C", -- the word that was missing; null: he says it in his own words
  page text not null default '' check (length(page) <= 200), -- where he stood when it was
  note text not null default '' check (length(note) <= 1000),
  state text not null default 'open' check (state in ('open', 'granted', 'refused')),
  answer text not null default '' check (length(answer) <= 1000),
  answered_by uuid,
  answered_at timestamptz,
  created_at timestamptz not null default app.now(),
  primary key (account_id, id),
  foreign key (account_id, member_id) references access.members on delete cascade,
  foreign key (account_id, answered_by) references access.members,
  check ((state = 'open') = (answered_at is null))
);
create index requests_by_state on access.requests (account_id, state, created_at);
create index requests_by_member on access.requests (account_id, member_id, created_at);
