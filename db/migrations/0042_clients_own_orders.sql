-- What the client of a store says of its orders himself: his tags and holds, comments, requests. `side` says whose it is.

alter table orders.order_tags add column side text not null default 'host' check (side in ('host', 'client'));
-- Both sides may use the same word: what one of them has tells the other nothing.
alter table orders.order_tags drop constraint order_tags_pkey, add primary key (account_id, order_id, side, tag);

alter table orders.comments add column side text not null default 'host' check (side in ('host', 'client')),
  add check (side = 'host' or visibility = 'client');

alter table orders.timeline add column side text not null default 'host' check (side in ('host', 'client'));

-- Who asks: `side` of a value says already whether it is old or wanted.
alter table orders.change_requests add column origin text not null default 'host' check (origin in ('host', 'client'));
alter table orders.change_values add column origin text not null default 'host' check (origin in ('host', 'client'));
alter table orders.change_requests drop constraint change_requests_kind_check;
alter table orders.change_requests add constraint change_requests_kind_check check (kind in ('edit', 'hold', 'cancel', 'return'));
drop index orders.change_requests_once;
create unique index change_requests_once on orders.change_requests (account_id, order_id, kind, origin) where state = 'open' and kind <> 'edit';

-- Up to when somebody has read what the other side wrote.
create table orders.comment_reads (
  account_id uuid not null,
  member_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  read_at timestamptz not null,
  primary key (account_id, member_id, order_id),
  foreign key (account_id, order_id, store_id) references orders.orders (account_id, id, store_id),
  foreign key (account_id, member_id) references access.members
);
create index comment_reads_by_order on orders.comment_reads (account_id, order_id);
create index comments_shared on orders.comments (account_id, order_id, created_at) where visibility = 'client';
