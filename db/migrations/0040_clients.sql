-- Clients, and colleagues whom a client's people ask for.

-- A client asks for a colleague; the host invites him or says why not.
create table portal.user_requests (
  account_id uuid not null references access.accounts,
  id uuid not null,
  client_id uuid not null,
  -- Who asks, and his name as it was then.
  member_id uuid not null,
  asked_by text not null,
  email text not null check (length(email) <= 254),
  name text not null default '' check (length(name) <= 120),
  role text collate "C" not null check (role in ('client-admin', 'client-member', 'client-viewer')),
  stores uuid[] not null check (cardinality(stores) > 0),
  warehouses uuid[] not null check (cardinality(warehouses) > 0),
  state text collate "C" not null default 'waiting' check (state in ('waiting', 'approved', 'refused')),
  -- Why not.
  answer text not null default '' check (length(answer) <= 500),
  answered_by text not null default '',
  answered_at timestamptz,
  invitation_id uuid,
  created_at timestamptz not null default app.now(),
  version integer not null default 1,
  primary key (account_id, id),
  foreign key (account_id, client_id) references access.parties (account_id, id),
  foreign key (account_id, member_id) references access.members (account_id, id),
  foreign key (account_id, invitation_id) references access.invitations (account_id, id),
  check ((state = 'waiting') = (answered_at is null))
);
create index user_requests_by_client on portal.user_requests (account_id, client_id, created_at desc, id desc);
create unique index user_requests_open on portal.user_requests (account_id, client_id, lower(email) collate "C") where state = 'waiting';

insert into portal.clients (account_id, client_id)
select account_id, id from access.parties where kind = 'client'
on conflict do nothing;
