-- A supplier has no grant on orders; what his work means for the order is written here, with the owner's rights.

-- Tells the story of an order from a fulfillment order the caller may see: his own, or of a store of his.
create or replace function fulfillment.record(fulfillment_order_id uuid, kind text, data jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into orders.timeline (account_id, id, order_id, store_id, kind, actor, via, data)
  select f.account_id, gen_random_uuid(), f.order_id, f.store_id, record.kind,
         app.actor_name() || case when app.audience() = 'supplier' then ' · ' || f.fulfiller_name else '' end, app.via(),
         record.data || jsonb_build_object('fulfillmentOrder', f.number, 'fulfiller', f.fulfiller_name)
    from fulfillment.fulfillment_orders f
   where f.account_id = app.account_id() and f.id = record.fulfillment_order_id
     and (app.audience() = 'staff' or f.supplier_id = app.party_id());
end $$;

-- Lets the order's status follow a fulfillment order the caller may see.
create or replace function fulfillment.refresh_order(fulfillment_order_id uuid) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  order_id uuid;
begin
  select f.order_id into order_id from fulfillment.fulfillment_orders f
   where f.account_id = app.account_id() and f.id = refresh_order.fulfillment_order_id
     and (app.audience() = 'staff' or f.supplier_id = app.party_id());
  if found then
    perform orders.recompute(array[order_id]);
  end if;
end $$;
