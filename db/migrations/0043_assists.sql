-- A client's administrator lets the host look at what he sees himself, for a while.

create table portal.assists (
  account_id uuid not null references access.accounts,
  id uuid not null,
  client_id uuid not null,
  -- Who allowed it, with whose rights is looked, and his name as it was then.
  member_id uuid not null,
  granted_by text not null,
  note text not null default '' check (length(note) <= 500),
  granted_at timestamptz not null default app.now(),
  until timestamptz not null check (until > granted_at and until <= granted_at + interval '72 hours'),
  ended_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, client_id) references access.parties (account_id, id),
  foreign key (account_id, member_id) references access.members (account_id, id)
);
create index assists_by_client on portal.assists (account_id, client_id, granted_at desc, id desc);
