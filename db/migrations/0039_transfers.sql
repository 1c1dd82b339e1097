-- Stock transfers: goods on their way into a warehouse, from a client, from another warehouse or from a supplier. Units are eaches.
-- What belongs to a transfer carries its slice: whose goods, where they go, and who announced them.

create table transfers.numbers (
  account_id uuid primary key references access.accounts,
  last integer not null
);

create table transfers.transfers (
  account_id uuid not null references access.accounts,
  id uuid not null,
  number text collate "C" not null,
  origin text collate "C" not null check (origin in ('client', 'warehouse', 'supplier')),
  -- Whose goods they are; of a client's transfer the client.
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  from_warehouse_id uuid,
  supplier_id uuid,
  -- As they were called then: who sees the transfer may not see them elsewhere.
  from_name text not null,
  warehouse_name text not null,
  state text collate "C" not null check (state in ('draft', 'to_ship', 'shipped', 'delivered', 'partially_received', 'received', 'closed_short', 'cancelled')),
  -- The house took in what nobody had announced.
  unannounced boolean not null default false,
  carrier text not null default '' check (length(carrier) <= 60),
  tracking text not null default '' check (length(tracking) <= 100),
  cartons integer check (cartons between 1 and 100000),
  expected_on date,
  note text not null default '' check (length(note) <= 2000),
  -- Why it was closed short or cancelled.
  reason text not null default '' check (length(reason) <= 500),
  -- As both sides read it; what people of the house are called stands in host_names.
  created_by text not null,
  created_by_id uuid not null,
  created_at timestamptz not null default app.now(),
  shipped_at timestamptz,
  delivered_at timestamptz,
  received_at timestamptz,
  closed_at timestamptz,
  cancelled_at timestamptz,
  version integer not null default 1,
  primary key (account_id, id),
  unique (account_id, number),
  constraint transfers_of_slice unique (account_id, id, owner_party_id, warehouse_id, origin),
  check ((origin = 'warehouse') = (from_warehouse_id is not null)),
  check ((origin = 'supplier') = (supplier_id is not null)),
  check (from_warehouse_id <> warehouse_id),
  check (origin <> 'client' or state <> 'draft'),
  check (not unannounced or origin = 'client'),
  foreign key (account_id, owner_party_id) references access.parties (account_id, id),
  foreign key (account_id, supplier_id) references access.parties (account_id, id),
  foreign key (account_id, warehouse_id) references stock.warehouses (account_id, id),
  foreign key (account_id, from_warehouse_id) references stock.warehouses (account_id, id),
  foreign key (account_id, created_by_id) references access.members (account_id, id)
);
create index transfers_by_time on transfers.transfers (account_id, created_at desc, id desc);
create index transfers_by_owner on transfers.transfers (account_id, owner_party_id, created_at desc, id desc);
create index transfers_by_creator on transfers.transfers (account_id, created_by_id, created_at desc, id desc);

create table transfers.lines (
  account_id uuid not null references access.accounts,
  id uuid not null,
  transfer_id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  position integer not null,
  product_id uuid not null,
  sku text collate "C" not null,
  name text not null,
  -- As it was declared: what is counted stands beside it, and never changes it.
  quantity integer not null check (quantity between 1 and 1000000),
  good integer not null default 0 check (good >= 0),
  damaged integer not null default 0 check (damaged >= 0),
  -- Counted by the client himself, not yet by the house.
  unverified integer not null default 0 check (unverified >= 0),
  -- No longer waited for.
  closed integer not null default 0 check (closed between 0 and quantity),
  -- Still to come. What came beyond the quantity is good + damaged + unverified + closed - quantity, where that is above 0.
  remaining integer not null generated always as (greatest(quantity - good - damaged - unverified - closed, 0)) stored,
  primary key (account_id, id),
  unique (account_id, transfer_id, product_id),
  constraint lines_of_transfer unique (account_id, id, transfer_id),
  foreign key (account_id, transfer_id, owner_party_id, warehouse_id, origin)
    references transfers.transfers (account_id, id, owner_party_id, warehouse_id, origin),
  foreign key (account_id, product_id, owner_party_id) references catalog.products (account_id, id, owner_party_id)
);
create index lines_by_product on transfers.lines (account_id, product_id, transfer_id);

