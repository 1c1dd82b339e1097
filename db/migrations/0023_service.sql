-- Asking for what one may not do oneself, address problems, late orders, what carriers charge.

-- A change request (the order is too far for the asker) or a proposal (never his to do). What is wanted stands in
-- change_values, class by class; the names of the fields are nobody's secret.
create table orders.change_requests (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  kind text not null check (kind in ('edit', 'hold', 'cancel')),
  proposal boolean not null,
  fields text[] not null default '{}',
  reason text not null check (length(reason) between 1 and 500),
  member_id uuid not null, -- who asks
  asked_by text not null,
  asked_at timestamptz not null default app.now(),
  state text not null default 'open' check (state in ('open', 'approved', 'refused', 'withdrawn', 'outdated')),
  answer text not null default '' check (length(answer) <= 500),
  answered_by text,
  answered_at timestamptz,
  version integer not null default 1,
  primary key (account_id, id),
  unique (account_id, id, order_id, store_id, member_id),
  foreign key (account_id, order_id, store_id) references orders.orders (account_id, id, store_id),
  foreign key (account_id, member_id) references access.members
);
create index change_requests_by_order on orders.change_requests (account_id, order_id);
create index change_requests_newest on orders.change_requests (account_id, state, asked_at desc, id desc);
create index change_requests_by_member on orders.change_requests (account_id, member_id, asked_at desc);
-- Hold and cancel are wanted once at a time.
create unique index change_requests_once on orders.change_requests (account_id, order_id, kind) where state = 'open' and kind <> 'edit';

create table orders.change_values (
  account_id uuid not null,
  request_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  member_id uuid not null, -- who asks
  field text not null,
  side text not null check (side in ('old', 'wanted')),
  class text not null check (class in ('public', 'recipient', 'contact', 'amounts')),
  value jsonb not null,
  primary key (account_id, request_id, field, side),
  foreign key (account_id, request_id, order_id, store_id, member_id)
    references orders.change_requests (account_id, id, order_id, store_id, member_id)
);
create index change_values_by_order on orders.change_values (account_id, order_id);

-- An address problem is raised by hand, with a reason, once at a time.
create unique index issues_address_once on orders.issues (account_id, order_id) where kind = 'address' and resolved_at is null;
-- Whether an order is late is computed: its day has passed, and it has not left.
create index orders_late on orders.orders (account_id, ship_by) where ship_by is not null and status not in ('shipped', 'cancelled');
create index holds_open on orders.holds (account_id, order_id) where released_at is null;

-- When what a fulfiller already works on was changed, and what: he must not miss it.
alter table fulfillment.fulfillment_orders
  add column changed_at timestamptz,
  add column changed text[] not null default '{}';

-- What the carrier charges for a shipment, in minor units: for the house's eyes alone.
create table fulfillment.shipment_costs (
  account_id uuid not null,
  shipment_id uuid not null,
  store_id uuid not null,
  amount bigint not null check (amount between 0 and 1000000000000),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  entered_by text not null,
  entered_at timestamptz not null default app.now(),
  version integer not null default 1,
  primary key (account_id, shipment_id),
  foreign key (account_id, shipment_id, store_id) references fulfillment.shipments (account_id, id, store_id)
);

-- Averages of whole calendar months, kept once they are final: what comes later changes none, so that two looks at one tell
-- nothing of a single order. No number of orders is kept with them, and no group of fewer than ten is among them.
create table fulfillment.averages (
  account_id uuid not null references access.accounts,
  month date not null, -- its first day
  measure text not null check (measure in ('cost', 'handling')),
  currency text not null default '',
  dimension text not null check (dimension in ('overall', 'channel', 'store', 'carrier', 'service')),
  key text not null default '',
  store_id uuid,
  value numeric not null, -- cost: minor units; handling: days
  kept_at timestamptz not null default app.now(),
  primary key (account_id, month, measure, currency, dimension, key),
  foreign key (account_id, store_id) references channels.stores
);
create index shipments_by_day on fulfillment.shipments (account_id, shipped_on);
