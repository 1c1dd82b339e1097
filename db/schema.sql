-- What the migrations, functions and policies add up to. Drawn from the catalogue, compared in the tests; after a change:
--   npx vitest run server/src/testing/schema.test.ts -u
-- Below each table who may what with it: login, command, and the name of the policy where that says more. On every table there are besides: "owner" for
-- the owner's login, who migrates and backs up; and where there is an account, the restrictive "own_account".

create table app.backups (
  id uuid not null,
  at timestamp with time zone not null,
  file text not null,
  bytes bigint not null,
  program text not null,
  constraint backups_pkey PRIMARY KEY (id)
);
--   worker select: worker

create table app.built_in_roles (
  slug text collate "C" not null,
  name text not null,
  audience text not null,
  permissions text[] not null,
  switches text[] not null,
  begins_on text[] not null,
  constraint built_in_roles_pkey PRIMARY KEY (slug)
);

create table app.context_key (
  only_one boolean not null default true,
  inner_pad bytea not null,
  outer_pad bytea not null,
  constraint context_key_pkey PRIMARY KEY (only_one),
  constraint context_key_only_one_check CHECK (only_one)
);

create table app.installation (
  only_one boolean not null default true,
  id text not null,
  is_test boolean not null default false,
  fingerprint text not null default ''::text,
  demo_made_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint installation_pkey PRIMARY KEY (only_one),
  constraint installation_only_one_check CHECK (only_one)
);

create table app.logins (
  audience text not null,
  role_name text not null,
  constraint logins_pkey PRIMARY KEY (audience)
);

create table app.restores (
  id uuid not null,
  at timestamp with time zone not null default app.now(),
  taken_at timestamp with time zone not null,
  program text not null,
  released_at timestamp with time zone,
  constraint restores_pkey PRIMARY KEY (id)
);
--   worker select: worker

create table identity.attempts (
  key text collate "C" not null,
  at timestamp with time zone not null default app.now(),
  id uuid not null,
  constraint attempts_pkey PRIMARY KEY (id)
);
CREATE INDEX attempts_by_key ON identity.attempts USING btree (key, at);
--   identity all: identity

create table identity.challenges (
  challenge text collate "C" not null,
  purpose text not null,
  user_id uuid,
  expires_at timestamp with time zone not null,
  constraint challenges_pkey PRIMARY KEY (challenge),
  constraint challenges_purpose_check CHECK ((purpose = ANY (ARRAY['add'::text, 'sign-in'::text, 'prove'::text]))),
  constraint challenges_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE
);
--   identity all: identity

create table identity.devices (
  user_id uuid not null,
  token_hash bytea not null,
  created_at timestamp with time zone not null default app.now(),
  seen_at timestamp with time zone not null default app.now(),
  constraint devices_pkey PRIMARY KEY (user_id, token_hash),
  constraint devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE
);
--   identity all: identity

create table identity.email_changes (
  id uuid not null,
  user_id uuid not null,
  old_email text collate "C" not null,
  new_email text collate "C" not null,
  created_at timestamp with time zone not null default app.now(),
  confirmed_at timestamp with time zone,
  cancelled_at timestamp with time zone,
  constraint email_changes_pkey PRIMARY KEY (id),
  constraint email_changes_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE
);
CREATE INDEX email_changes_by_user ON identity.email_changes USING btree (user_id, created_at DESC);
--   identity all: identity

create table identity.external_identities (
  account_id uuid not null,
  provider_id uuid not null,
  subject text collate "C" not null,
  user_id uuid not null,
  created_at timestamp with time zone not null default app.now(),
  constraint external_identities_pkey PRIMARY KEY (account_id, provider_id, subject),
  constraint external_identities_account_id_provider_id_fkey FOREIGN KEY (account_id, provider_id) REFERENCES access.identity_providers(account_id, id) ON DELETE CASCADE,
  constraint external_identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE
);
CREATE INDEX external_identities_by_user ON identity.external_identities USING btree (user_id);
--   identity all: identity

create table identity.notices (
  id uuid not null,
  user_id uuid not null,
  template text not null,
  recipient text collate "C" not null,
  email_change_id uuid,
  facts jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default app.now(),
  constraint notices_pkey PRIMARY KEY (id),
  constraint notices_email_change_id_fkey FOREIGN KEY (email_change_id) REFERENCES identity.email_changes(id) ON DELETE CASCADE,
  constraint notices_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE
);
CREATE INDEX notices_by_recipient ON identity.notices USING btree (recipient, template, created_at DESC);
CREATE INDEX notices_by_user ON identity.notices USING btree (user_id);
--   identity all: identity

create table identity.one_time_tokens (
  token_hash bytea not null,
  purpose text not null,
  account_id uuid,
  invitation_id uuid,
  created_at timestamp with time zone not null default app.now(),
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  user_id uuid,
  email_change_id uuid,
  constraint one_time_tokens_pkey PRIMARY KEY (token_hash),
  constraint one_time_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['invitation'::text, 'create-account'::text, 'reset'::text, 'email-confirm'::text, 'email-cancel'::text, 'provider'::text]))),
  constraint one_time_tokens_account_id_invitation_id_fkey FOREIGN KEY (account_id, invitation_id) REFERENCES access.invitations(account_id, id),
  constraint one_time_tokens_email_change_id_fkey FOREIGN KEY (email_change_id) REFERENCES identity.email_changes(id) ON DELETE CASCADE,
  constraint one_time_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE
);
CREATE INDEX one_time_tokens_by_invitation ON identity.one_time_tokens USING btree (account_id, invitation_id);
CREATE INDEX one_time_tokens_by_user ON identity.one_time_tokens USING btree (user_id) WHERE (user_id IS NOT NULL);
--   identity all: identity

create table identity.passkeys (
  id uuid not null,
  user_id uuid not null,
  credential_id text collate "C" not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}'::text[],
  name text not null,
  created_at timestamp with time zone not null default app.now(),
  used_at timestamp with time zone,
  version integer not null default 1,
  constraint passkeys_pkey PRIMARY KEY (id),
  constraint passkeys_credential_id_key UNIQUE (credential_id),
  constraint passkeys_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint passkeys_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE
);
CREATE INDEX passkeys_by_user ON identity.passkeys USING btree (user_id);
--   identity all: identity

create table identity.recovery_codes (
  user_id uuid not null,
  code_hash bytea not null,
  used_at timestamp with time zone,
  constraint recovery_codes_pkey PRIMARY KEY (user_id, code_hash),
  constraint recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE
);
--   identity all: identity

create table identity.sessions (
  token_hash bytea not null,
  purpose text not null,
  account_id uuid not null,
  member_id uuid not null,
  user_agent text not null default ''::text,
  created_at timestamp with time zone not null default app.now(),
  expires_at timestamp with time zone,
  id uuid not null default gen_random_uuid(),
  proved_at timestamp with time zone not null default app.now(),
  seen_at timestamp with time zone not null default app.now(),
  address inet,
  addresses cidr[],
  viewer_id uuid,
  within uuid,
  pending text,
  provider_id uuid,
  door text collate "C" not null default ''::text,
  constraint sessions_pkey PRIMARY KEY (token_hash),
  constraint sessions_account_id_member_id_id_key UNIQUE (account_id, member_id, id),
  constraint sessions_id_key UNIQUE (id),
  constraint sessions_check CHECK (((purpose = 'view'::text) = (viewer_id IS NOT NULL))),
  constraint sessions_check1 CHECK (((purpose = 'view'::text) = (within IS NOT NULL))),
  constraint sessions_check2 CHECK (((purpose = 'pending'::text) = (pending IS NOT NULL))),
  constraint sessions_pending_check CHECK ((pending = ANY (ARRAY['prove'::text, 'enroll'::text]))),
  constraint sessions_purpose_check CHECK ((purpose = ANY (ARRAY['web'::text, 'key'::text, 'job'::text, 'view'::text, 'pending'::text]))),
  constraint sessions_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES access.members(account_id, id) ON DELETE CASCADE,
  constraint sessions_account_id_viewer_id_fkey FOREIGN KEY (account_id, viewer_id) REFERENCES access.members(account_id, id) ON DELETE CASCADE,
  constraint sessions_account_id_viewer_id_within_fkey FOREIGN KEY (account_id, viewer_id, within) REFERENCES identity.sessions(account_id, member_id, id) ON DELETE CASCADE
);
CREATE INDEX sessions_by_member ON identity.sessions USING btree (account_id, member_id);
CREATE INDEX sessions_within ON identity.sessions USING btree (account_id, viewer_id, within) WHERE (within IS NOT NULL);
CREATE TRIGGER remove_preview AFTER DELETE ON identity.sessions FOR EACH ROW WHEN ((old.purpose = 'view'::text)) EXECUTE FUNCTION access.remove_preview();
--   identity all: identity

create table identity.totp (
  user_id uuid not null,
  secret bytea not null,
  last_step bigint not null default 0,
  confirmed_at timestamp with time zone,
  created_at timestamp with time zone not null default app.now(),
  constraint totp_pkey PRIMARY KEY (user_id),
  constraint totp_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) ON DELETE CASCADE
);
--   identity all: identity

create table identity.users (
  id uuid not null,
  email text collate "C" not null,
  email_key text collate "C" not null,
  name text not null,
  password_hash text,
  locale text not null default 'en'::text,
  preferences jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default app.now(),
  constraint users_pkey PRIMARY KEY (id),
  constraint users_email_key_key UNIQUE (email_key),
  constraint users_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'fr'::text])))
);
--   identity all: identity

create table access.accounts (
  id uuid not null,
  name text not null,
  currency text not null,
  timezone text not null default 'UTC'::text,
  is_demo boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null default app.now(),
  owner_id uuid,
  constraint accounts_pkey PRIMARY KEY (id),
  constraint accounts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint accounts_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
  constraint accounts_id_owner_id_fkey FOREIGN KEY (id, owner_id) REFERENCES access.members(account_id, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TRIGGER first_rule AFTER INSERT ON access.accounts FOR EACH ROW EXECUTE FUNCTION privacy.first_rule();
CREATE TRIGGER first_store AFTER INSERT ON access.accounts FOR EACH ROW EXECUTE FUNCTION channels.first_store();
CREATE TRIGGER first_warehouse AFTER INSERT ON access.accounts FOR EACH ROW EXECUTE FUNCTION stock.first_warehouse();
--   client, staff, supplier select: my account

create table access.audit (
  account_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null default app.now(),
  member_id uuid,
  actor text not null,
  via text not null,
  action text not null,
  subject_kind text,
  subject_id uuid,
  request_id text,
  role text not null default ''::text,
  outcome text collate "C" not null default 'done'::text,
  fields jsonb not null default '{}'::jsonb,
  seq bigint,
  hash bytea,
  order_id uuid,
  store_id uuid,
  party_id uuid,
  constraint audit_pkey PRIMARY KEY (account_id, id),
  constraint audit_seq_check CHECK ((seq > 0)),
  constraint sealed_whole CHECK (((seq IS NULL) = (hash IS NULL)))
);
CREATE INDEX audit_by_action ON access.audit USING btree (account_id, action, at DESC, id DESC);
CREATE INDEX audit_by_member ON access.audit USING btree (account_id, member_id, at DESC, id DESC);
CREATE INDEX audit_by_order ON access.audit USING btree (account_id, order_id, at DESC, id DESC) WHERE (order_id IS NOT NULL);
CREATE INDEX audit_by_subject ON access.audit USING btree (account_id, subject_id, at DESC, id DESC);
CREATE INDEX audit_by_time ON access.audit USING btree (account_id, at DESC, id DESC);
CREATE UNIQUE INDEX audit_in_order ON access.audit USING btree (account_id, seq);
CREATE INDEX audit_unsealed ON access.audit USING btree (account_id, at, id) WHERE (seq IS NULL);
--   client all: history of what is served from here (restrictive)
--   client select of own side
--   staff select by audit:read
--   staff select on own records
--   supplier select of own side
--   worker select: sealer reads
--   worker update: sealer seals once

create table access.audit_heads (
  account_id uuid not null,
  seq bigint not null,
  hash bytea not null,
  at text not null,
  key text not null,
  signature text not null,
  constraint audit_heads_pkey PRIMARY KEY (account_id)
);
--   staff select by audit:read
--   worker all: sealer

create table access.audit_values (
  account_id uuid not null,
  audit_id uuid not null,
  salt bytea not null,
  changes jsonb not null,
  constraint audit_values_pkey PRIMARY KEY (account_id, audit_id),
  constraint audit_values_account_id_audit_id_fkey FOREIGN KEY (account_id, audit_id) REFERENCES access.audit(account_id, id) ON DELETE CASCADE
);
--   client, staff, supplier select: changes of entries one may read
--   staff select by audit:read

create table access.identity_providers (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  issuer text collate "C" not null,
  client_id text collate "C" not null,
  secret bytea not null,
  scopes text collate "C" not null default 'openid email profile'::text,
  domains text[] not null default '{}'::text[],
  group_claim text collate "C" not null default ''::text,
  group_roles jsonb not null default '[]'::jsonb,
  default_role_id uuid,
  required boolean not null default false,
  disabled_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null default app.now(),
  constraint identity_providers_pkey PRIMARY KEY (account_id, id),
  constraint identity_providers_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint identity_providers_account_id_default_role_id_fkey FOREIGN KEY (account_id, default_role_id) REFERENCES access.roles(account_id, id),
  constraint identity_providers_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
CREATE UNIQUE INDEX identity_providers_by_name ON access.identity_providers USING btree (account_id, lower(name) COLLATE "C");
CREATE TRIGGER removed AFTER DELETE ON access.identity_providers FOR EACH ROW EXECUTE FUNCTION access.end_sessions_of_provider();
CREATE TRIGGER switched_off AFTER UPDATE OF disabled_at ON access.identity_providers FOR EACH ROW WHEN ((new.disabled_at IS NOT NULL)) EXECUTE FUNCTION access.end_sessions_of_provider();
--   staff insert by sign-in:manage
--   staff select by sign-in:manage
--   staff update by sign-in:manage

create table access.invitations (
  account_id uuid not null,
  id uuid not null,
  email text not null,
  name text not null default ''::text,
  role_id uuid not null,
  party_id uuid,
  locale text not null default 'en'::text,
  invited_by uuid not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null default app.now(),
  grants jsonb not null default '{}'::jsonb,
  batch text,
  constraint invitations_pkey PRIMARY KEY (account_id, id),
  constraint invitations_batch_check CHECK (((length(batch) >= 1) AND (length(batch) <= 80))),
  constraint invitations_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'fr'::text]))),
  constraint invitations_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint invitations_account_id_invited_by_fkey FOREIGN KEY (account_id, invited_by) REFERENCES access.members(account_id, id),
  constraint invitations_account_id_party_id_fkey FOREIGN KEY (account_id, party_id) REFERENCES access.parties(account_id, id),
  constraint invitations_account_id_role_id_fkey FOREIGN KEY (account_id, role_id) REFERENCES access.roles(account_id, id)
);
CREATE UNIQUE INDEX invitations_open ON access.invitations USING btree (account_id, lower(email) COLLATE "C") WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));
CREATE TRIGGER refuse_archived_role BEFORE INSERT OR UPDATE OF role_id ON access.invitations FOR EACH ROW EXECUTE FUNCTION access.refuse_archived_role();
--   staff insert by portal-users:manage
--   staff insert by users:manage
--   staff select by portal-users:manage
--   staff select by users:read
--   staff update by portal-users:manage
--   staff update by users:manage

