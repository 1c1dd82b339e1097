-- The person who has a fulfillment order: his name stands beside it, as the fulfiller's does, so that whoever may see the
-- fulfillment order reads it without seeing users.
alter table fulfillment.fulfillment_orders
  add column assignee_name text not null default '',
  add foreign key (account_id, assignee_member_id) references access.members (account_id, id),
  add check (assignee_member_id is not null or assignee_name = '');
create index fulfillment_orders_by_assignee on fulfillment.fulfillment_orders (account_id, assignee_member_id)
  where assignee_member_id is not null;
