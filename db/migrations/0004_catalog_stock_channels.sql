-- Products, the one warehouse everybody starts with, stores and what a shop's SKU means here.

create schema catalog;
create schema stock;
create schema channels;

create table catalog.products (
  account_id uuid not null references access.accounts,
  id uuid not null,
  owner_party_id uuid not null, -- the account's own party, or the client whose goods they are
  sku text collate "C" not null check (length(sku) between 1 and 100),
  name text not null check (length(name) between 1 and 300),
  description text not null default '',
  barcode text,
  discontinued boolean not null default false,
  archived_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default app.now(),
  primary key (account_id, id),
  unique (account_id, owner_party_id, sku),
  foreign key (account_id, owner_party_id) references access.parties
);

-- Sale price and cost are rows of their own: who may not read them finds nothing (10^-6 of the major unit).
create table catalog.product_prices (
  account_id uuid not null,
  product_id uuid not null,
  currency text not null,
  price_micros bigint not null check (price_micros >= 0),
  primary key (account_id, product_id),
  foreign key (account_id, product_id) references catalog.products
);
create table catalog.product_costs (
  account_id uuid not null,
  product_id uuid not null,
  currency text not null,
  cost_micros bigint not null check (cost_micros >= 0),
  primary key (account_id, product_id),
  foreign key (account_id, product_id) references catalog.products
);

create table catalog.product_tags (
  account_id uuid not null,
  product_id uuid not null,
  tag text collate "C" not null check (length(tag) between 1 and 200),
  primary key (account_id, product_id, tag),
  foreign key (account_id, product_id) references catalog.products
);
create index product_tags_by_tag on catalog.product_tags (account_id, tag, product_id);

create table stock.warehouses (
  account_id uuid not null references access.accounts,
  id uuid not null,
  name text not null,
  is_default boolean not null default false,
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index warehouses_default on stock.warehouses (account_id) where is_default;

create table channels.stores (
  account_id uuid not null references access.accounts,
  id uuid not null,
  channel text not null default 'custom',
  name text not null,
  client_party_id uuid,
  currency text not null,
  is_default boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default app.now(),
  primary key (account_id, id),
  foreign key (account_id, client_party_id) references access.parties
);
create unique index stores_by_name on channels.stores (account_id, lower(name) collate "C");

-- What a shop calls a product: a shop's SKU is not the house's.
create table channels.listings (
  account_id uuid not null,
  store_id uuid not null,
  external_sku text collate "C" not null,
  product_id uuid not null,
  multiplier integer not null default 1 check (multiplier > 0),
  primary key (account_id, store_id, external_sku),
  foreign key (account_id, store_id) references channels.stores,
  foreign key (account_id, product_id) references catalog.products
);
create index listings_by_product on channels.listings (account_id, product_id);

alter table access.member_stores add foreign key (account_id, store_id) references channels.stores;
alter table access.member_warehouses add foreign key (account_id, warehouse_id) references stock.warehouses;