create table access.kept_answers (
  account_id uuid not null,
  member_id uuid not null,
  route text collate "C" not null,
  key text collate "C" not null,
  request_hash bytea not null,
  status smallint,
  answer text,
  subject_ids uuid[] not null default '{}'::uuid[],
  permissions text[] not null,
  kept_at timestamp with time zone not null default app.now(),
  constraint kept_answers_pkey PRIMARY KEY (account_id, member_id, route, key),
  constraint kept_answers_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255))),
  constraint kept_answers_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint kept_answers_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES access.members(account_id, id) ON DELETE CASCADE
);
CREATE INDEX kept_answers_by_age ON access.kept_answers USING btree (kept_at);
--   client, staff, supplier all: own answers
--   worker all: worker removes old answers

create table access.member_clients (
  account_id uuid not null,
  member_id uuid not null,
  client_id uuid not null,
  constraint member_clients_pkey PRIMARY KEY (account_id, member_id, client_id),
  constraint member_clients_account_id_client_id_fkey FOREIGN KEY (account_id, client_id) REFERENCES access.parties(account_id, id),
  constraint member_clients_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES access.members(account_id, id) ON DELETE CASCADE
);
--   staff delete by users:manage
--   staff insert by users:manage
--   staff select by users:read

create table access.member_stores (
  account_id uuid not null,
  member_id uuid not null,
  store_id uuid not null,
  constraint member_stores_pkey PRIMARY KEY (account_id, member_id, store_id),
  constraint member_stores_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES access.members(account_id, id) ON DELETE CASCADE,
  constraint member_stores_account_id_store_id_fkey FOREIGN KEY (account_id, store_id) REFERENCES channels.stores(account_id, id)
);
--   staff delete by users:manage
--   staff insert by users:manage
--   staff select by users:read

create table access.member_suppliers (
  account_id uuid not null,
  member_id uuid not null,
  supplier_id uuid not null,
  constraint member_suppliers_pkey PRIMARY KEY (account_id, member_id, supplier_id),
  constraint member_suppliers_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES access.members(account_id, id) ON DELETE CASCADE,
  constraint member_suppliers_account_id_supplier_id_fkey FOREIGN KEY (account_id, supplier_id) REFERENCES access.parties(account_id, id)
);
--   staff delete by users:manage
--   staff insert by users:manage
--   staff select by users:read

create table access.member_warehouses (
  account_id uuid not null,
  member_id uuid not null,
  warehouse_id uuid not null,
  constraint member_warehouses_pkey PRIMARY KEY (account_id, member_id, warehouse_id),
  constraint member_warehouses_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES access.members(account_id, id) ON DELETE CASCADE,
  constraint member_warehouses_account_id_warehouse_id_fkey FOREIGN KEY (account_id, warehouse_id) REFERENCES stock.warehouses(account_id, id)
);
--   staff delete by users:manage
--   staff insert by users:manage
--   staff select by users:read

create table access.members (
  account_id uuid not null,
  id uuid not null,
  kind text not null,
  user_id uuid,
  name text not null,
  email text,
  audience text not null,
  role_id uuid not null,
  party_id uuid,
  all_stores boolean not null default true,
  all_warehouses boolean not null default true,
  valid_from timestamp with time zone,
  valid_until timestamp with time zone,
  deactivated_at timestamp with time zone,
  last_seen_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null default app.now(),
  all_clients boolean not null default true,
  all_suppliers boolean not null default true,
  own_only boolean not null default false,
  hours jsonb,
  batch text,
  maker_id uuid,
  constraint members_pkey PRIMARY KEY (account_id, id),
  constraint members_audience_check CHECK ((audience = ANY (ARRAY['staff'::text, 'client'::text, 'supplier'::text]))),
  constraint members_batch_check CHECK (((length(batch) >= 1) AND (length(batch) <= 80))),
  constraint members_check CHECK (((kind = 'person'::text) = (user_id IS NOT NULL))),
  constraint members_check1 CHECK (((audience = 'staff'::text) = (party_id IS NULL))),
  constraint members_check2 CHECK (((maker_id IS NULL) OR (kind = 'key'::text))),
  constraint members_hours_check CHECK (((hours IS NULL) OR (jsonb_typeof(hours) = 'array'::text))),
  constraint members_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'key'::text, 'automation'::text, 'preview'::text]))),
  constraint members_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint members_account_id_maker_id_fkey FOREIGN KEY (account_id, maker_id) REFERENCES access.members(account_id, id),
  constraint members_account_id_party_id_fkey FOREIGN KEY (account_id, party_id) REFERENCES access.parties(account_id, id),
  constraint members_account_id_role_id_fkey FOREIGN KEY (account_id, role_id) REFERENCES access.roles(account_id, id),
  constraint members_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
);
CREATE UNIQUE INDEX members_automation ON access.members USING btree (account_id) WHERE (kind = 'automation'::text);
CREATE INDEX members_by_batch ON access.members USING btree (account_id, batch) WHERE (batch IS NOT NULL);
CREATE UNIQUE INDEX members_by_user ON access.members USING btree (user_id, account_id) WHERE (user_id IS NOT NULL);
CREATE TRIGGER keep_an_administrator AFTER UPDATE OF role_id, deactivated_at, all_stores, all_clients, all_suppliers, all_warehouses, own_only, valid_from, valid_until, hours ON access.members FOR EACH ROW WHEN ((old.kind = 'person'::text)) EXECUTE FUNCTION access.keep_an_administrator();
CREATE TRIGGER keep_audience AFTER UPDATE OF role_id ON access.members FOR EACH ROW WHEN ((new.role_id IS DISTINCT FROM old.role_id)) EXECUTE FUNCTION access.keep_audience();
CREATE TRIGGER keep_the_owner BEFORE UPDATE OF role_id, deactivated_at, valid_from, valid_until, hours, own_only, all_stores, all_warehouses, all_clients, all_suppliers ON access.members FOR EACH ROW WHEN ((old.kind = 'person'::text)) EXECUTE FUNCTION access.keep_the_owner();
CREATE TRIGGER refuse_archived_role BEFORE UPDATE OF role_id, deactivated_at ON access.members FOR EACH ROW WHEN ((new.deactivated_at IS NULL)) EXECUTE FUNCTION access.refuse_archived_role();
--   client, staff, supplier select: myself
--   staff select: a preview is nobody's to see (restrictive)
--   staff select by portal-users:manage
--   staff select by users:read
--   staff update by portal-users:manage
--   staff update by users:manage

create table access.ownership_offers (
  account_id uuid not null,
  member_id uuid not null,
  offered_by uuid not null,
  offered_at timestamp with time zone not null default app.now(),
  expires_at timestamp with time zone not null,
  constraint ownership_offers_pkey PRIMARY KEY (account_id),
  constraint ownership_offers_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint ownership_offers_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES access.members(account_id, id) ON DELETE CASCADE,
  constraint ownership_offers_account_id_offered_by_fkey FOREIGN KEY (account_id, offered_by) REFERENCES access.members(account_id, id) ON DELETE CASCADE
);
--   staff select by users:read

create table access.parties (
  account_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  email text,
  locale text not null default 'en'::text,
  archived_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null default app.now(),
  constraint parties_pkey PRIMARY KEY (account_id, id),
  constraint parties_kind_check CHECK ((kind = ANY (ARRAY['self'::text, 'client'::text, 'supplier'::text]))),
  constraint parties_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'fr'::text]))),
  constraint parties_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint parties_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
CREATE UNIQUE INDEX parties_by_name ON access.parties USING btree (account_id, kind, lower(name) COLLATE "C");
CREATE TRIGGER portal_first_row AFTER INSERT ON access.parties FOR EACH ROW WHEN ((new.kind = 'client'::text)) EXECUTE FUNCTION portal.first_row();
--   client, supplier select: my party
--   staff insert by portal-users:manage
--   staff insert by suppliers:edit
--   staff select by clients:read
--   staff select by suppliers:read
--   staff select: the account's own party
--   staff update by portal-users:manage
--   staff update by suppliers:edit

create table access.requests (
  account_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  permission text collate "C",
  page text not null default ''::text,
  note text not null default ''::text,
  state text not null default 'open'::text,
  answer text not null default ''::text,
  answered_by uuid,
  answered_at timestamp with time zone,
  created_at timestamp with time zone not null default app.now(),
  constraint requests_pkey PRIMARY KEY (account_id, id),
  constraint requests_answer_check CHECK ((length(answer) <= 1000)),
  constraint requests_check CHECK (((state = 'open'::text) = (answered_at IS NULL))),
  constraint requests_note_check CHECK ((length(note) <= 1000)),
  constraint requests_page_check CHECK ((length(page) <= 200)),
  constraint requests_state_check CHECK ((state = ANY (ARRAY['open'::text, 'granted'::text, 'refused'::text]))),
  constraint requests_account_id_answered_by_fkey FOREIGN KEY (account_id, answered_by) REFERENCES access.members(account_id, id),
  constraint requests_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint requests_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES access.members(account_id, id) ON DELETE CASCADE
);
CREATE INDEX requests_by_member ON access.requests USING btree (account_id, member_id, created_at);
CREATE INDEX requests_by_state ON access.requests USING btree (account_id, state, created_at);
--   client, staff, supplier insert: I ask
--   client, staff, supplier select: my requests
--   staff select by users:manage
--   staff update by users:manage

