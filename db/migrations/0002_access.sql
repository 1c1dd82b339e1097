-- People (global, in schema identity, which only the identity login reads) and their places in accounts.

create schema identity;
create schema access;

create table identity.users (
  id uuid primary key,
  email text collate "C" not null,
  email_key text collate "C" not null unique, -- lower case: one address, one person
  name text not null,
  password_hash text,
  locale text not null default 'en' check (locale in ('en', 'fr')),
  preferences jsonb not null default '{}',
  created_at timestamptz not null default app.now()
);

create table access.accounts (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  timezone text not null default 'UTC',
  is_demo boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default app.now()
);

-- One table for companies: the account itself, the clients it serves, the suppliers that ship for it.
create table access.parties (
  account_id uuid not null references access.accounts,
  id uuid not null,
  kind text not null check (kind in ('self', 'client', 'supplier')),
  name text not null check (length(name) between 1 and 200),
  email text,
  locale text not null default 'en' check (locale in ('en', 'fr')),
  archived_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default app.now(),
  primary key (account_id, id)
);
create unique index parties_by_name on access.parties (account_id, kind, lower(name) collate "C");

create table access.roles (
  account_id uuid not null references access.accounts,
  id uuid not null,
  slug text collate "C" not null,
  name text not null,
  audience text not null check (audience in ('staff', 'client', 'supplier')),
  built_in boolean not null,
  permissions text[] not null,
  primary key (account_id, id),
  unique (account_id, slug)
);

-- A principal of an account: a person, an API key, or the account's automation.
create table access.members (
  account_id uuid not null references access.accounts,
  id uuid not null,
  kind text not null check (kind in ('person', 'key', 'automation')),
  user_id uuid references identity.users,
  name text not null,
  email text,
  audience text not null check (audience in ('staff', 'client', 'supplier')),
  role_id uuid not null,
  party_id uuid,
  all_stores boolean not null default true,
  all_warehouses boolean not null default true,
  valid_from timestamptz,
  valid_until timestamptz,
  deactivated_at timestamptz,
  last_seen_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default app.now(),
  primary key (account_id, id),
  foreign key (account_id, role_id) references access.roles,
  foreign key (account_id, party_id) references access.parties,
  check ((kind = 'person') = (user_id is not null)),
  check ((audience = 'staff') = (party_id is null))
);
create unique index members_by_user on access.members (user_id, account_id) where user_id is not null;
create unique index members_automation on access.members (account_id) where kind = 'automation';

create table access.member_stores (
  account_id uuid not null,
  member_id uuid not null,
  store_id uuid not null,
  primary key (account_id, member_id, store_id),
  foreign key (account_id, member_id) references access.members on delete cascade
);
create table access.member_warehouses (
  account_id uuid not null,
  member_id uuid not null,
  warehouse_id uuid not null,
  primary key (account_id, member_id, warehouse_id),
  foreign key (account_id, member_id) references access.members on delete cascade
);

create table access.invitations (
  account_id uuid not null references access.accounts,
  id uuid not null,
  email text not null,
  name text not null default '',
  role_id uuid not null,
  party_id uuid,
  locale text not null default 'en' check (locale in ('en', 'fr')),
  invited_by uuid not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default app.now(),
  primary key (account_id, id),
  foreign key (account_id, role_id) references access.roles,
  foreign key (account_id, party_id) references access.parties,
  foreign key (account_id, invited_by) references access.members
);
-- One open invitation for one address.
create unique index invitations_open on access.invitations (account_id, lower(email) collate "C")
  where accepted_at is null and revoked_at is null;

-- A session is bound to one member: switching account makes another. Purposes never mix.
create table identity.sessions (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('web', 'key', 'job')),
  account_id uuid not null,
  member_id uuid not null,
  user_agent text not null default '',
  created_at timestamptz not null default app.now(),
  expires_at timestamptz,
  foreign key (account_id, member_id) references access.members on delete cascade
);
create index sessions_by_member on identity.sessions (account_id, member_id);

-- Links in mails and on the console. Only the SHA-256 is kept; consumed at POST, once.
create table identity.one_time_tokens (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('invitation', 'create-account')),
  account_id uuid,
  invitation_id uuid,
  created_at timestamptz not null default app.now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  foreign key (account_id, invitation_id) references access.invitations
);
create index one_time_tokens_by_invitation on identity.one_time_tokens (account_id, invitation_id);

-- Failed sign-ins, for throttling by address of the network and by person.
create table identity.attempts (
  key text collate "C" not null,
  at timestamptz not null default app.now(),
  id uuid primary key
);
create index attempts_by_key on identity.attempts (key, at);

-- Every write and every refusal: who, as whom, what, old and new. Written in the business transaction.
create table access.audit (
  account_id uuid not null,
  id uuid not null,
  at timestamptz not null default app.now(),
  member_id uuid,
  actor text not null,
  via text not null,
  action text not null,
  subject_kind text,
  subject_id uuid,
  request_id text,
  changes jsonb not null default '{}',
  primary key (account_id, id)
);
create index audit_by_time on access.audit (account_id, at desc, id desc);
create index audit_by_subject on access.audit (account_id, subject_id, at desc);
