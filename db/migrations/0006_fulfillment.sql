-- The part of an order that one fulfiller, a warehouse or a supplier, is to ship. The supplier's world is a snapshot:
-- his login has no grant on the orders schema at all, he reads what stands here.

create schema fulfillment;

create table fulfillment.fulfillment_orders (
  account_id uuid not null references access.accounts,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  number text collate "C" not null, -- the order's; a fulfiller's own further parts are 10248-2, 10248-3
  fulfiller text not null check (fulfiller in ('warehouse', 'supplier')),
  warehouse_id uuid,
  supplier_id uuid,
  fulfiller_name text not null,
  merchant_name text not null,
  kind text not null default 'original' check (kind in ('original', 'replacement', 'exchange')),
  state text not null check (state in ('open', 'released', 'picking', 'packed',
                                       'offered', 'accepted', 'shipped', 'rejected', 'cancelled', 'unassigned')),
  on_hold boolean not null default false, -- the order is held: nothing may be accepted or shipped
  assignee_member_id uuid,
  placed_on date not null,
  service text not null default '',
  ship_by date,
  deliver_by date,
  country text not null default '',
  region text not null default '',
  postcode text not null default '',
  order_revision integer not null default 1,
  accepted_at timestamptz,
  shipped_at timestamptz,
  is_sample boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default app.now(),
  primary key (account_id, id),
  unique (account_id, order_id, number),
  foreign key (account_id, order_id) references orders.orders,
  foreign key (account_id, warehouse_id) references stock.warehouses,
  foreign key (account_id, supplier_id) references access.parties,
  check ((fulfiller = 'supplier') = (supplier_id is not null)),
  check ((fulfiller = 'warehouse') = (warehouse_id is not null))
);
-- A supplier's queue: what is due first, then what was ordered first.
create index fulfillment_orders_queue on fulfillment.fulfillment_orders
  (account_id, supplier_id, state, (coalesce(ship_by, 'infinity'::date)), placed_on, id);
create index fulfillment_orders_by_number on fulfillment.fulfillment_orders (account_id, number);
create index fulfillment_orders_by_order on fulfillment.fulfillment_orders (account_id, order_id);

-- What stands on the parcel and its slip; country, region and postcode, which are not a person's, stand above.
create table fulfillment.recipients (
  account_id uuid not null,
  fulfillment_order_id uuid not null,
  store_id uuid not null,
  supplier_id uuid,
  name text not null default '',
  company text not null default '',
  line1 text not null default '',
  line2 text not null default '',
  line3 text not null default '',
  city text not null default '',
  buyer_note text not null default '',
  gift_text text not null default '',
  primary key (account_id, fulfillment_order_id),
  foreign key (account_id, fulfillment_order_id) references fulfillment.fulfillment_orders,
  foreign key (account_id, supplier_id) references access.parties
);

create table fulfillment.lines (
  account_id uuid not null,
  id uuid not null,
  fulfillment_order_id uuid not null,
  supplier_id uuid,
  store_id uuid not null,
  order_line_id uuid not null,
  position integer not null,
  sku text collate "C" not null default '',
  name text not null,
  quantity integer not null check (quantity >= 0),
  accepted integer not null default 0 check (accepted >= 0),
  rejected integer not null default 0 check (rejected >= 0),
  cancelled integer not null default 0 check (cancelled >= 0),
  shipped integer not null default 0 check (shipped >= 0),
  reject_reason text not null default '',
  primary key (account_id, id),
  foreign key (account_id, fulfillment_order_id) references fulfillment.fulfillment_orders,
  foreign key (account_id, order_line_id) references orders.lines,
  foreign key (account_id, supplier_id) references access.parties,
  check (accepted + rejected + cancelled <= quantity),
  check (shipped <= accepted)
);
create index lines_by_fulfillment_order on fulfillment.lines (account_id, fulfillment_order_id, position);
create index lines_by_order_line on fulfillment.lines (account_id, order_line_id);

-- What left. A shipment has no order: its lines point to fulfillment order lines.
create table fulfillment.shipments (
  account_id uuid not null,
  id uuid not null,
  store_id uuid not null,
  supplier_id uuid,
  state text not null check (state in ('labelled', 'handed_over', 'in_transit', 'delivered', 'exception', 'voided')),
  carrier text not null default '',
  service text not null default '',
  shipped_on date not null,
  notify_buyer boolean not null default false,
  notify_channel boolean not null default true,
  created_by text not null,
  created_by_member_id uuid not null,
  via text not null,
  version integer not null default 1,
  created_at timestamptz not null default app.now(),
  primary key (account_id, id),
  foreign key (account_id, store_id) references channels.stores,
  foreign key (account_id, supplier_id) references access.parties
);

create table fulfillment.parcels (
  account_id uuid not null,
  id uuid not null,
  shipment_id uuid not null,
  store_id uuid not null,
  supplier_id uuid,
  tracking_number text collate "C" not null default '',
  primary key (account_id, id),
  foreign key (account_id, shipment_id) references fulfillment.shipments
);
create index parcels_by_shipment on fulfillment.parcels (account_id, shipment_id);
create index parcels_by_tracking on fulfillment.parcels (account_id, tracking_number) where tracking_number <> '';

create table fulfillment.parcel_lines (
  account_id uuid not null,
  parcel_id uuid not null,
  line_id uuid not null,
  store_id uuid not null,
  supplier_id uuid,
  quantity integer not null check (quantity > 0),
  primary key (account_id, parcel_id, line_id),
  foreign key (account_id, parcel_id) references fulfillment.parcels,
  foreign key (account_id, line_id) references fulfillment.lines
);
create index parcel_lines_by_line on fulfillment.parcel_lines (account_id, line_id);

-- Suppliers search fulfillment orders only.
create table fulfillment.search_words (
  account_id uuid not null,
  supplier_id uuid not null,
  fulfillment_order_id uuid not null,
  word text collate "C" not null,
  primary key (account_id, supplier_id, word, fulfillment_order_id),
  foreign key (account_id, fulfillment_order_id) references fulfillment.fulfillment_orders
);
create index search_words_by_fulfillment_order on fulfillment.search_words (account_id, fulfillment_order_id);
