-- An edit says on which version it is based, also of what there may be none of: a low level, and the order in which a store asks
-- the warehouses. The first version is that nobody said anything yet.

alter table stock.low_levels alter column level drop not null;

create table stock.store_orders (
  account_id uuid not null references access.accounts,
  store_id uuid not null,
  version integer not null default 1,
  primary key (account_id, store_id),
  foreign key (account_id, store_id) references channels.stores (account_id, id)
);
insert into stock.store_orders (account_id, store_id, version) select distinct account_id, store_id, 2 from stock.store_warehouses;