create table access.roles (
  account_id uuid not null,
  id uuid not null,
  slug text collate "C" not null,
  name text not null,
  audience text not null,
  built_in boolean not null,
  permissions text[] not null,
  description text not null default ''::text,
  based_on text collate "C" not null default ''::text,
  switches text[] not null default '{}'::text[],
  second_factor boolean not null default false,
  archived_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null default app.now(),
  constraint roles_pkey PRIMARY KEY (account_id, id),
  constraint roles_account_id_slug_key UNIQUE (account_id, slug),
  constraint roles_audience_check CHECK ((audience = ANY (ARRAY['staff'::text, 'client'::text, 'supplier'::text]))),
  constraint roles_description_check CHECK ((length(description) <= 500)),
  constraint roles_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
CREATE UNIQUE INDEX roles_by_name ON access.roles USING btree (account_id, lower(name) COLLATE "C") WHERE ((NOT built_in) AND (archived_at IS NULL));
--   client, staff, supplier select: my role
--   staff select: roles of clients by portal-users:manage
--   staff select by users:read

create table catalog.product_barcodes (
  account_id uuid not null,
  owner_party_id uuid not null,
  code text collate "C" not null,
  product_id uuid not null,
  quantity integer not null default 1,
  constraint product_barcodes_pkey PRIMARY KEY (account_id, owner_party_id, code),
  constraint product_barcodes_code_check CHECK ((((length(code) >= 1) AND (length(code) <= 100)) AND (code = btrim(code)))),
  constraint product_barcodes_quantity_check CHECK (((quantity >= 1) AND (quantity <= 1000000))),
  constraint product_barcodes_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint product_barcodes_account_id_product_id_owner_party_id_fkey FOREIGN KEY (account_id, product_id, owner_party_id) REFERENCES catalog.products(account_id, id, owner_party_id)
);
CREATE INDEX product_barcodes_by_product ON catalog.product_barcodes USING btree (account_id, product_id);
--   client insert by products:import
--   client select by products:read
--   client update by products:import
--   staff delete by products:edit
--   staff insert by products:edit
--   staff select by products:read
--   staff update by products:edit

create table catalog.product_costs (
  account_id uuid not null,
  product_id uuid not null,
  currency text not null,
  cost_micros bigint not null,
  owner_party_id uuid not null,
  constraint product_costs_pkey PRIMARY KEY (account_id, product_id),
  constraint product_costs_cost_micros_check CHECK ((cost_micros >= 0)),
  constraint product_costs_account_id_product_id_owner_party_id_fkey FOREIGN KEY (account_id, product_id, owner_party_id) REFERENCES catalog.products(account_id, id, owner_party_id)
);
--   staff delete by products:edit
--   staff insert by products:edit
--   staff select by products:costs
--   staff update by products:edit

create table catalog.product_prices (
  account_id uuid not null,
  product_id uuid not null,
  currency text not null,
  price_micros bigint not null,
  owner_party_id uuid not null,
  constraint product_prices_pkey PRIMARY KEY (account_id, product_id),
  constraint product_prices_price_micros_check CHECK ((price_micros >= 0)),
  constraint product_prices_account_id_product_id_owner_party_id_fkey FOREIGN KEY (account_id, product_id, owner_party_id) REFERENCES catalog.products(account_id, id, owner_party_id)
);
--   staff delete by products:edit
--   staff insert by products:edit
--   staff select by products:prices
--   staff update by products:edit

create table catalog.product_tags (
  account_id uuid not null,
  product_id uuid not null,
  tag text collate "C" not null,
  owner_party_id uuid not null,
  constraint product_tags_pkey PRIMARY KEY (account_id, product_id, tag),
  constraint product_tags_tag_check CHECK (((length(tag) >= 1) AND (length(tag) <= 200))),
  constraint product_tags_account_id_product_id_owner_party_id_fkey FOREIGN KEY (account_id, product_id, owner_party_id) REFERENCES catalog.products(account_id, id, owner_party_id)
);
CREATE INDEX product_tags_by_tag ON catalog.product_tags USING btree (account_id, tag, product_id);
--   staff delete by products:edit
--   staff insert by products:edit
--   staff select by products:read

create table catalog.products (
  account_id uuid not null,
  id uuid not null,
  owner_party_id uuid not null,
  sku text collate "C" not null,
  name text not null,
  description text not null default ''::text,
  discontinued boolean not null default false,
  archived_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null default app.now(),
  is_stocked boolean not null default false,
  weight_grams integer,
  weighed_at timestamp with time zone,
  constraint products_pkey PRIMARY KEY (account_id, id),
  constraint products_account_id_owner_party_id_sku_key UNIQUE (account_id, owner_party_id, sku),
  constraint products_of_owner UNIQUE (account_id, id, owner_party_id),
  constraint products_name_check CHECK (((length(name) >= 1) AND (length(name) <= 300))),
  constraint products_sku_check CHECK (((length(sku) >= 1) AND (length(sku) <= 100))),
  constraint products_weight_grams_check CHECK ((weight_grams > 0)),
  constraint products_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint products_account_id_owner_party_id_fkey FOREIGN KEY (account_id, owner_party_id) REFERENCES access.parties(account_id, id)
);
CREATE TRIGGER keep_measured BEFORE UPDATE OF weight_grams, weighed_at ON catalog.products FOR EACH ROW WHEN (((old.weighed_at IS NOT NULL) AND ((new.weight_grams IS DISTINCT FROM old.weight_grams) OR (new.weighed_at IS DISTINCT FROM old.weighed_at)))) EXECUTE FUNCTION catalog.keep_measured();
--   client insert by products:import
--   client select by products:read
--   client update by products:import
--   staff insert by products:edit
--   staff select by products:read
--   staff update by products:edit

create table stock.allocations (
  account_id uuid not null,
  order_line_id uuid not null,
  warehouse_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  product_id uuid not null,
  owner_party_id uuid not null,
  each_per_unit integer not null default 1,
  allocated bigint not null default 0,
  backordered bigint not null default 0,
  placed_at timestamp with time zone not null,
  constraint allocations_pkey PRIMARY KEY (account_id, order_line_id, warehouse_id),
  constraint allocations_allocated_check CHECK ((allocated >= 0)),
  constraint allocations_backordered_check CHECK ((backordered >= 0)),
  constraint allocations_each_per_unit_check CHECK ((each_per_unit > 0)),
  constraint allocations_account_id_order_line_id_store_id_fkey FOREIGN KEY (account_id, order_line_id, store_id) REFERENCES orders.lines(account_id, id, store_id),
  constraint allocations_account_id_product_id_owner_party_id_fkey FOREIGN KEY (account_id, product_id, owner_party_id) REFERENCES catalog.products(account_id, id, owner_party_id),
  constraint allocations_account_id_warehouse_id_fkey FOREIGN KEY (account_id, warehouse_id) REFERENCES stock.warehouses(account_id, id)
);
CREATE INDEX allocations_by_order ON stock.allocations USING btree (account_id, order_id);
CREATE INDEX allocations_waiting ON stock.allocations USING btree (account_id, warehouse_id, product_id, placed_at, order_line_id) WHERE (backordered > 0);
--   staff select by orders:read

create table stock.counts (
  account_id uuid not null,
  id uuid not null,
  warehouse_id uuid not null,
  product_id uuid not null,
  owner_party_id uuid not null,
  expected bigint not null,
  counted bigint not null,
  state text collate "C" not null,
  reason text not null default ''::text,
  counted_by text not null,
  counted_by_member_id uuid not null,
  counted_at timestamp with time zone not null default app.now(),
  answered_by text,
  answered_at timestamp with time zone,
  version integer not null default 1,
  constraint counts_pkey PRIMARY KEY (account_id, id),
  constraint counts_counted_check CHECK (((counted >= 0) AND (counted <= 1000000))),
  constraint counts_expected_check CHECK ((expected >= 0)),
  constraint counts_reason_check CHECK ((length(reason) <= 500)),
  constraint counts_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'applied'::text, 'refused'::text]))),
  constraint counts_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint counts_account_id_product_id_owner_party_id_fkey FOREIGN KEY (account_id, product_id, owner_party_id) REFERENCES catalog.products(account_id, id, owner_party_id),
  constraint counts_account_id_warehouse_id_fkey FOREIGN KEY (account_id, warehouse_id) REFERENCES stock.warehouses(account_id, id)
);
CREATE INDEX counts_newest ON stock.counts USING btree (account_id, counted_at DESC, id DESC);
CREATE UNIQUE INDEX counts_waiting_once ON stock.counts USING btree (account_id, warehouse_id, product_id) WHERE (state = 'waiting'::text);
--   staff select by stock:read

create table stock.levels (
  account_id uuid not null,
  warehouse_id uuid not null,
  product_id uuid not null,
  owner_party_id uuid not null,
  lot text collate "C" not null default ''::text,
  location text collate "C" not null default ''::text,
  condition text collate "C" not null default ''::text,
  on_hand bigint not null default 0,
  allocated bigint not null default 0,
  quarantine bigint not null default 0,
  unverified bigint not null default 0,
  announced bigint not null default 0,
  in_transit bigint not null default 0,
  backordered bigint not null default 0,
  version integer not null default 1,
  changed_at timestamp with time zone not null default app.now(),
  constraint levels_pkey PRIMARY KEY (account_id, warehouse_id, product_id, owner_party_id, lot, location, condition),
  constraint levels_allocated CHECK ((allocated >= 0)),
  constraint levels_announced CHECK ((announced >= 0)),
  constraint levels_backordered CHECK ((backordered >= 0)),
  constraint levels_in_transit CHECK ((in_transit >= 0)),
  constraint levels_not_oversold CHECK ((allocated <= on_hand)),
  constraint levels_on_hand CHECK ((on_hand >= 0)),
  constraint levels_quarantine CHECK ((quarantine >= 0)),
  constraint levels_unverified CHECK ((unverified >= 0)),
  constraint levels_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint levels_account_id_product_id_owner_party_id_fkey FOREIGN KEY (account_id, product_id, owner_party_id) REFERENCES catalog.products(account_id, id, owner_party_id),
  constraint levels_account_id_warehouse_id_fkey FOREIGN KEY (account_id, warehouse_id) REFERENCES stock.warehouses(account_id, id)
);
CREATE INDEX levels_by_owner ON stock.levels USING btree (account_id, owner_party_id, product_id);
CREATE INDEX levels_by_product ON stock.levels USING btree (account_id, product_id);
--   client select by stock:read
--   staff select by stock:read

create table stock.low_levels (
  account_id uuid not null,
  warehouse_id uuid not null,
  product_id uuid not null,
  owner_party_id uuid not null,
  level integer,
  version integer not null default 1,
  constraint low_levels_pkey PRIMARY KEY (account_id, warehouse_id, product_id),
  constraint low_levels_level_check CHECK ((level > 0)),
  constraint low_levels_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint low_levels_account_id_product_id_owner_party_id_fkey FOREIGN KEY (account_id, product_id, owner_party_id) REFERENCES catalog.products(account_id, id, owner_party_id),
  constraint low_levels_account_id_warehouse_id_fkey FOREIGN KEY (account_id, warehouse_id) REFERENCES stock.warehouses(account_id, id)
);
--   staff insert by stock:adjust
--   staff select by stock:read
--   staff update by stock:adjust

create table stock.movements (
  account_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null default app.now(),
  warehouse_id uuid not null,
  product_id uuid not null,
  owner_party_id uuid not null,
  lot text collate "C" not null default ''::text,
  location text collate "C" not null default ''::text,
  condition text collate "C" not null default ''::text,
  kind text collate "C" not null,
  on_hand bigint not null default 0,
  allocated bigint not null default 0,
  quarantine bigint not null default 0,
  unverified bigint not null default 0,
  announced bigint not null default 0,
  in_transit bigint not null default 0,
  backordered bigint not null default 0,
  reason text not null default ''::text,
  actor text not null,
  member_id uuid,
  via text not null,
  document_kind text collate "C" not null default ''::text,
  document_id uuid,
  document text not null default ''::text,
  constraint movements_pkey PRIMARY KEY (account_id, id),
  constraint movements_document_kind_check CHECK ((document_kind = ANY (ARRAY[''::text, 'order'::text, 'transfer'::text, 'count'::text]))),
  constraint movements_kind_check CHECK ((kind = ANY (ARRAY['adjusted'::text, 'counted'::text, 'allocated'::text, 'released'::text, 'backordered'::text, 'shipped'::text, 'announced'::text, 'sent'::text, 'received'::text, 'damaged'::text, 'verified'::text, 'written_off'::text, 'withdrawn'::text]))),
  constraint movements_reason_check CHECK ((length(reason) <= 500)),
  constraint movements_account_id_warehouse_id_product_id_owner_party_i_fkey FOREIGN KEY (account_id, warehouse_id, product_id, owner_party_id, lot, location, condition) REFERENCES stock.levels(account_id, warehouse_id, product_id, owner_party_id, lot, location, condition)
);
CREATE INDEX movements_by_document ON stock.movements USING btree (account_id, document_id) WHERE (document_id IS NOT NULL);
CREATE INDEX movements_by_owner ON stock.movements USING btree (account_id, owner_party_id, at DESC, id DESC);
CREATE INDEX movements_by_product ON stock.movements USING btree (account_id, product_id, at DESC, id DESC);
CREATE INDEX movements_by_time ON stock.movements USING btree (account_id, at DESC, id DESC);
--   client select by stock:read
--   staff select by stock:read

