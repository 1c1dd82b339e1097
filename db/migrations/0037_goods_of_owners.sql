-- Whose a product is stands beside what is kept about it, so that one rule keeps all of it apart; and what stock is counted by.

alter table catalog.product_prices add column owner_party_id uuid;
alter table catalog.product_costs add column owner_party_id uuid;
alter table catalog.product_tags add column owner_party_id uuid;
update catalog.product_prices x set owner_party_id = p.owner_party_id from catalog.products p where p.account_id = x.account_id and p.id = x.product_id;
update catalog.product_costs x set owner_party_id = p.owner_party_id from catalog.products p where p.account_id = x.account_id and p.id = x.product_id;
update catalog.product_tags x set owner_party_id = p.owner_party_id from catalog.products p where p.account_id = x.account_id and p.id = x.product_id;
alter table catalog.product_prices alter column owner_party_id set not null, drop constraint product_prices_account_id_product_id_fkey,
  add foreign key (account_id, product_id, owner_party_id) references catalog.products (account_id, id, owner_party_id);
alter table catalog.product_costs alter column owner_party_id set not null, drop constraint product_costs_account_id_product_id_fkey,
  add foreign key (account_id, product_id, owner_party_id) references catalog.products (account_id, id, owner_party_id);
alter table catalog.product_tags alter column owner_party_id set not null, drop constraint product_tags_account_id_product_id_fkey,
  add foreign key (account_id, product_id, owner_party_id) references catalog.products (account_id, id, owner_party_id);

-- Many large lines add up to more than 2^31 eaches.
alter table stock.levels alter column on_hand type bigint, alter column allocated type bigint, alter column quarantine type bigint,
  alter column unverified type bigint, alter column announced type bigint, alter column in_transit type bigint, alter column backordered type bigint;
alter table stock.movements alter column on_hand type bigint, alter column allocated type bigint, alter column quarantine type bigint,
  alter column unverified type bigint, alter column announced type bigint, alter column in_transit type bigint, alter column backordered type bigint;
alter table stock.allocations alter column allocated type bigint, alter column backordered type bigint;
-- What the others say already: these are checked for each line of each order.
alter table stock.movements drop constraint movements_account_id_fkey, drop constraint movements_account_id_warehouse_id_fkey,
  drop constraint movements_account_id_product_id_owner_party_id_fkey,
  add foreign key (account_id, warehouse_id, product_id, owner_party_id, lot, location, condition) references stock.levels;
alter table stock.allocations drop constraint allocations_account_id_fkey, drop constraint allocations_account_id_order_id_store_id_fkey;
-- A line that waits is an issue of its order, once.
create unique index issues_backordered_once on orders.issues (account_id, line_id) where kind = 'backordered' and resolved_at is null;

create table stock.settings (
  account_id uuid primary key references access.accounts,
  -- A count that differs by more eaches than this waits until who may adjust stock has answered.
  count_threshold integer not null default 10 check (count_threshold >= 0),
  version integer not null default 1
);

-- What somebody counted, and what was there by the ledger when he did.
create table stock.counts (
  account_id uuid not null references access.accounts,
  id uuid not null,
  warehouse_id uuid not null,
  product_id uuid not null,
  owner_party_id uuid not null,
  expected bigint not null check (expected >= 0),
  counted bigint not null check (counted between 0 and 1000000),
  state text collate "C" not null check (state in ('waiting', 'applied', 'refused')),
  reason text not null default '' check (length(reason) <= 500),
  counted_by text not null,
  counted_by_member_id uuid not null,
  counted_at timestamptz not null default app.now(),
  answered_by text,
  answered_at timestamptz,
  version integer not null default 1,
  primary key (account_id, id),
  foreign key (account_id, warehouse_id) references stock.warehouses (account_id, id),
  foreign key (account_id, product_id, owner_party_id) references catalog.products (account_id, id, owner_party_id)
);
create index counts_newest on stock.counts (account_id, counted_at desc, id desc);
create unique index counts_waiting_once on stock.counts (account_id, warehouse_id, product_id) where state = 'waiting';
