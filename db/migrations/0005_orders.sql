-- Orders: facts are stored, the status is computed. What not everybody may read stands in tables of its own.

create schema orders;

create table orders.orders (
  account_id uuid not null references access.accounts,
  id uuid not null,
  store_id uuid not null,
  external_id text collate "C" not null,
  number text collate "C" not null check (length(number) between 1 and 100),
  revision integer not null default 1,
  placed_at timestamptz not null,
  placed_on date not null, -- the day in the account's zone at intake
  placed_precision text not null check (placed_precision in ('day', 'time')),
  payment text not null check (payment in ('unpaid', 'payable', 'paid')),
  status text not null default 'awaiting_shipment' check (status in ('awaiting_payment', 'awaiting_shipment',
    'pending_fulfillment', 'partially_shipped', 'shipped', 'on_hold', 'cancelled')),
  cancelled_at timestamptz,
  country text collate "C" not null default '',
  region text not null default '',
  postcode text collate "C" not null default '',
  service text not null default '',
  ship_by date,
  deliver_by date,
  priority boolean not null default false,
  buyer_note text not null default '',
  gift_text text not null default '',
  line_count integer not null,
  quantity integer not null,
  import_id uuid,
  is_sample boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default app.now(),
  primary key (account_id, id),
  unique (account_id, store_id, external_id),
  foreign key (account_id, store_id) references channels.stores
);
create index orders_newest on orders.orders (account_id, placed_at desc, id desc);
create index orders_by_status on orders.orders (account_id, status, placed_at desc, id desc);
create index orders_by_store on orders.orders (account_id, store_id, placed_at desc, id desc);
create index orders_by_number on orders.orders (account_id, number);

-- Who ordered and who gets the parcel. Country, region and postcode stand on the order: they are not a person's.
create table orders.recipients (
  account_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  buyer_name text not null default '',
  name text not null default '',
  company text not null default '',
  line1 text not null default '',
  line2 text not null default '',
  line3 text not null default '',
  city text not null default '',
  kind text not null default 'home' check (kind in ('home', 'business', 'pickup', 'po_box')),
  primary key (account_id, order_id),
  foreign key (account_id, order_id) references orders.orders
);

create table orders.contacts (
  account_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  email text not null default '',
  phone text not null default '',
  primary key (account_id, order_id),
  foreign key (account_id, order_id) references orders.orders
);

-- What the buyer paid, in minor units of the currency.
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
  primary key (account_id, order_id),
  foreign key (account_id, order_id) references orders.orders
);

create table orders.lines (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  position integer not null,
  product_id uuid,
  sku text collate "C" not null default '',
  name text not null,
  quantity integer not null check (quantity > 0),
  cancelled_quantity integer not null default 0 check (cancelled_quantity between 0 and quantity),
  requires_shipping boolean not null default true,
  primary key (account_id, id),
  unique (account_id, order_id, position),
  foreign key (account_id, order_id) references orders.orders,
  foreign key (account_id, product_id) references catalog.products
);
create index lines_by_product on orders.lines (account_id, product_id) where product_id is not null;
-- A product that comes later finds the lines that wait for its SKU.
create index lines_unmapped on orders.lines (account_id, sku) where product_id is null;

-- Unit price at 10^-6 of the major unit; a discount is a rate or an amount, as given.
create table orders.line_amounts (
  account_id uuid not null,
  line_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  unit_price_micros bigint not null,
  discount_rate numeric(9, 8) check (discount_rate between 0 and 1),
  discount_micros bigint,
  primary key (account_id, line_id),
  foreign key (account_id, line_id) references orders.lines,
  check (discount_rate is null or discount_micros is null)
);
create index line_amounts_by_order on orders.line_amounts (account_id, order_id);

-- Tags of the products on the order's lines, carried here before rules run; recomputed when a product's tags change.
create table orders.line_tags (
  account_id uuid not null,
  order_id uuid not null,
  line_id uuid not null,
  store_id uuid not null,
  tag text collate "C" not null,
  primary key (account_id, line_id, tag),
  foreign key (account_id, line_id) references orders.lines
);
create index line_tags_by_order on orders.line_tags (account_id, order_id);
create index line_tags_by_tag on orders.line_tags (account_id, tag, order_id);

create table orders.order_tags (
  account_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  tag text collate "C" not null check (length(tag) between 1 and 200),
  source text not null default 'manual' check (source in ('manual', 'rule', 'import')),
  primary key (account_id, order_id, tag),
  foreign key (account_id, order_id) references orders.orders
);
create index order_tags_by_tag on orders.order_tags (account_id, tag, order_id);

create table orders.holds (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  side text not null check (side in ('host', 'client', 'supplier', 'warehouse')),
  reason text not null check (length(reason) between 1 and 500),
  until date,
  placed_by text not null,
  placed_at timestamptz not null default app.now(),
  released_by text,
  released_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, order_id) references orders.orders
);
create index holds_by_order on orders.holds (account_id, order_id);
create index holds_due on orders.holds (until) where released_at is null and until is not null;

-- Something a person must look at. Several at once, each with a clear action.
create table orders.issues (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  line_id uuid,
  fulfillment_order_id uuid,
  kind text not null check (kind in ('unmapped_line', 'rejected', 'address', 'late', 'changed_in_shop')),
  detail jsonb not null default '{}',
  opened_at timestamptz not null default app.now(),
  resolved_at timestamptz,
  resolved_by text,
  primary key (account_id, id),
  foreign key (account_id, order_id) references orders.orders
);
create index issues_open on orders.issues (account_id, order_id) where resolved_at is null;

-- Who did what, when: the story of an order. Holds no amounts: everybody who may open the order reads it.
create table orders.timeline (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  at timestamptz not null default app.now(),
  kind text not null,
  actor text not null,
  via text not null check (via in ('hand', 'rule', 'import', 'key')),
  data jsonb not null default '{}',
  primary key (account_id, id),
  foreign key (account_id, order_id) references orders.orders
);
create index timeline_by_order on orders.timeline (account_id, order_id, at, id);

create table orders.comments (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  visibility text not null check (visibility in ('internal', 'client')),
  author_member_id uuid not null,
  author text not null,
  text text not null check (length(text) between 1 and 5000),
  created_at timestamptz not null default app.now(),
  primary key (account_id, id),
  foreign key (account_id, order_id) references orders.orders
);
create index comments_by_order on orders.comments (account_id, order_id, created_at);

-- One row a word and field class; nobody may match what he may not read. A prefix search is a range over word.
create table orders.search_words (
  account_id uuid not null,
  store_id uuid not null,
  order_id uuid not null,
  class text not null check (class in ('public', 'recipient', 'contact')),
  word text collate "C" not null,
  primary key (account_id, word, class, order_id),
  foreign key (account_id, order_id) references orders.orders
);
create index search_words_by_order on orders.search_words (account_id, order_id, class);

-- Saved choices of columns for the CSV export, by name.
create table orders.export_presets (
  account_id uuid not null references access.accounts,
  id uuid not null,
  name text not null check (length(name) between 1 and 80),
  columns jsonb not null,
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index export_presets_by_name on orders.export_presets (account_id, lower(name) collate "C");