create table stock.settings (
  account_id uuid not null,
  count_threshold integer not null default 10,
  version integer not null default 1,
  constraint settings_pkey PRIMARY KEY (account_id),
  constraint settings_count_threshold_check CHECK ((count_threshold >= 0)),
  constraint settings_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
--   staff insert by warehouses:edit
--   staff select by stock:read
--   staff update by warehouses:edit

create table stock.store_orders (
  account_id uuid not null,
  store_id uuid not null,
  version integer not null default 1,
  constraint store_orders_pkey PRIMARY KEY (account_id, store_id),
  constraint store_orders_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint store_orders_account_id_store_id_fkey FOREIGN KEY (account_id, store_id) REFERENCES channels.stores(account_id, id)
);
--   staff insert by warehouses:edit
--   staff select by orders:read
--   staff update by warehouses:edit

create table stock.store_warehouses (
  account_id uuid not null,
  store_id uuid not null,
  warehouse_id uuid not null,
  "position" integer not null,
  constraint store_warehouses_pkey PRIMARY KEY (account_id, store_id, warehouse_id),
  constraint store_warehouses_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint store_warehouses_account_id_store_id_fkey FOREIGN KEY (account_id, store_id) REFERENCES channels.stores(account_id, id),
  constraint store_warehouses_account_id_warehouse_id_fkey FOREIGN KEY (account_id, warehouse_id) REFERENCES stock.warehouses(account_id, id)
);
--   staff delete by warehouses:edit
--   staff insert by warehouses:edit
--   staff select by orders:read
--   staff update by warehouses:edit

create table stock.warehouses (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  is_default boolean not null default false,
  version integer not null default 1,
  line1 text not null default ''::text,
  line2 text not null default ''::text,
  city text not null default ''::text,
  region text not null default ''::text,
  postcode text not null default ''::text,
  country text collate "C" not null default ''::text,
  archived_at timestamp with time zone,
  created_at timestamp with time zone not null default app.now(),
  constraint warehouses_pkey PRIMARY KEY (account_id, id),
  constraint warehouses_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
CREATE UNIQUE INDEX warehouses_by_name ON stock.warehouses USING btree (account_id, lower(name) COLLATE "C") WHERE (archived_at IS NULL);
CREATE UNIQUE INDEX warehouses_default ON stock.warehouses USING btree (account_id) WHERE is_default;
--   client select by stock:read
--   staff insert by warehouses:edit
--   staff select by orders:read
--   staff select by portal-users:manage
--   staff select by stock:read
--   staff update by warehouses:edit

create table channels.listings (
  account_id uuid not null,
  store_id uuid not null,
  external_sku text collate "C" not null,
  product_id uuid not null,
  multiplier integer not null default 1,
  constraint listings_pkey PRIMARY KEY (account_id, store_id, external_sku),
  constraint listings_multiplier_check CHECK ((multiplier > 0)),
  constraint listings_account_id_product_id_fkey FOREIGN KEY (account_id, product_id) REFERENCES catalog.products(account_id, id),
  constraint listings_account_id_store_id_fkey FOREIGN KEY (account_id, store_id) REFERENCES channels.stores(account_id, id)
);
CREATE INDEX listings_by_product ON channels.listings USING btree (account_id, product_id);
--   staff insert by products:edit
--   staff select by products:read
--   staff update by products:edit

create table channels.stores (
  account_id uuid not null,
  id uuid not null,
  channel text not null default 'custom'::text,
  name text not null,
  client_party_id uuid,
  currency text not null,
  is_default boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null default app.now(),
  constraint stores_pkey PRIMARY KEY (account_id, id),
  constraint stores_account_id_client_party_id_fkey FOREIGN KEY (account_id, client_party_id) REFERENCES access.parties(account_id, id),
  constraint stores_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
CREATE UNIQUE INDEX stores_by_name ON channels.stores USING btree (account_id, lower(name) COLLATE "C");
--   client select by orders:read
--   staff insert by stores:edit
--   staff select by orders:read
--   staff select by portal-users:manage
--   staff update by stores:edit

create table orders.change_requests (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  kind text not null,
  proposal boolean not null,
  fields text[] not null default '{}'::text[],
  reason text not null,
  member_id uuid not null,
  asked_by text not null,
  asked_at timestamp with time zone not null default app.now(),
  state text not null default 'open'::text,
  answer text not null default ''::text,
  answered_by text,
  answered_at timestamp with time zone,
  version integer not null default 1,
  origin text not null default 'host'::text,
  constraint change_requests_pkey PRIMARY KEY (account_id, id),
  constraint change_requests_account_id_id_order_id_store_id_member_id_key UNIQUE (account_id, id, order_id, store_id, member_id),
  constraint change_requests_answer_check CHECK ((length(answer) <= 500)),
  constraint change_requests_kind_check CHECK ((kind = ANY (ARRAY['edit'::text, 'hold'::text, 'cancel'::text, 'return'::text]))),
  constraint change_requests_origin_check CHECK ((origin = ANY (ARRAY['host'::text, 'client'::text]))),
  constraint change_requests_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint change_requests_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text, 'outdated'::text]))),
  constraint change_requests_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES access.members(account_id, id),
  constraint change_requests_account_id_order_id_store_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id)
);
CREATE INDEX change_requests_by_member ON orders.change_requests USING btree (account_id, member_id, asked_at DESC);
CREATE INDEX change_requests_by_order ON orders.change_requests USING btree (account_id, order_id);
CREATE INDEX change_requests_newest ON orders.change_requests USING btree (account_id, state, asked_at DESC, id DESC);
CREATE UNIQUE INDEX change_requests_once ON orders.change_requests USING btree (account_id, order_id, kind, origin) WHERE ((state = 'open'::text) AND (kind <> 'edit'::text));
--   client, staff insert: own requests (restrictive)
--   client all: requests of the client (restrictive)
--   client all: served from here (restrictive)
--   client insert by orders:propose
--   client insert: requests he may make (restrictive)
--   client select by orders:propose
--   staff insert: requests of the house (restrictive)
--   staff insert by orders:propose
--   staff select by orders:approve
--   staff select by orders:propose
--   staff update by orders:approve

create table orders.change_values (
  account_id uuid not null,
  request_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  member_id uuid not null,
  field text not null,
  side text not null,
  class text not null,
  value jsonb not null,
  origin text not null default 'host'::text,
  constraint change_values_pkey PRIMARY KEY (account_id, request_id, field, side),
  constraint change_values_class_check CHECK ((class = ANY (ARRAY['public'::text, 'recipient'::text, 'contact'::text, 'amounts'::text]))),
  constraint change_values_origin_check CHECK ((origin = ANY (ARRAY['host'::text, 'client'::text]))),
  constraint change_values_side_check CHECK ((side = ANY (ARRAY['old'::text, 'wanted'::text]))),
  constraint change_values_account_id_request_id_order_id_store_id_memb_fkey FOREIGN KEY (account_id, request_id, order_id, store_id, member_id) REFERENCES orders.change_requests(account_id, id, order_id, store_id, member_id)
);
CREATE INDEX change_values_by_order ON orders.change_values USING btree (account_id, order_id);
--   client, staff insert: own wishes (restrictive)
--   client, staff select: values one may read (restrictive)
--   client all: served from here (restrictive)
--   client all: wishes of the client (restrictive)
--   client insert by orders:propose
--   client select by orders:propose
--   staff insert by orders:propose
--   staff insert: wishes of the house (restrictive)
--   staff select by orders:approve
--   staff select by orders:propose

create table orders.comment_reads (
  account_id uuid not null,
  member_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  read_at timestamp with time zone not null,
  constraint comment_reads_pkey PRIMARY KEY (account_id, member_id, order_id),
  constraint comment_reads_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES access.members(account_id, id),
  constraint comment_reads_account_id_order_id_store_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id)
);
CREATE INDEX comment_reads_by_order ON orders.comment_reads USING btree (account_id, order_id);
--   client all: served from here (restrictive)
--   client insert by orders:comment
--   client select by orders:comment
--   client update by orders:comment
--   staff insert by orders:comment
--   staff select by orders:comment
--   staff update by orders:comment

create table orders.comments (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  visibility text not null,
  author_member_id uuid not null,
  author text not null,
  text text not null,
  created_at timestamp with time zone not null default app.now(),
  side text not null default 'host'::text,
  constraint comments_pkey PRIMARY KEY (account_id, id),
  constraint comments_check CHECK (((side = 'host'::text) OR (visibility = 'client'::text))),
  constraint comments_side_check CHECK ((side = ANY (ARRAY['host'::text, 'client'::text]))),
  constraint comments_text_check CHECK (((length(text) >= 1) AND (length(text) <= 5000))),
  constraint comments_visibility_check CHECK ((visibility = ANY (ARRAY['internal'::text, 'client'::text]))),
  constraint comments_account_id_order_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id)
);
CREATE INDEX comments_by_order ON orders.comments USING btree (account_id, order_id, created_at);
CREATE INDEX comments_shared ON orders.comments USING btree (account_id, order_id, created_at) WHERE (visibility = 'client'::text);
--   client all: served from here (restrictive)
--   client insert by orders:comment
--   client insert: comments of the client (restrictive)
--   staff all: internal comments (restrictive)
--   staff insert: own comments (restrictive)
--   staff insert by orders:comment
--   staff select by orders:comment

create table orders.contacts (
  account_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  email text not null default ''::text,
  phone text not null default ''::text,
  faded_at timestamp with time zone,
  constraint contacts_pkey PRIMARY KEY (account_id, order_id),
  constraint contacts_account_id_order_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id)
);
--   client all: served from here (restrictive)
--   client select by orders:contact
--   staff insert by orders:create
--   staff select by orders:contact
--   staff update by orders:edit

create table orders.count_deltas (
  account_id uuid not null,
  id uuid not null,
  store_id uuid not null,
  status text not null,
  delta integer not null,
  constraint count_deltas_pkey PRIMARY KEY (account_id, id)
);
--   client all: sums of whole stores (restrictive)
--   client select by orders:read
--   staff select by orders:read

create table orders.counts (
  account_id uuid not null,
  store_id uuid not null,
  status text not null,
  value bigint not null,
  constraint counts_pkey PRIMARY KEY (account_id, store_id, status),
  constraint counts_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint counts_account_id_store_id_fkey FOREIGN KEY (account_id, store_id) REFERENCES channels.stores(account_id, id)
);
--   client all: sums of whole stores (restrictive)
--   client select by orders:read
--   staff select by orders:read

create table orders.export_presets (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  columns jsonb not null,
  version integer not null default 1,
  constraint export_presets_pkey PRIMARY KEY (account_id, id),
  constraint export_presets_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint export_presets_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
CREATE UNIQUE INDEX export_presets_by_name ON orders.export_presets USING btree (account_id, lower(name) COLLATE "C");
--   staff delete by orders:export
--   staff insert by orders:export
--   staff select by orders:export
--   staff update by orders:export

create table orders.holds (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  side text not null,
  reason text not null,
  until date,
  placed_by text not null,
  placed_at timestamp with time zone not null default app.now(),
  released_by text,
  released_at timestamp with time zone,
  constraint holds_pkey PRIMARY KEY (account_id, id),
  constraint holds_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint holds_side_check CHECK ((side = ANY (ARRAY['host'::text, 'client'::text, 'supplier'::text, 'warehouse'::text]))),
  constraint holds_account_id_order_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id)
);
CREATE INDEX holds_by_order ON orders.holds USING btree (account_id, order_id);
CREATE INDEX holds_due ON orders.holds USING btree (until) WHERE ((released_at IS NULL) AND (until IS NOT NULL));
CREATE INDEX holds_open ON orders.holds USING btree (account_id, order_id) WHERE (released_at IS NULL);
--   client all: holds of the client (restrictive)
--   client all: served from here (restrictive)
--   client insert by orders:hold
--   client insert: holds in his name (restrictive)
--   client select by orders:read
--   client update by orders:hold
--   staff insert: holds of the house (restrictive)
--   staff insert by orders:hold
--   staff select by orders:read
--   staff update by orders:hold
--   staff update: who holds releases (restrictive)

create table orders.issues (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  line_id uuid,
  fulfillment_order_id uuid,
  kind text not null,
  detail jsonb not null default '{}'::jsonb,
  opened_at timestamp with time zone not null default app.now(),
  resolved_at timestamp with time zone,
  resolved_by text,
  constraint issues_pkey PRIMARY KEY (account_id, id),
  constraint issues_kind_check CHECK ((kind = ANY (ARRAY['unmapped_line'::text, 'rejected'::text, 'address'::text, 'late'::text, 'changed_in_shop'::text, 'backordered'::text]))),
  constraint issues_account_id_order_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id)
);
CREATE UNIQUE INDEX issues_address_once ON orders.issues USING btree (account_id, order_id) WHERE ((kind = 'address'::text) AND (resolved_at IS NULL));
CREATE UNIQUE INDEX issues_backordered_once ON orders.issues USING btree (account_id, line_id) WHERE ((kind = 'backordered'::text) AND (resolved_at IS NULL));
CREATE INDEX issues_open ON orders.issues USING btree (account_id, order_id) WHERE (resolved_at IS NULL);
--   staff insert by fulfillment:answer
--   staff insert by orders:create
--   staff insert by orders:edit
--   staff select by orders:read
--   staff update by fulfillment:assign
--   staff update by orders:edit

create table orders.line_amounts (
  account_id uuid not null,
  line_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  unit_price_micros bigint not null,
  discount_rate numeric(9,8),
  discount_micros bigint,
  constraint line_amounts_pkey PRIMARY KEY (account_id, line_id),
  constraint line_amounts_check CHECK (((discount_rate IS NULL) OR (discount_micros IS NULL))),
  constraint line_amounts_discount_rate_check CHECK (((discount_rate >= (0)::numeric) AND (discount_rate <= (1)::numeric))),
  constraint line_amounts_account_id_line_id_fkey FOREIGN KEY (account_id, line_id, store_id) REFERENCES orders.lines(account_id, id, store_id)
);
CREATE INDEX line_amounts_by_order ON orders.line_amounts USING btree (account_id, order_id);
--   client all: served from here (restrictive)
--   client select by orders:amounts
--   staff insert by orders:create
--   staff select by orders:amounts

