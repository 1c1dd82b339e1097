-- Stock: levels, the ledger they come from, what is kept for order lines, and whose goods they are. Units are eaches.

create schema transfers;
create schema portal;

alter table stock.warehouses
  add column line1 text not null default '',
  add column line2 text not null default '',
  add column city text not null default '',
  add column region text not null default '',
  add column postcode text not null default '',
  add column country text collate "C" not null default '',
  add column archived_at timestamptz,
  add column created_at timestamptz not null default app.now();
create unique index warehouses_by_name on stock.warehouses (account_id, lower(name) collate "C") where archived_at is null;

alter table catalog.products
  -- Its stock is counted here: set by its first movement. What is not counted is neither kept for orders nor waited for.
  add column is_stocked boolean not null default false,
  add column weight_grams integer check (weight_grams > 0),
  -- The house weighed it: the client's own figure no longer counts.
  add column weighed_at timestamptz,
  add constraint products_of_owner unique (account_id, id, owner_party_id);

-- One row for each (warehouse, product, owner, lot, location, condition); the last three are '' until they are used.
create table stock.levels (
  account_id uuid not null references access.accounts,
  warehouse_id uuid not null,
  product_id uuid not null,
  owner_party_id uuid not null,
  lot text collate "C" not null default '',
  location text collate "C" not null default '',
  condition text collate "C" not null default '',
  on_hand integer not null default 0 constraint levels_on_hand check (on_hand >= 0),
  -- Of what is on hand, what is kept for order lines.
  allocated integer not null default 0 constraint levels_allocated check (allocated >= 0),
  -- Here, and not to be sold: damaged, or received by the client himself and not yet counted by the house.
  quarantine integer not null default 0 constraint levels_quarantine check (quarantine >= 0),
  unverified integer not null default 0 constraint levels_unverified check (unverified >= 0),
  -- On its way: announced by a transfer, then in transit.
  announced integer not null default 0 constraint levels_announced check (announced >= 0),
  in_transit integer not null default 0 constraint levels_in_transit check (in_transit >= 0),
  -- Wanted by order lines that nothing could be kept for.
  backordered integer not null default 0 constraint levels_backordered check (backordered >= 0),
  version integer not null default 1,
  changed_at timestamptz not null default app.now(),
  primary key (account_id, warehouse_id, product_id, owner_party_id, lot, location, condition),
  constraint levels_not_oversold check (allocated <= on_hand),
  foreign key (account_id, warehouse_id) references stock.warehouses (account_id, id),
  foreign key (account_id, product_id, owner_party_id) references catalog.products (account_id, id, owner_party_id)
);
create index levels_by_product on stock.levels (account_id, product_id);
create index levels_by_owner on stock.levels (account_id, owner_party_id, product_id);

-- The ledger: every change of a level, in signed units, never changed nor removed. The levels are its sums.
create table stock.movements (
  account_id uuid not null references access.accounts,
  id uuid not null,
  at timestamptz not null default app.now(),
  warehouse_id uuid not null,
  product_id uuid not null,
  owner_party_id uuid not null,
  lot text collate "C" not null default '',
  location text collate "C" not null default '',
  condition text collate "C" not null default '',
  kind text collate "C" not null check (kind in ('adjusted', 'counted', 'allocated', 'released', 'backordered', 'shipped', 'announced',
    'sent', 'received', 'damaged', 'verified', 'written_off', 'withdrawn')),
  on_hand integer not null default 0,
  allocated integer not null default 0,
  quarantine integer not null default 0,
  unverified integer not null default 0,
  announced integer not null default 0,
  in_transit integer not null default 0,
  backordered integer not null default 0,
  reason text not null default '' check (length(reason) <= 500),
  actor text not null,
  member_id uuid,
  via text not null,
  -- What it happened for: an order, a transfer, a count.
  document_kind text collate "C" not null default '' check (document_kind in ('', 'order', 'transfer', 'count')),
  document_id uuid,
  document text not null default '',
  primary key (account_id, id),
  foreign key (account_id, warehouse_id) references stock.warehouses (account_id, id),
  foreign key (account_id, product_id, owner_party_id) references catalog.products (account_id, id, owner_party_id)
);
create index movements_by_product on stock.movements (account_id, product_id, at desc, id desc);
create index movements_by_time on stock.movements (account_id, at desc, id desc);
create index movements_by_owner on stock.movements (account_id, owner_party_id, at desc, id desc);
create index movements_by_document on stock.movements (account_id, document_id) where document_id is not null;

-- What is kept for a line of an order, and what of it has to wait, in eaches; each_per_unit turns units of the line into them.
create table stock.allocations (
  account_id uuid not null references access.accounts,
  order_line_id uuid not null,
  warehouse_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  product_id uuid not null,
  owner_party_id uuid not null,
  each_per_unit integer not null default 1 check (each_per_unit > 0),
  allocated integer not null default 0 check (allocated >= 0),
  backordered integer not null default 0 check (backordered >= 0),
  -- Who ordered first is served first.
  placed_at timestamptz not null,
  primary key (account_id, order_line_id, warehouse_id),
  foreign key (account_id, order_line_id, store_id) references orders.lines (account_id, id, store_id),
  foreign key (account_id, order_id, store_id) references orders.orders (account_id, id, store_id),
  foreign key (account_id, warehouse_id) references stock.warehouses (account_id, id),
  foreign key (account_id, product_id, owner_party_id) references catalog.products (account_id, id, owner_party_id)
);
create index allocations_by_order on stock.allocations (account_id, order_id);
create index allocations_waiting on stock.allocations (account_id, warehouse_id, product_id, placed_at, order_line_id) where backordered > 0;

-- In which order the warehouses are asked for the orders of a store; a store without a row asks the default warehouse alone.
create table stock.store_warehouses (
  account_id uuid not null references access.accounts,
  store_id uuid not null,
  warehouse_id uuid not null,
  position integer not null,
  primary key (account_id, store_id, warehouse_id),
  foreign key (account_id, store_id) references channels.stores (account_id, id),
  foreign key (account_id, warehouse_id) references stock.warehouses (account_id, id)
);

-- Below how many available eaches a product is low in a warehouse.
create table stock.low_levels (
  account_id uuid not null references access.accounts,
  warehouse_id uuid not null,
  product_id uuid not null,
  owner_party_id uuid not null,
  level integer not null check (level > 0),
  version integer not null default 1,
  primary key (account_id, warehouse_id, product_id),
  foreign key (account_id, warehouse_id) references stock.warehouses (account_id, id),
  foreign key (account_id, product_id, owner_party_id) references catalog.products (account_id, id, owner_party_id)
);

alter table orders.issues drop constraint issues_kind_check;
alter table orders.issues add constraint issues_kind_check
  check (kind in ('unmapped_line', 'rejected', 'address', 'late', 'changed_in_shop', 'backordered'));

-- What the account and a client agreed.
create table portal.clients (
  account_id uuid not null references access.accounts,
  client_id uuid not null,
  -- Orders that are wholly served from warehouses which the portal user may not see are not there for him.
  strict_warehouses boolean not null default false,
  -- He may hold an order of his, and ask to cancel, change or take back.
  may_ask boolean not null default true,
  -- What he receives himself counts only when the house has counted it.
  receipts_unverified boolean not null default false,
  version integer not null default 1,
  primary key (account_id, client_id),
  foreign key (account_id, client_id) references access.parties (account_id, id)
);
