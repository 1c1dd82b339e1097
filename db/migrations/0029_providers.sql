-- Sign-in by the provider of an account's own house (OpenID Connect), and what a session is that began so.

create table access.identity_providers (
  account_id uuid not null references access.accounts,
  id uuid not null,
  name text not null check (length(name) between 1 and 80),
  issuer text collate "C" not null,
  client_id text collate "C" not null,
  secret bytea not null, -- sealed with a key made of the server's secret
  scopes text collate "C" not null default 'openid email profile',
  domains text[] not null default '{}', -- for whose addresses it speaks, in lower case
  group_claim text collate "C" not null default '',
  group_roles jsonb not null default '[]', -- [{"group": "desk", "roleId": id}], the first that fits counts
  default_role_id uuid, -- for who comes from its domains without an invitation; null: nobody does
  required boolean not null default false, -- people of its domains sign in by it alone
  disabled_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default app.now(),
  primary key (account_id, id),
  foreign key (account_id, default_role_id) references access.roles
);
create unique index identity_providers_by_name on access.identity_providers (account_id, lower(name) collate "C");

-- Under which name a provider of an account knows a person. It opens his place in that account, and no other.
create table identity.external_identities (
  account_id uuid not null,
  provider_id uuid not null,
  subject text collate "C" not null,
  user_id uuid not null references identity.users on delete cascade,
  created_at timestamptz not null default app.now(),
  primary key (account_id, provider_id, subject),
  foreign key (account_id, provider_id) references access.identity_providers on delete cascade
);
create index external_identities_by_user on identity.external_identities (user_id);

alter table identity.one_time_tokens
  drop constraint one_time_tokens_purpose_check,
  add constraint one_time_tokens_purpose_check
    check (purpose in ('invitation', 'create-account', 'reset', 'email-confirm', 'email-cancel', 'provider'));
alter table identity.sessions
  add column provider_id uuid; -- by which provider it began: it is good for that account alone
