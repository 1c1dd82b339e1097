-- How people prove who they are: browsers they came from before, second factors, links by mail, a change of address.

-- A browser somebody signed in with before: it is not told as new, and guesses elsewhere cannot keep it out.
create table identity.devices (
  user_id uuid not null references identity.users on delete cascade,
  token_hash bytea not null,
  created_at timestamptz not null default app.now(),
  seen_at timestamptz not null default app.now(),
  primary key (user_id, token_hash)
);

-- An app that shows codes. It counts once a first code was right.
create table identity.totp (
  user_id uuid primary key references identity.users on delete cascade,
  secret bytea not null, -- sealed with a key made of the server's secret
  last_step bigint not null default 0, -- of the newest code that was used: none counts twice
  confirmed_at timestamptz,
  created_at timestamptz not null default app.now()
);
create table identity.recovery_codes (
  user_id uuid not null references identity.users on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);
create table identity.passkeys (
  id uuid primary key,
  user_id uuid not null references identity.users on delete cascade,
  credential_id text collate "C" not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null check (length(name) between 1 and 80),
  created_at timestamptz not null default app.now(),
  used_at timestamptz
);
create index passkeys_by_user on identity.passkeys (user_id);
-- What a passkey is to sign: once, for one purpose, and for one person where he is known.
create table identity.challenges (
  challenge text collate "C" primary key,
  purpose text not null check (purpose in ('add', 'sign-in', 'prove')),
  user_id uuid references identity.users on delete cascade,
  expires_at timestamptz not null
);

create table identity.email_changes (
  id uuid primary key,
  user_id uuid not null references identity.users on delete cascade,
  old_email text collate "C" not null,
  new_email text collate "C" not null,
  created_at timestamptz not null default app.now(),
  confirmed_at timestamptz,
  cancelled_at timestamptz
);
create index email_changes_by_user on identity.email_changes (user_id, created_at desc);

-- What a person is told by mail of himself. The mail is owed by one of his accounts, whose people do not see it.
create table identity.notices (
  id uuid primary key,
  user_id uuid not null references identity.users on delete cascade,
  template text not null,
  recipient text collate "C" not null, -- lower case
  email_change_id uuid references identity.email_changes on delete cascade,
  facts jsonb not null default '{}',
  created_at timestamptz not null default app.now()
);
create index notices_by_recipient on identity.notices (recipient, template, created_at desc);
create index notices_by_user on identity.notices (user_id);
alter table notices.outbox add column private boolean not null default false; -- for its recipient alone: nobody of the account sees it

alter table identity.one_time_tokens
  drop constraint one_time_tokens_purpose_check,
  add constraint one_time_tokens_purpose_check
    check (purpose in ('invitation', 'create-account', 'reset', 'email-confirm', 'email-cancel')),
  add column user_id uuid references identity.users on delete cascade,
  add column email_change_id uuid references identity.email_changes on delete cascade;
create index one_time_tokens_by_user on identity.one_time_tokens (user_id) where user_id is not null;

-- Of a pending session: what its person is still to do.
alter table identity.sessions
  add column pending text check (pending in ('prove', 'enroll')),
  add check ((purpose = 'pending') = (pending is not null));