create table orders.line_tags (
  account_id uuid not null,
  order_id uuid not null,
  line_id uuid not null,
  store_id uuid not null,
  tag text collate "C" not null,
  constraint line_tags_pkey PRIMARY KEY (account_id, line_id, tag),
  constraint line_tags_account_id_line_id_fkey FOREIGN KEY (account_id, line_id, store_id) REFERENCES orders.lines(account_id, id, store_id)
);
CREATE INDEX line_tags_by_order ON orders.line_tags USING btree (account_id, order_id);
CREATE INDEX line_tags_by_tag ON orders.line_tags USING btree (account_id, tag, order_id);
--   staff insert by orders:create
--   staff select by orders:read

create table orders.lines (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  "position" integer not null,
  product_id uuid,
  sku text collate "C" not null default ''::text,
  name text not null,
  quantity integer not null,
  cancelled_quantity integer not null default 0,
  requires_shipping boolean not null default true,
  constraint lines_pkey PRIMARY KEY (account_id, id),
  constraint lines_account_id_order_id_position_key UNIQUE (account_id, order_id, "position"),
  constraint lines_in_store UNIQUE (account_id, id, store_id),
  constraint lines_check CHECK (((cancelled_quantity >= 0) AND (cancelled_quantity <= quantity))),
  constraint lines_quantity_check CHECK ((quantity > 0)),
  constraint lines_account_id_order_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id),
  constraint lines_account_id_product_id_fkey FOREIGN KEY (account_id, product_id) REFERENCES catalog.products(account_id, id)
);
CREATE INDEX lines_by_product ON orders.lines USING btree (account_id, product_id) WHERE (product_id IS NOT NULL);
CREATE INDEX lines_unmapped ON orders.lines USING btree (account_id, sku) WHERE (product_id IS NULL);
--   client all: served from here (restrictive)
--   client select by orders:read
--   staff insert by orders:create
--   staff select by orders:read
--   staff update by orders:cancel

create table orders.order_amounts (
  account_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  currency text not null,
  lines_total bigint not null,
  discount_total bigint not null,
  shipping_total bigint not null,
  tax_total bigint not null,
  total bigint not null,
  constraint order_amounts_pkey PRIMARY KEY (account_id, order_id),
  constraint order_amounts_account_id_order_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id)
);
--   client all: served from here (restrictive)
--   client select by orders:amounts
--   staff insert by orders:create
--   staff select by orders:amounts

create table orders.order_tags (
  account_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  tag text collate "C" not null,
  source text not null default 'manual'::text,
  side text not null default 'host'::text,
  constraint order_tags_pkey PRIMARY KEY (account_id, order_id, side, tag),
  constraint order_tags_side_check CHECK ((side = ANY (ARRAY['host'::text, 'client'::text]))),
  constraint order_tags_source_check CHECK ((source = ANY (ARRAY['manual'::text, 'rule'::text, 'import'::text]))),
  constraint order_tags_tag_check CHECK (((length(tag) >= 1) AND (length(tag) <= 200))),
  constraint order_tags_account_id_order_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id)
);
CREATE INDEX order_tags_by_tag ON orders.order_tags USING btree (account_id, tag, order_id);
--   client all: served from here (restrictive)
--   client all: tags of the client (restrictive)
--   client delete by orders:tag
--   client insert by orders:tag
--   client select by orders:read
--   staff delete by orders:tag
--   staff delete: the client's tags stay (restrictive)
--   staff insert by orders:tag
--   staff insert: tags of clients (restrictive)
--   staff select by orders:read

create table orders.orders (
  account_id uuid not null,
  id uuid not null,
  store_id uuid not null,
  external_id text collate "C" not null,
  number text collate "C" not null,
  revision integer not null default 1,
  placed_at timestamp with time zone not null,
  placed_on date not null,
  placed_precision text not null,
  payment text not null,
  status text not null default 'awaiting_shipment'::text,
  cancelled_at timestamp with time zone,
  country text collate "C" not null default ''::text,
  region text not null default ''::text,
  postcode text collate "C" not null default ''::text,
  service text not null default ''::text,
  ship_by date,
  deliver_by date,
  priority boolean not null default false,
  buyer_note text not null default ''::text,
  gift_text text not null default ''::text,
  line_count integer not null,
  quantity integer not null,
  import_id uuid,
  is_sample boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null default app.now(),
  erased_at timestamp with time zone,
  constraint orders_pkey PRIMARY KEY (account_id, id),
  constraint orders_account_id_store_id_external_id_key UNIQUE (account_id, store_id, external_id),
  constraint orders_in_store UNIQUE (account_id, id, store_id),
  constraint orders_number_check CHECK (((length(number) >= 1) AND (length(number) <= 100))),
  constraint orders_payment_check CHECK ((payment = ANY (ARRAY['unpaid'::text, 'payable'::text, 'paid'::text]))),
  constraint orders_placed_precision_check CHECK ((placed_precision = ANY (ARRAY['day'::text, 'time'::text]))),
  constraint orders_status_check CHECK ((status = ANY (ARRAY['awaiting_payment'::text, 'awaiting_shipment'::text, 'pending_fulfillment'::text, 'partially_shipped'::text, 'shipped'::text, 'on_hold'::text, 'cancelled'::text]))),
  constraint orders_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint orders_account_id_store_id_fkey FOREIGN KEY (account_id, store_id) REFERENCES channels.stores(account_id, id)
);
CREATE INDEX orders_by_number ON orders.orders USING btree (account_id, number);
CREATE INDEX orders_by_status ON orders.orders USING btree (account_id, status, placed_at DESC, id DESC);
CREATE INDEX orders_by_store ON orders.orders USING btree (account_id, store_id, placed_at DESC, id DESC);
CREATE INDEX orders_late ON orders.orders USING btree (account_id, ship_by) WHERE ((ship_by IS NOT NULL) AND (status <> ALL (ARRAY['shipped'::text, 'cancelled'::text])));
CREATE INDEX orders_newest ON orders.orders USING btree (account_id, placed_at DESC, id DESC);
CREATE TRIGGER count_added AFTER INSERT ON orders.orders REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION orders.count_added();
CREATE TRIGGER count_moved AFTER UPDATE ON orders.orders REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION orders.count_moved();
--   client all: served from here (restrictive)
--   client select by orders:read
--   staff insert by orders:create
--   staff select by orders:read
--   staff update by orders:edit

create table orders.recipients (
  account_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  buyer_name text not null default ''::text,
  name text not null default ''::text,
  company text not null default ''::text,
  line1 text not null default ''::text,
  line2 text not null default ''::text,
  line3 text not null default ''::text,
  city text not null default ''::text,
  kind text not null default 'home'::text,
  faded_at timestamp with time zone,
  constraint recipients_pkey PRIMARY KEY (account_id, order_id),
  constraint recipients_kind_check CHECK ((kind = ANY (ARRAY['home'::text, 'business'::text, 'pickup'::text, 'po_box'::text]))),
  constraint recipients_account_id_order_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id)
);
--   client all: served from here (restrictive)
--   client select by orders:recipient
--   staff insert by orders:create
--   staff select by orders:recipient
--   staff update by orders:edit

create table orders.search_words (
  account_id uuid not null,
  store_id uuid not null,
  order_id uuid not null,
  class text not null,
  word text collate "C" not null,
  constraint search_words_pkey PRIMARY KEY (account_id, word, class, order_id),
  constraint search_words_class_check CHECK ((class = ANY (ARRAY['public'::text, 'recipient'::text, 'contact'::text]))),
  constraint search_words_account_id_order_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id)
);
CREATE INDEX search_words_by_order ON orders.search_words USING btree (account_id, order_id, class);
--   client, staff select: words one may read (restrictive)
--   client all: served from here (restrictive)
--   client select by orders:read
--   staff delete by orders:edit
--   staff insert by fulfillment:ship
--   staff insert by orders:create
--   staff insert by orders:edit
--   staff select by orders:read

create table orders.timeline (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  at timestamp with time zone not null default app.now(),
  kind text not null,
  actor text not null,
  via text not null,
  data jsonb not null default '{}'::jsonb,
  fulfillment_order_id uuid,
  side text not null default 'host'::text,
  constraint timeline_pkey PRIMARY KEY (account_id, id),
  constraint timeline_side_check CHECK ((side = ANY (ARRAY['host'::text, 'client'::text]))),
  constraint timeline_via_check CHECK ((via = ANY (ARRAY['hand'::text, 'rule'::text, 'import'::text, 'key'::text]))),
  constraint timeline_account_id_order_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id)
);
CREATE INDEX timeline_by_order ON orders.timeline USING btree (account_id, order_id, at, id);
--   client all: served from here (restrictive)
--   client insert by orders:read
--   client insert: story of the client (restrictive)
--   staff insert: own story (restrictive)
--   staff insert by orders:read
--   staff select: no story of parts of others (restrictive)
--   staff select by orders:read

create table fulfillment.averages (
  account_id uuid not null,
  month date not null,
  measure text not null,
  currency text not null default ''::text,
  dimension text not null,
  key text not null default ''::text,
  store_id uuid,
  value numeric not null,
  kept_at timestamp with time zone not null default app.now(),
  constraint averages_pkey PRIMARY KEY (account_id, month, measure, currency, dimension, key),
  constraint averages_dimension_check CHECK ((dimension = ANY (ARRAY['overall'::text, 'channel'::text, 'store'::text, 'carrier'::text, 'service'::text]))),
  constraint averages_measure_check CHECK ((measure = ANY (ARRAY['cost'::text, 'handling'::text]))),
  constraint averages_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint averages_account_id_store_id_fkey FOREIGN KEY (account_id, store_id) REFERENCES channels.stores(account_id, id)
);
--   staff select by shipping-costs:averages

create table fulfillment.fulfillment_orders (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  number text collate "C" not null,
  fulfiller text not null,
  warehouse_id uuid,
  supplier_id uuid,
  fulfiller_name text not null,
  merchant_name text not null,
  kind text not null default 'original'::text,
  state text not null,
  on_hold boolean not null default false,
  assignee_member_id uuid,
  placed_on date not null,
  service text not null default ''::text,
  ship_by date,
  deliver_by date,
  country text not null default ''::text,
  region text not null default ''::text,
  postcode text not null default ''::text,
  order_revision integer not null default 1,
  accepted_at timestamp with time zone,
  shipped_at timestamp with time zone,
  is_sample boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null default app.now(),
  assignee_name text not null default ''::text,
  changed_at timestamp with time zone,
  changed text[] not null default '{}'::text[],
  constraint fulfillment_orders_pkey PRIMARY KEY (account_id, id),
  constraint fulfillment_orders_in_store UNIQUE (account_id, id, store_id),
  constraint fulfillment_orders_number UNIQUE NULLS NOT DISTINCT (account_id, order_id, supplier_id, warehouse_id, number),
  constraint fulfillment_orders_check CHECK (((fulfiller = 'supplier'::text) = (supplier_id IS NOT NULL))),
  constraint fulfillment_orders_check1 CHECK (((fulfiller = 'warehouse'::text) = (warehouse_id IS NOT NULL))),
  constraint fulfillment_orders_check2 CHECK (((assignee_member_id IS NOT NULL) OR (assignee_name = ''::text))),
  constraint fulfillment_orders_fulfiller_check CHECK ((fulfiller = ANY (ARRAY['warehouse'::text, 'supplier'::text]))),
  constraint fulfillment_orders_kind_check CHECK ((kind = ANY (ARRAY['original'::text, 'replacement'::text, 'exchange'::text]))),
  constraint fulfillment_orders_state_check CHECK ((state = ANY (ARRAY['open'::text, 'released'::text, 'picking'::text, 'packed'::text, 'offered'::text, 'accepted'::text, 'shipped'::text, 'rejected'::text, 'cancelled'::text, 'unassigned'::text]))),
  constraint fulfillment_orders_account_id_assignee_member_id_fkey FOREIGN KEY (account_id, assignee_member_id) REFERENCES access.members(account_id, id),
  constraint fulfillment_orders_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint fulfillment_orders_account_id_order_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id),
  constraint fulfillment_orders_account_id_supplier_id_fkey FOREIGN KEY (account_id, supplier_id) REFERENCES access.parties(account_id, id),
  constraint fulfillment_orders_account_id_warehouse_id_fkey FOREIGN KEY (account_id, warehouse_id) REFERENCES stock.warehouses(account_id, id)
);
CREATE INDEX fulfillment_orders_by_assignee ON fulfillment.fulfillment_orders USING btree (account_id, assignee_member_id) WHERE (assignee_member_id IS NOT NULL);
CREATE INDEX fulfillment_orders_by_number ON fulfillment.fulfillment_orders USING btree (account_id, number);
CREATE INDEX fulfillment_orders_by_order ON fulfillment.fulfillment_orders USING btree (account_id, order_id);
CREATE INDEX fulfillment_orders_queue ON fulfillment.fulfillment_orders USING btree (account_id, supplier_id, state, COALESCE(ship_by, 'infinity'::date), placed_on, id);
--   staff insert by fulfillment:assign
--   staff insert by fulfillment:ship
--   staff select by fulfillment:read
--   supplier all: not what was taken back (restrictive)
--   supplier select by queue:read

