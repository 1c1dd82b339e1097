-- Roles of the account's own have names of their own, and ownership is handed on by both.

create unique index roles_by_name on access.roles (account_id, lower(name) collate "C") where not built_in and archived_at is null;

-- The one offer of an account's ownership that is open; taken up, withdrawn or over, it counts no more.
create table access.ownership_offers (
  account_id uuid primary key references access.accounts,
  member_id uuid not null, -- whom it is offered
  offered_by uuid not null,
  offered_at timestamptz not null default app.now(),
  expires_at timestamptz not null,
  foreign key (account_id, member_id) references access.members (account_id, id) on delete cascade,
  foreign key (account_id, offered_by) references access.members (account_id, id) on delete cascade
);