create table transfers.receipts (
  account_id uuid not null references access.accounts,
  id uuid not null,
  transfer_id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  kind text collate "C" not null check (kind in ('received', 'verified')),
  side text collate "C" not null check (side in ('client', 'host')),
  actor text not null,
  reason text not null default '' check (length(reason) <= 500),
  at timestamptz not null default app.now(),
  primary key (account_id, id),
  constraint receipts_of_transfer unique (account_id, id, transfer_id),
  foreign key (account_id, transfer_id, owner_party_id, warehouse_id, origin)
    references transfers.transfers (account_id, id, owner_party_id, warehouse_id, origin)
);
create index receipts_by_transfer on transfers.receipts (account_id, transfer_id, at);

create table transfers.receipt_lines (
  account_id uuid not null references access.accounts,
  receipt_id uuid not null,
  line_id uuid not null,
  transfer_id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  good integer not null check (good >= 0),
  damaged integer not null check (damaged >= 0),
  reason text not null default '' check (length(reason) <= 500),
  primary key (account_id, receipt_id, line_id),
  foreign key (account_id, receipt_id, transfer_id) references transfers.receipts (account_id, id, transfer_id),
  foreign key (account_id, line_id, transfer_id) references transfers.lines (account_id, id, transfer_id)
);
create index receipt_lines_by_transfer on transfers.receipt_lines (account_id, transfer_id);

create table transfers.timeline (
  account_id uuid not null references access.accounts,
  id uuid not null,
  transfer_id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  kind text collate "C" not null,
  side text collate "C" not null check (side in ('client', 'host')),
  actor text not null,
  at timestamptz not null default app.now(),
  data jsonb not null default '{}',
  primary key (account_id, id),
  foreign key (account_id, transfer_id, owner_party_id, warehouse_id, origin)
    references transfers.transfers (account_id, id, owner_party_id, warehouse_id, origin)
);
create index timeline_by_transfer on transfers.timeline (account_id, transfer_id, at);

create table transfers.comments (
  account_id uuid not null references access.accounts,
  id uuid not null,
  transfer_id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  side text collate "C" not null check (side in ('client', 'host')),
  actor text not null,
  text text not null check (length(text) between 1 and 2000),
  at timestamptz not null default app.now(),
  primary key (account_id, id),
  foreign key (account_id, transfer_id, owner_party_id, warehouse_id, origin)
    references transfers.transfers (account_id, id, owner_party_id, warehouse_id, origin)
);
create index comments_by_transfer on transfers.comments (account_id, transfer_id, at);

-- Pictures of what arrived. The id is the name of the file on disk.
create table transfers.photos (
  account_id uuid not null references access.accounts,
  id uuid not null,
  transfer_id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  media_type text collate "C" not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
  bytes integer not null check (bytes > 0),
  sha256 text collate "C" not null,
  side text collate "C" not null check (side in ('client', 'host')),
  actor text not null,
  at timestamptz not null default app.now(),
  primary key (account_id, id),
  foreign key (account_id, transfer_id, owner_party_id, warehouse_id, origin)
    references transfers.transfers (account_id, id, owner_party_id, warehouse_id, origin)
);
create index photos_by_transfer on transfers.photos (account_id, transfer_id, at);

-- Each side confirms what was counted otherwise than declared, once nothing more can change.
create table transfers.confirmations (
  account_id uuid not null references access.accounts,
  transfer_id uuid not null,
  side text collate "C" not null check (side in ('client', 'host')),
  id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  actor text not null,
  at timestamptz not null default app.now(),
  primary key (account_id, transfer_id, side),
  foreign key (account_id, transfer_id, owner_party_id, warehouse_id, origin)
    references transfers.transfers (account_id, id, owner_party_id, warehouse_id, origin)
);

-- What the people of the house are called who did something of the above (its id): for the house alone. A client reads the
-- name of the company.
create table transfers.host_names (
  account_id uuid not null references access.accounts,
  id uuid not null,
  transfer_id uuid not null,
  owner_party_id uuid not null,
  warehouse_id uuid not null,
  origin text collate "C" not null,
  name text not null,
  primary key (account_id, id),
  foreign key (account_id, transfer_id, owner_party_id, warehouse_id, origin)
    references transfers.transfers (account_id, id, owner_party_id, warehouse_id, origin)
);
create index host_names_by_transfer on transfers.host_names (account_id, transfer_id);