create table fulfillment.lines (
  account_id uuid not null,
  id uuid not null,
  fulfillment_order_id uuid not null,
  supplier_id uuid,
  store_id uuid not null,
  order_line_id uuid not null,
  "position" integer not null,
  sku text collate "C" not null default ''::text,
  name text not null,
  quantity integer not null,
  accepted integer not null default 0,
  rejected integer not null default 0,
  cancelled integer not null default 0,
  shipped integer not null default 0,
  reject_reason text not null default ''::text,
  constraint lines_pkey PRIMARY KEY (account_id, id),
  constraint lines_in_store UNIQUE (account_id, id, store_id),
  constraint lines_accepted_check CHECK ((accepted >= 0)),
  constraint lines_cancelled_check CHECK ((cancelled >= 0)),
  constraint lines_check CHECK ((((accepted + rejected) + cancelled) <= quantity)),
  constraint lines_check1 CHECK ((shipped <= accepted)),
  constraint lines_quantity_check CHECK ((quantity >= 0)),
  constraint lines_rejected_check CHECK ((rejected >= 0)),
  constraint lines_shipped_check CHECK ((shipped >= 0)),
  constraint lines_account_id_fulfillment_order_id_fkey FOREIGN KEY (account_id, fulfillment_order_id, store_id) REFERENCES fulfillment.fulfillment_orders(account_id, id, store_id),
  constraint lines_account_id_order_line_id_fkey FOREIGN KEY (account_id, order_line_id, store_id) REFERENCES orders.lines(account_id, id, store_id),
  constraint lines_account_id_supplier_id_fkey FOREIGN KEY (account_id, supplier_id) REFERENCES access.parties(account_id, id)
);
CREATE INDEX lines_by_fulfillment_order ON fulfillment.lines USING btree (account_id, fulfillment_order_id, "position");
CREATE INDEX lines_by_order_line ON fulfillment.lines USING btree (account_id, order_line_id);
--   staff insert by fulfillment:assign
--   staff insert by fulfillment:ship
--   staff select by fulfillment:read
--   staff update by fulfillment:answer
--   staff update by fulfillment:assign
--   staff update by fulfillment:ship
--   supplier select by queue:read
--   supplier update by queue:answer

create table fulfillment.parcel_lines (
  account_id uuid not null,
  parcel_id uuid not null,
  line_id uuid not null,
  store_id uuid not null,
  supplier_id uuid,
  quantity integer not null,
  constraint parcel_lines_pkey PRIMARY KEY (account_id, parcel_id, line_id),
  constraint parcel_lines_quantity_check CHECK ((quantity > 0)),
  constraint parcel_lines_account_id_line_id_fkey FOREIGN KEY (account_id, line_id, store_id) REFERENCES fulfillment.lines(account_id, id, store_id),
  constraint parcel_lines_account_id_parcel_id_fkey FOREIGN KEY (account_id, parcel_id, store_id) REFERENCES fulfillment.parcels(account_id, id, store_id)
);
CREATE INDEX parcel_lines_by_line ON fulfillment.parcel_lines USING btree (account_id, line_id);
--   staff select by fulfillment:read
--   supplier select by queue:read

create table fulfillment.parcels (
  account_id uuid not null,
  id uuid not null,
  shipment_id uuid not null,
  store_id uuid not null,
  supplier_id uuid,
  tracking_number text collate "C" not null default ''::text,
  constraint parcels_pkey PRIMARY KEY (account_id, id),
  constraint parcels_in_store UNIQUE (account_id, id, store_id),
  constraint parcels_account_id_shipment_id_fkey FOREIGN KEY (account_id, shipment_id, store_id) REFERENCES fulfillment.shipments(account_id, id, store_id)
);
CREATE INDEX parcels_by_shipment ON fulfillment.parcels USING btree (account_id, shipment_id);
CREATE INDEX parcels_by_tracking ON fulfillment.parcels USING btree (account_id, tracking_number) WHERE (tracking_number <> ''::text);
--   staff select by fulfillment:read
--   supplier select by queue:read

create table fulfillment.recipients (
  account_id uuid not null,
  fulfillment_order_id uuid not null,
  store_id uuid not null,
  supplier_id uuid,
  name text not null default ''::text,
  company text not null default ''::text,
  line1 text not null default ''::text,
  line2 text not null default ''::text,
  line3 text not null default ''::text,
  city text not null default ''::text,
  buyer_note text not null default ''::text,
  gift_text text not null default ''::text,
  faded_at timestamp with time zone,
  constraint recipients_pkey PRIMARY KEY (account_id, fulfillment_order_id),
  constraint recipients_account_id_fulfillment_order_id_fkey FOREIGN KEY (account_id, fulfillment_order_id, store_id) REFERENCES fulfillment.fulfillment_orders(account_id, id, store_id),
  constraint recipients_account_id_supplier_id_fkey FOREIGN KEY (account_id, supplier_id) REFERENCES access.parties(account_id, id)
);
--   staff select by orders:recipient
--   supplier select by queue:read

create table fulfillment.search_words (
  account_id uuid not null,
  supplier_id uuid not null,
  fulfillment_order_id uuid not null,
  word text collate "C" not null,
  constraint search_words_pkey PRIMARY KEY (account_id, supplier_id, word, fulfillment_order_id),
  constraint search_words_account_id_fulfillment_order_id_fkey FOREIGN KEY (account_id, fulfillment_order_id) REFERENCES fulfillment.fulfillment_orders(account_id, id)
);
CREATE INDEX search_words_by_fulfillment_order ON fulfillment.search_words USING btree (account_id, fulfillment_order_id);
--   supplier select by queue:read

create table fulfillment.shipment_costs (
  account_id uuid not null,
  shipment_id uuid not null,
  store_id uuid not null,
  amount bigint,
  currency text,
  entered_by text not null,
  entered_at timestamp with time zone not null default app.now(),
  version integer not null default 1,
  constraint shipment_costs_pkey PRIMARY KEY (account_id, shipment_id),
  constraint shipment_costs_amount_check CHECK (((amount >= 0) AND (amount <= '1000000000000'::bigint))),
  constraint shipment_costs_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint shipment_costs_whole CHECK (((amount IS NULL) = (currency IS NULL))),
  constraint shipment_costs_account_id_shipment_id_store_id_fkey FOREIGN KEY (account_id, shipment_id, store_id) REFERENCES fulfillment.shipments(account_id, id, store_id)
);
--   staff select by shipping-costs:read

create table fulfillment.shipments (
  account_id uuid not null,
  id uuid not null,
  store_id uuid not null,
  supplier_id uuid,
  state text not null,
  carrier text not null default ''::text,
  service text not null default ''::text,
  shipped_on date not null,
  notify_buyer boolean not null default false,
  notify_channel boolean not null default true,
  created_by text not null,
  created_by_member_id uuid not null,
  via text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null default app.now(),
  constraint shipments_pkey PRIMARY KEY (account_id, id),
  constraint shipments_in_store UNIQUE (account_id, id, store_id),
  constraint shipments_state_check CHECK ((state = ANY (ARRAY['labelled'::text, 'handed_over'::text, 'in_transit'::text, 'delivered'::text, 'exception'::text, 'voided'::text]))),
  constraint shipments_account_id_store_id_fkey FOREIGN KEY (account_id, store_id) REFERENCES channels.stores(account_id, id),
  constraint shipments_account_id_supplier_id_fkey FOREIGN KEY (account_id, supplier_id) REFERENCES access.parties(account_id, id)
);
CREATE INDEX shipments_by_day ON fulfillment.shipments USING btree (account_id, shipped_on);
--   staff select by fulfillment:read
--   supplier select by queue:read

create table automation.rules (
  account_id uuid not null,
  id uuid not null,
  "position" integer not null,
  name text not null,
  enabled boolean not null default true,
  trigger text not null default 'arrival'::text,
  condition jsonb not null,
  actions jsonb not null,
  stop_after boolean not null default false,
  version integer not null default 1,
  updated_by text not null,
  updated_at timestamp with time zone not null default app.now(),
  constraint rules_pkey PRIMARY KEY (account_id, id),
  constraint rules_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint rules_trigger_check CHECK ((trigger = 'arrival'::text)),
  constraint rules_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
CREATE INDEX rules_in_order ON automation.rules USING btree (account_id, "position", id);
--   staff delete by rules:edit
--   staff insert by rules:edit
--   staff select by rules:read
--   staff update by rules:edit

create table automation.traces (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  rule_id uuid not null,
  rule_name text not null,
  rule_version integer not null,
  run text not null,
  effect jsonb not null,
  at timestamp with time zone not null default app.now(),
  constraint traces_pkey PRIMARY KEY (account_id, id),
  constraint traces_run_check CHECK ((run = ANY (ARRAY['arrival'::text, 'now'::text]))),
  constraint traces_account_id_order_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id)
);
CREATE INDEX traces_by_order ON automation.traces USING btree (account_id, order_id, at);
CREATE INDEX traces_by_rule ON automation.traces USING btree (account_id, rule_id, at);
--   staff insert by rules:run
--   staff select by rules:read

create table jobs.jobs (
  account_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  kind text not null,
  subject_id uuid,
  payload jsonb not null default '{}'::jsonb,
  state text not null default 'queued'::text,
  done integer not null default 0,
  total integer,
  error jsonb,
  created_at timestamp with time zone not null default app.now(),
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  held boolean not null default false,
  urgent boolean not null default false,
  due_at timestamp with time zone not null default app.now(),
  worker_id uuid,
  lease bigint not null default 0,
  leased_at timestamp with time zone,
  attempts integer not null default 0,
  tries integer not null default 0,
  furthest integer not null default 0,
  crashed boolean not null default false,
  untidy boolean not null default false,
  constraint jobs_pkey PRIMARY KEY (account_id, id),
  constraint jobs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text, 'set_aside'::text]))),
  constraint jobs_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint jobs_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES access.members(account_id, id)
);
CREATE INDEX jobs_by_member ON jobs.jobs USING btree (account_id, member_id, created_at DESC);
CREATE INDEX jobs_next ON jobs.jobs USING btree (account_id, urgent DESC, created_at, id) WHERE (state = 'queued'::text);
CREATE INDEX jobs_running ON jobs.jobs USING btree (account_id) WHERE (state = 'running'::text);
CREATE INDEX jobs_set_aside ON jobs.jobs USING btree (account_id) WHERE (state = 'set_aside'::text);
CREATE INDEX jobs_untidy ON jobs.jobs USING btree (state) WHERE untidy;
--   client select by jobs:read
--   staff select by jobs:manage
--   staff select by jobs:read
--   staff select runs by rules:run
--   supplier select by queue:export
--   worker all: worker

create table jobs.schedules (
  name text collate "C" not null,
  every interval,
  daily_at time without time zone,
  zone text not null default 'UTC'::text,
  next_run_at timestamp with time zone not null,
  worker_id uuid,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  runs bigint not null default 0,
  error text not null default ''::text,
  constraint schedules_pkey PRIMARY KEY (name),
  constraint schedules_check CHECK (((every IS NULL) <> (daily_at IS NULL)))
);
--   worker all: worker

create table jobs.turns (
  account_id uuid not null,
  served bigint not null,
  constraint turns_pkey PRIMARY KEY (account_id),
  constraint turns_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);

create table jobs.workers (
  id uuid not null,
  started_at timestamp with time zone not null default app.now(),
  heartbeat_at timestamp with time zone not null default app.now(),
  constraint workers_pkey PRIMARY KEY (id)
);
--   worker all: worker

create table notices.outbox (
  account_id uuid not null,
  id uuid not null,
  kind text not null,
  template text not null,
  subject_id uuid not null,
  recipient text not null,
  locale text not null default 'en'::text,
  state text not null default 'pending'::text,
  attempts integer not null default 0,
  next_attempt_at timestamp with time zone not null default app.now(),
  last_error text not null default ''::text,
  sent_at timestamp with time zone,
  revealed_at timestamp with time zone,
  revealed_by text,
  created_by text not null,
  created_at timestamp with time zone not null default app.now(),
  held boolean not null default false,
  private boolean not null default false,
  constraint outbox_pkey PRIMARY KEY (account_id, id),
  constraint outbox_kind_check CHECK ((kind = 'mail'::text)),
  constraint outbox_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'sending'::text, 'done'::text, 'refused'::text, 'unknown'::text, 'dead'::text]))),
  constraint outbox_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
CREATE INDEX outbox_due ON notices.outbox USING btree (next_attempt_at) WHERE (state = ANY (ARRAY['pending'::text, 'sending'::text]));
CREATE INDEX outbox_newest ON notices.outbox USING btree (account_id, created_at DESC, id DESC);
--   staff all: private mails are nobody's (restrictive)
--   staff insert by portal-users:manage
--   staff insert by users:manage
--   staff select by outbox:read
--   staff update by outbox:read
--   worker all: worker

