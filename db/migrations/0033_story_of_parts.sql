-- What is told of one part of an order says which, so that who reaches some parts only reads no story of the others: it names
-- their fulfillers and their people. An issue leaves the name away altogether: the part has it.
alter table orders.timeline add column fulfillment_order_id uuid;
update orders.timeline t set fulfillment_order_id = f.id
  from fulfillment.fulfillment_orders f
 where f.account_id = t.account_id and f.order_id = t.order_id and f.number = t.data ->> 'fulfillmentOrder'
   and f.fulfiller_name = t.data ->> 'fulfiller';
update orders.issues set detail = detail - 'fulfiller' where kind = 'rejected' and detail ? 'fulfiller';
