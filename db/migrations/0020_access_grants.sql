-- Access in full: custom roles, the owner, every scope of a grant, what is asked for, and sessions that know more of themselves.

alter table access.accounts add column owner_id uuid, -- the one administrator whom nobody else can demote or deactivate
  add foreign key (id, owner_id) references access.members (account_id, id) deferrable initially deferred;
update access.accounts a set owner_id = (
  select m.id from access.members m join access.roles r on r.account_id = m.account_id and r.id = m.role_id
   where m.account_id = a.id and m.kind = 'person' and m.deactivated_at is null and r.slug = 'administrator'
   order by m.created_at, m.id limit 1);

alter table access.roles
  add column description text not null default '' check (length(description) <= 500),
  add column based_on text collate "C" not null default '', -- slug of the role it was cloned from
  add column switches text[] not null default '{}', -- of a built-in role: what may be switched on beyond its floor
  add column second_factor boolean not null default false, -- who has this role needs one
  add column archived_at timestamptz,
  add column version integer not null default 1,
  add column created_at timestamptz not null default app.now();

-- A grant: what narrows a member beside his role. Each "all_…" is everything there is and will be; otherwise the list beside it.
alter table access.members
  add column all_clients boolean not null default true,
  add column all_suppliers boolean not null default true,
  add column own_only boolean not null default false, -- only what is assigned to himself
  add column hours jsonb, -- [{"day": 1, "from": "09:00", "until": "17:30"}], 1 is Monday, in the account's zone; null: always
  add column batch text check (length(batch) between 1 and 80), -- made together, deactivated together
  add check (hours is null or jsonb_typeof(hours) = 'array');
create index members_by_batch on access.members (account_id, batch) where batch is not null;
create table access.member_clients (
  account_id uuid not null,
  member_id uuid not null,
  client_id uuid not null,
  primary key (account_id, member_id, client_id),
  foreign key (account_id, member_id) references access.members on delete cascade,
  foreign key (account_id, client_id) references access.parties
);
create table access.member_suppliers (
  account_id uuid not null,
  member_id uuid not null,
  supplier_id uuid not null,
  primary key (account_id, member_id, supplier_id),
  foreign key (account_id, member_id) references access.members on delete cascade,
  foreign key (account_id, supplier_id) references access.parties
);

-- The grant that waits in an invitation: as in members, with the lists inside ({"stores": [id, …], "ownOnly": true, …}).
alter table access.invitations
  add column grants jsonb not null default '{}',
  add column batch text check (length(batch) between 1 and 80);

-- What a session is, to the one it belongs to.
alter table identity.sessions
  drop constraint sessions_purpose_check,
  add constraint sessions_purpose_check check (purpose in ('web', 'key', 'job', 'view', 'pending')),
  add column id uuid not null default gen_random_uuid() unique,
  add column proved_at timestamptz not null default app.now(), -- when he last showed who he is
  add column seen_at timestamptz not null default app.now(), -- to the minute or so
  add column address inet, -- where it was last seen
  add column addresses cidr[], -- of a key: the networks it may come from; null: any
  add column viewer_id uuid, -- of a view: who is looking, with the rights of member_id
  add foreign key (account_id, viewer_id) references access.members (account_id, id) on delete cascade,
  add check ((purpose = 'view') = (viewer_id is not null));