create table intake.files (
  account_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  name text not null,
  bytes bigint not null,
  sha256 text not null,
  created_at timestamp with time zone not null default app.now(),
  removed_at timestamp with time zone,
  constraint files_pkey PRIMARY KEY (account_id, id),
  constraint files_of_member UNIQUE (account_id, id, member_id),
  constraint files_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
CREATE INDEX files_on_disk ON intake.files USING btree (account_id) WHERE (removed_at IS NULL);
--   client insert by products:import
--   client select by products:import
--   staff insert by orders:import
--   staff insert by products:import
--   staff select by orders:import
--   staff select by products:import
--   worker select: worker knows the files

create table intake.imports (
  account_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  kind text not null,
  file_id uuid not null,
  store_id uuid,
  currency text not null,
  mode text not null default 'both'::text,
  format jsonb not null,
  sure jsonb not null,
  mapping jsonb not null,
  state text not null default 'uploaded'::text,
  survey jsonb,
  checkpoint integer not null default 0,
  rows_total integer,
  rows_done integer not null default 0,
  created integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  rejected integer not null default 0,
  error jsonb,
  job_id uuid,
  created_at timestamp with time zone not null default app.now(),
  finished_at timestamp with time zone,
  version integer not null default 1,
  constraint imports_pkey PRIMARY KEY (account_id, id),
  constraint imports_of_member UNIQUE (account_id, id, member_id),
  constraint imports_check CHECK (((store_id IS NULL) = (kind = 'products'::text))),
  constraint imports_kind_check CHECK ((kind = ANY (ARRAY['orders'::text, 'products'::text]))),
  constraint imports_mode_check CHECK ((mode = ANY (ARRAY['create'::text, 'update'::text, 'both'::text]))),
  constraint imports_state_check CHECK ((state = ANY (ARRAY['uploaded'::text, 'checking'::text, 'checked'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text]))),
  constraint imports_account_id_file_id_fkey FOREIGN KEY (account_id, file_id, member_id) REFERENCES intake.files(account_id, id, member_id),
  constraint imports_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint imports_account_id_store_id_fkey FOREIGN KEY (account_id, store_id) REFERENCES channels.stores(account_id, id)
);
CREATE INDEX imports_newest ON intake.imports USING btree (account_id, member_id, created_at DESC, id DESC);
--   client all: products alone (restrictive)
--   client insert by products:import
--   client select by products:import
--   client update by products:import
--   staff all: of a kind he may bring (restrictive)
--   staff insert by orders:import
--   staff insert by products:import
--   staff select by orders:import
--   staff select by products:import
--   staff update by orders:import
--   staff update by products:import

create table intake.mappings (
  account_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  columns jsonb not null,
  format jsonb not null,
  created_at timestamp with time zone not null default app.now(),
  constraint mappings_pkey PRIMARY KEY (account_id, id),
  constraint mappings_kind_check CHECK ((kind = ANY (ARRAY['orders'::text, 'products'::text]))),
  constraint mappings_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint mappings_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
CREATE UNIQUE INDEX mappings_by_name ON intake.mappings USING btree (account_id, kind, lower(name) COLLATE "C");
--   staff delete by orders:import
--   staff insert by orders:import
--   staff select by orders:import
--   staff update by orders:import

create table intake.rejections (
  account_id uuid not null,
  import_id uuid not null,
  member_id uuid not null,
  line integer not null,
  ordinal integer not null,
  heading text not null default ''::text,
  value text not null default ''::text,
  code text not null,
  params jsonb not null default '{}'::jsonb,
  constraint rejections_pkey PRIMARY KEY (account_id, import_id, line, ordinal),
  constraint rejections_account_id_import_id_fkey FOREIGN KEY (account_id, import_id, member_id) REFERENCES intake.imports(account_id, id, member_id)
);
--   client delete by products:import
--   client insert by products:import
--   client select by products:import
--   staff delete by orders:import
--   staff delete by products:import
--   staff insert by orders:import
--   staff insert by products:import
--   staff select by orders:import
--   staff select by products:import

create table privacy.awaiting (
  account_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  member_id uuid not null,
  asked_at timestamp with time zone not null default app.now(),
  woken_at timestamp with time zone,
  constraint awaiting_pkey PRIMARY KEY (account_id, order_id),
  constraint awaiting_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES access.members(account_id, id),
  constraint awaiting_account_id_order_id_store_id_fkey FOREIGN KEY (account_id, order_id, store_id) REFERENCES orders.orders(account_id, id, store_id)
);
--   staff delete by privacy:manage
--   staff insert: asked for by oneself (restrictive)
--   staff insert by privacy:manage
--   staff select by privacy:manage

create table privacy.erasures (
  account_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null default app.now(),
  actor text not null,
  order_ids uuid[] not null,
  fingerprints text[] not null,
  constraint erasures_pkey PRIMARY KEY (account_id, id),
  constraint erasures_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
--   staff select by privacy:manage

create table privacy.retention (
  account_id uuid not null,
  id uuid not null,
  what text not null,
  supplier_id uuid,
  store_id uuid,
  days integer not null,
  version integer not null default 1,
  updated_by text not null,
  updated_at timestamp with time zone not null default app.now(),
  applied_on date,
  constraint retention_pkey PRIMARY KEY (account_id, id),
  constraint retention_once UNIQUE NULLS NOT DISTINCT (account_id, what, supplier_id, store_id),
  constraint retention_check CHECK (((supplier_id IS NULL) OR (what = 'supplier_copy'::text))),
  constraint retention_check1 CHECK (((store_id IS NULL) OR (what <> 'import_file'::text))),
  constraint retention_days_check CHECK (((days >= 1) AND (days <= 3650))),
  constraint retention_what_check CHECK ((what = ANY (ARRAY['supplier_copy'::text, 'recipient'::text, 'contact'::text, 'notes'::text, 'import_file'::text]))),
  constraint retention_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint retention_account_id_store_id_fkey FOREIGN KEY (account_id, store_id) REFERENCES channels.stores(account_id, id),
  constraint retention_account_id_supplier_id_fkey FOREIGN KEY (account_id, supplier_id) REFERENCES access.parties(account_id, id)
);
--   staff delete by privacy:manage
--   staff insert by privacy:manage
--   staff select by privacy:manage
--   staff update by privacy:manage

create table transfers.comments (
  account_id uuid not null,
  id uuid not null,
  transfer_id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  side text collate "C" not null,
  actor text not null,
  text text not null,
  at timestamp with time zone not null default app.now(),
  constraint comments_pkey PRIMARY KEY (account_id, id),
  constraint comments_side_check CHECK ((side = ANY (ARRAY['client'::text, 'host'::text]))),
  constraint comments_text_check CHECK (((length(text) >= 1) AND (length(text) <= 2000))),
  constraint comments_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint comments_account_id_transfer_id_owner_party_id_warehouse_i_fkey FOREIGN KEY (account_id, transfer_id, owner_party_id, warehouse_id, origin) REFERENCES transfers.transfers(account_id, id, owner_party_id, warehouse_id, origin)
);
CREATE INDEX comments_by_transfer ON transfers.comments USING btree (account_id, transfer_id, at);
--   client all: announced by him (restrictive)
--   client select by transfers:read
--   staff select by transfers:read
--   staff select: staff who send it

create table transfers.confirmations (
  account_id uuid not null,
  transfer_id uuid not null,
  side text collate "C" not null,
  id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  actor text not null,
  at timestamp with time zone not null default app.now(),
  constraint confirmations_pkey PRIMARY KEY (account_id, transfer_id, side),
  constraint confirmations_side_check CHECK ((side = ANY (ARRAY['client'::text, 'host'::text]))),
  constraint confirmations_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint confirmations_account_id_transfer_id_owner_party_id_wareho_fkey FOREIGN KEY (account_id, transfer_id, owner_party_id, warehouse_id, origin) REFERENCES transfers.transfers(account_id, id, owner_party_id, warehouse_id, origin)
);
--   client all: announced by him (restrictive)
--   client select by transfers:read
--   staff select by transfers:read
--   staff select: staff who send it

create table transfers.host_names (
  account_id uuid not null,
  id uuid not null,
  transfer_id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  name text not null,
  constraint host_names_pkey PRIMARY KEY (account_id, id),
  constraint host_names_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint host_names_account_id_transfer_id_owner_party_id_warehouse_fkey FOREIGN KEY (account_id, transfer_id, owner_party_id, warehouse_id, origin) REFERENCES transfers.transfers(account_id, id, owner_party_id, warehouse_id, origin)
);
CREATE INDEX host_names_by_transfer ON transfers.host_names USING btree (account_id, transfer_id);
--   staff select by transfers:read
--   staff select: staff who send it

create table transfers.lines (
  account_id uuid not null,
  id uuid not null,
  transfer_id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  "position" integer not null,
  product_id uuid not null,
  sku text collate "C" not null,
  name text not null,
  quantity integer not null,
  good integer not null default 0,
  damaged integer not null default 0,
  unverified integer not null default 0,
  closed integer not null default 0,
  remaining integer not null generated always as (GREATEST(((((quantity - good) - damaged) - unverified) - closed), 0)) stored,
  constraint lines_pkey PRIMARY KEY (account_id, id),
  constraint lines_account_id_transfer_id_product_id_key UNIQUE (account_id, transfer_id, product_id),
  constraint lines_of_transfer UNIQUE (account_id, id, transfer_id),
  constraint lines_check CHECK (((closed >= 0) AND (closed <= quantity))),
  constraint lines_damaged_check CHECK ((damaged >= 0)),
  constraint lines_good_check CHECK ((good >= 0)),
  constraint lines_quantity_check CHECK (((quantity >= 1) AND (quantity <= 1000000))),
  constraint lines_unverified_check CHECK ((unverified >= 0)),
  constraint lines_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint lines_account_id_product_id_owner_party_id_fkey FOREIGN KEY (account_id, product_id, owner_party_id) REFERENCES catalog.products(account_id, id, owner_party_id),
  constraint lines_account_id_transfer_id_owner_party_id_warehouse_id_o_fkey FOREIGN KEY (account_id, transfer_id, owner_party_id, warehouse_id, origin) REFERENCES transfers.transfers(account_id, id, owner_party_id, warehouse_id, origin)
);
CREATE INDEX lines_by_product ON transfers.lines USING btree (account_id, product_id, transfer_id);
CREATE TRIGGER keep_declared BEFORE UPDATE OF quantity, product_id ON transfers.lines FOR EACH ROW WHEN (((old.origin = 'client'::text) AND ((old.quantity <> new.quantity) OR (old.product_id <> new.product_id)))) EXECUTE FUNCTION transfers.keep_declared();
--   client all: announced by him (restrictive)
--   client select by transfers:read
--   staff select by transfers:read
--   staff select: staff who send it

create table transfers.numbers (
  account_id uuid not null,
  last integer not null,
  owner_party_id uuid not null,
  constraint numbers_pkey PRIMARY KEY (account_id, owner_party_id),
  constraint numbers_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);

create table transfers.photos (
  account_id uuid not null,
  id uuid not null,
  transfer_id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  media_type text collate "C" not null,
  bytes integer not null,
  sha256 text collate "C" not null,
  side text collate "C" not null,
  actor text not null,
  at timestamp with time zone not null default app.now(),
  constraint photos_pkey PRIMARY KEY (account_id, id),
  constraint photos_bytes_check CHECK ((bytes > 0)),
  constraint photos_media_type_check CHECK ((media_type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text, 'image/webp'::text]))),
  constraint photos_side_check CHECK ((side = ANY (ARRAY['client'::text, 'host'::text]))),
  constraint photos_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint photos_account_id_transfer_id_owner_party_id_warehouse_id__fkey FOREIGN KEY (account_id, transfer_id, owner_party_id, warehouse_id, origin) REFERENCES transfers.transfers(account_id, id, owner_party_id, warehouse_id, origin)
);
CREATE INDEX photos_by_transfer ON transfers.photos USING btree (account_id, transfer_id, at);
--   client all: announced by him (restrictive)
--   client select by transfers:read
--   staff select by transfers:read
--   staff select: staff who send it
--   worker select: worker knows the files

create table transfers.receipt_lines (
  account_id uuid not null,
  receipt_id uuid not null,
  line_id uuid not null,
  transfer_id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  good integer not null,
  damaged integer not null,
  reason text not null default ''::text,
  constraint receipt_lines_pkey PRIMARY KEY (account_id, receipt_id, line_id),
  constraint receipt_lines_damaged_check CHECK ((damaged >= 0)),
  constraint receipt_lines_good_check CHECK ((good >= 0)),
  constraint receipt_lines_reason_check CHECK ((length(reason) <= 500)),
  constraint receipt_lines_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint receipt_lines_account_id_line_id_transfer_id_fkey FOREIGN KEY (account_id, line_id, transfer_id) REFERENCES transfers.lines(account_id, id, transfer_id),
  constraint receipt_lines_account_id_receipt_id_transfer_id_fkey FOREIGN KEY (account_id, receipt_id, transfer_id) REFERENCES transfers.receipts(account_id, id, transfer_id)
);
CREATE INDEX receipt_lines_by_transfer ON transfers.receipt_lines USING btree (account_id, transfer_id);
--   client all: announced by him (restrictive)
--   client select by transfers:read
--   staff select by transfers:read
--   staff select: staff who send it

create table transfers.receipts (
  account_id uuid not null,
  id uuid not null,
  transfer_id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  kind text collate "C" not null,
  side text collate "C" not null,
  actor text not null,
  reason text not null default ''::text,
  at timestamp with time zone not null default app.now(),
  constraint receipts_pkey PRIMARY KEY (account_id, id),
  constraint receipts_of_transfer UNIQUE (account_id, id, transfer_id),
  constraint receipts_kind_check CHECK ((kind = ANY (ARRAY['received'::text, 'verified'::text]))),
  constraint receipts_reason_check CHECK ((length(reason) <= 500)),
  constraint receipts_side_check CHECK ((side = ANY (ARRAY['client'::text, 'host'::text]))),
  constraint receipts_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint receipts_account_id_transfer_id_owner_party_id_warehouse_i_fkey FOREIGN KEY (account_id, transfer_id, owner_party_id, warehouse_id, origin) REFERENCES transfers.transfers(account_id, id, owner_party_id, warehouse_id, origin)
);
CREATE INDEX receipts_by_transfer ON transfers.receipts USING btree (account_id, transfer_id, at);
--   client all: announced by him (restrictive)
--   client select by transfers:read
--   staff select by transfers:read
--   staff select: staff who send it

create table transfers.timeline (
  account_id uuid not null,
  id uuid not null,
  transfer_id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  kind text collate "C" not null,
  side text collate "C" not null,
  actor text not null,
  at timestamp with time zone not null default app.now(),
  data jsonb not null default '{}'::jsonb,
  constraint timeline_pkey PRIMARY KEY (account_id, id),
  constraint timeline_side_check CHECK ((side = ANY (ARRAY['client'::text, 'host'::text]))),
  constraint timeline_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint timeline_account_id_transfer_id_owner_party_id_warehouse_i_fkey FOREIGN KEY (account_id, transfer_id, owner_party_id, warehouse_id, origin) REFERENCES transfers.transfers(account_id, id, owner_party_id, warehouse_id, origin)
);
CREATE INDEX timeline_by_transfer ON transfers.timeline USING btree (account_id, transfer_id, at);
--   client all: announced by him (restrictive)
--   client select by transfers:read
--   staff select by transfers:read
--   staff select: staff who send it

create table transfers.transfers (
  account_id uuid not null,
  id uuid not null,
  number text collate "C" not null,
  origin text collate "C" not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  from_warehouse_id uuid,
  supplier_id uuid,
  from_name text not null,
  warehouse_name text not null,
  state text collate "C" not null,
  unannounced boolean not null default false,
  carrier text not null default ''::text,
  tracking text not null default ''::text,
  cartons integer,
  expected_on date,
  note text not null default ''::text,
  reason text not null default ''::text,
  created_by text not null,
  created_by_id uuid not null,
  created_at timestamp with time zone not null default app.now(),
  shipped_at timestamp with time zone,
  delivered_at timestamp with time zone,
  received_at timestamp with time zone,
  closed_at timestamp with time zone,
  cancelled_at timestamp with time zone,
  version integer not null default 1,
  constraint transfers_pkey PRIMARY KEY (account_id, id),
  constraint transfers_account_id_owner_party_id_number_key UNIQUE (account_id, owner_party_id, number),
  constraint transfers_of_slice UNIQUE (account_id, id, owner_party_id, warehouse_id, origin),
  constraint transfers_carrier_check CHECK ((length(carrier) <= 60)),
  constraint transfers_cartons_check CHECK (((cartons >= 1) AND (cartons <= 100000))),
  constraint transfers_check CHECK (((origin = 'warehouse'::text) = (from_warehouse_id IS NOT NULL))),
  constraint transfers_check1 CHECK (((origin = 'supplier'::text) = (supplier_id IS NOT NULL))),
  constraint transfers_check2 CHECK ((from_warehouse_id <> warehouse_id)),
  constraint transfers_check3 CHECK (((origin <> 'client'::text) OR (state <> 'draft'::text))),
  constraint transfers_check4 CHECK (((NOT unannounced) OR (origin = 'client'::text))),
  constraint transfers_note_check CHECK ((length(note) <= 2000)),
  constraint transfers_origin_check CHECK ((origin = ANY (ARRAY['client'::text, 'warehouse'::text, 'supplier'::text]))),
  constraint transfers_reason_check CHECK ((length(reason) <= 500)),
  constraint transfers_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'to_ship'::text, 'shipped'::text, 'delivered'::text, 'partially_received'::text, 'received'::text, 'closed_short'::text, 'cancelled'::text]))),
  constraint transfers_tracking_check CHECK ((length(tracking) <= 100)),
  constraint transfers_account_id_created_by_id_fkey FOREIGN KEY (account_id, created_by_id) REFERENCES access.members(account_id, id),
  constraint transfers_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint transfers_account_id_from_warehouse_id_fkey FOREIGN KEY (account_id, from_warehouse_id) REFERENCES stock.warehouses(account_id, id),
  constraint transfers_account_id_owner_party_id_fkey FOREIGN KEY (account_id, owner_party_id) REFERENCES access.parties(account_id, id),
  constraint transfers_account_id_supplier_id_fkey FOREIGN KEY (account_id, supplier_id) REFERENCES access.parties(account_id, id),
  constraint transfers_account_id_warehouse_id_fkey FOREIGN KEY (account_id, warehouse_id) REFERENCES stock.warehouses(account_id, id)
);
CREATE INDEX transfers_by_creator ON transfers.transfers USING btree (account_id, created_by_id, created_at DESC, id DESC);
CREATE INDEX transfers_by_owner ON transfers.transfers USING btree (account_id, owner_party_id, created_at DESC, id DESC);
CREATE INDEX transfers_by_time ON transfers.transfers USING btree (account_id, created_at DESC, id DESC);
CREATE TRIGGER keep_state BEFORE UPDATE OF state ON transfers.transfers FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION transfers.keep_state();
--   client all: announced by him (restrictive)
--   client select by transfers:read
--   staff select: from suppliers of his (restrictive)
--   staff select by transfers:read
--   staff select: staff who send it
--   staff update: from suppliers of his, to edit (restrictive)
--   staff update: only the house's own, until they leave (restrictive)
--   staff update by transfers:edit

