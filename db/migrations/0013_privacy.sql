-- What is kept of a person, and for how long: rules as data, erasures as tombstones that name orders and nobody.

create schema privacy;

-- After so many days from shipping (or, for files, from arrival) this is faded: replaced by nothing. No row: it is kept.
create table privacy.retention (
  account_id uuid not null references access.accounts,
  id uuid not null,
  what text not null check (what in ('supplier_copy', 'recipient', 'contact', 'notes', 'import_file')),
  supplier_id uuid, -- only for supplier_copy; null: every supplier
  store_id uuid, -- not for import_file; null: every store
  days integer not null check (days between 1 and 3650),
  version integer not null default 1,
  updated_by text not null,
  updated_at timestamptz not null default app.now(),
  applied_on date, -- the last day it was gone through
  primary key (account_id, id),
  foreign key (account_id, supplier_id) references access.parties,
  foreign key (account_id, store_id) references channels.stores,
  check (supplier_id is null or what = 'supplier_copy'),
  check (store_id is null or what <> 'import_file'),
  constraint retention_once unique nulls not distinct (account_id, what, supplier_id, store_id)
);

-- What was erased, so that it is erased again after a restore: orders by id, people by a keyed hash of address and phone.
create table privacy.erasures (
  account_id uuid not null references access.accounts,
  id uuid not null,
  at timestamptz not null default app.now(),
  actor text not null,
  order_ids uuid[] not null,
  fingerprints text[] not null,
  primary key (account_id, id)
);

-- Orders whose buyer asked to be erased and which are still to be shipped first.
create table privacy.awaiting (
  account_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  member_id uuid not null, -- the member in whose name it will be done
  asked_at timestamptz not null default app.now(),
  woken_at timestamptz,
  primary key (account_id, order_id),
  foreign key (account_id, order_id, store_id) references orders.orders (account_id, id, store_id),
  foreign key (account_id, member_id) references access.members
);

alter table orders.orders add column erased_at timestamptz;
alter table orders.recipients add column faded_at timestamptz;
alter table orders.contacts add column faded_at timestamptz;
alter table fulfillment.recipients add column faded_at timestamptz;

insert into privacy.retention (account_id, id, what, days, updated_by)
select id, gen_random_uuid(), 'supplier_copy', 90, 'Crossdock' from access.accounts;