create table portal.assists (
  account_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  member_id uuid not null,
  granted_by text not null,
  note text not null default ''::text,
  granted_at timestamp with time zone not null default app.now(),
  until timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint assists_pkey PRIMARY KEY (account_id, id),
  constraint assists_check CHECK (((until > granted_at) AND (until <= (granted_at + '72:00:00'::interval)))),
  constraint assists_note_check CHECK ((length(note) <= 500)),
  constraint assists_account_id_client_id_fkey FOREIGN KEY (account_id, client_id) REFERENCES access.parties(account_id, id),
  constraint assists_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint assists_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES access.members(account_id, id)
);
CREATE INDEX assists_by_client ON portal.assists USING btree (account_id, client_id, granted_at DESC, id DESC);

create table portal.brands (
  account_id uuid not null,
  name text not null default ''::text,
  color text collate "C" not null default ''::text,
  sender text not null default ''::text,
  locale text collate "C" not null default 'en'::text,
  welcome text not null default ''::text,
  support text not null default ''::text,
  footer text not null default ''::text,
  version integer not null default 1,
  constraint brands_pkey PRIMARY KEY (account_id),
  constraint brands_color_check CHECK ((color ~ '^(#[0-9a-f]{6})?$'::text)),
  constraint brands_footer_check CHECK ((length(footer) <= 300)),
  constraint brands_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'fr'::text]))),
  constraint brands_name_check CHECK ((length(name) <= 80)),
  constraint brands_sender_check CHECK ((length(sender) <= 80)),
  constraint brands_support_check CHECK ((length(support) <= 300)),
  constraint brands_welcome_check CHECK ((length(welcome) <= 300)),
  constraint brands_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
--   staff select by portal:brand
--   staff update by portal:brand

create table portal.clients (
  account_id uuid not null,
  client_id uuid not null,
  strict_warehouses boolean not null default false,
  may_ask boolean not null default true,
  receipts_unverified boolean not null default false,
  version integer not null default 1,
  constraint clients_pkey PRIMARY KEY (account_id, client_id),
  constraint clients_account_id_client_id_fkey FOREIGN KEY (account_id, client_id) REFERENCES access.parties(account_id, id),
  constraint clients_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
--   client select: my client
--   staff select by clients:read
--   staff update by portal-users:manage

create table portal.images (
  account_id uuid not null,
  kind text collate "C" not null,
  hash text collate "C" not null,
  media_type text collate "C" not null,
  width integer not null,
  height integer not null,
  bytes bytea not null,
  constraint images_pkey PRIMARY KEY (account_id, kind),
  constraint images_bytes_check CHECK ((length(bytes) <= 262144)),
  constraint images_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
  constraint images_height_check CHECK ((height > 0)),
  constraint images_kind_check CHECK ((kind = ANY (ARRAY['logo-light'::text, 'logo-dark'::text, 'favicon'::text]))),
  constraint images_media_type_check CHECK ((media_type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text, 'image/webp'::text]))),
  constraint images_width_check CHECK ((width > 0)),
  constraint images_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
CREATE INDEX images_by_hash ON portal.images USING btree (account_id, hash);
--   staff delete by portal:brand
--   staff insert by portal:brand
--   staff select by portal:brand
--   staff update by portal:brand

create table portal.portals (
  account_id uuid not null,
  slug text collate "C" not null,
  domain text collate "C",
  token text,
  checked_at timestamp with time zone,
  missed text collate "C",
  verified_at timestamp with time zone,
  failing_since timestamp with time zone,
  version integer not null default 1,
  constraint portals_pkey PRIMARY KEY (account_id),
  constraint portals_slug_key UNIQUE (slug),
  constraint domain_has_token CHECK (((domain IS NULL) = (token IS NULL))),
  constraint domain_of_marks CHECK (((domain IS NOT NULL) OR ((checked_at IS NULL) AND (missed IS NULL) AND (verified_at IS NULL) AND (failing_since IS NULL)))),
  constraint failing_was_verified CHECK (((failing_since IS NULL) OR (verified_at IS NOT NULL))),
  constraint portals_domain_check CHECK (((domain = lower(domain)) AND ((length(domain) >= 4) AND (length(domain) <= 253)))),
  constraint portals_missed_check CHECK ((missed = ANY (ARRAY['address'::text, 'proof'::text, 'no_answer'::text]))),
  constraint portals_slug_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND ((length(slug) >= 2) AND (length(slug) <= 40)))),
  constraint portals_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id)
);
CREATE UNIQUE INDEX portals_by_domain ON portal.portals USING btree (domain) WHERE (verified_at IS NOT NULL);
--   staff select by portal:manage

create table portal.user_requests (
  account_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  member_id uuid not null,
  asked_by text not null,
  email text not null,
  name text not null default ''::text,
  role text collate "C" not null,
  stores uuid[] not null,
  warehouses uuid[] not null,
  state text collate "C" not null default 'waiting'::text,
  answer text not null default ''::text,
  answered_by text not null default ''::text,
  answered_at timestamp with time zone,
  invitation_id uuid,
  created_at timestamp with time zone not null default app.now(),
  version integer not null default 1,
  constraint user_requests_pkey PRIMARY KEY (account_id, id),
  constraint user_requests_answer_check CHECK ((length(answer) <= 500)),
  constraint user_requests_check CHECK (((state = 'waiting'::text) = (answered_at IS NULL))),
  constraint user_requests_email_check CHECK ((length(email) <= 254)),
  constraint user_requests_name_check CHECK ((length(name) <= 120)),
  constraint user_requests_role_check CHECK ((role = ANY (ARRAY['client-admin'::text, 'client-member'::text, 'client-viewer'::text]))),
  constraint user_requests_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text]))),
  constraint user_requests_stores_check CHECK ((cardinality(stores) > 0)),
  constraint user_requests_warehouses_check CHECK ((cardinality(warehouses) > 0)),
  constraint user_requests_account_id_client_id_fkey FOREIGN KEY (account_id, client_id) REFERENCES access.parties(account_id, id),
  constraint user_requests_account_id_fkey FOREIGN KEY (account_id) REFERENCES access.accounts(id),
  constraint user_requests_account_id_invitation_id_fkey FOREIGN KEY (account_id, invitation_id) REFERENCES access.invitations(account_id, id),
  constraint user_requests_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES access.members(account_id, id)
);
CREATE INDEX user_requests_by_client ON portal.user_requests USING btree (account_id, client_id, created_at DESC, id DESC);
CREATE UNIQUE INDEX user_requests_open ON portal.user_requests USING btree (account_id, client_id, lower(email) COLLATE "C") WHERE (state = 'waiting'::text);
--   client insert by portal-users:ask
--   client select by portal-users:ask
--   staff select by portal-users:manage
--   staff update by portal-users:manage
