-- A row that hangs on another belongs to the same slice: the store of an order stands in every row of it, and the one who
-- imports in every row of his import. Policies look at that column; these references keep it from saying anything else.

alter table orders.orders add constraint orders_in_store unique (account_id, id, store_id);
alter table orders.lines add constraint lines_in_store unique (account_id, id, store_id);
alter table fulfillment.fulfillment_orders add constraint fulfillment_orders_in_store unique (account_id, id, store_id);
alter table fulfillment.lines add constraint lines_in_store unique (account_id, id, store_id);
alter table fulfillment.shipments add constraint shipments_in_store unique (account_id, id, store_id);
alter table fulfillment.parcels add constraint parcels_in_store unique (account_id, id, store_id);
alter table intake.files add constraint files_of_member unique (account_id, id, member_id);
alter table intake.imports add constraint imports_of_member unique (account_id, id, member_id);

do $$
declare
  old record;
begin
  for old in
    select c.conrelid::regclass as child, c.confrelid::regclass as parent, c.conname as name,
           (select a.attname from pg_attribute a where a.attrelid = c.conrelid and a.attnum = c.conkey[2]) as reference,
           case n.nspname when 'intake' then 'member_id' else 'store_id' end as slice
      from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
     where c.contype = 'f' and cardinality(c.conkey) = 2
       and c.confrelid = any (array['orders.orders', 'orders.lines', 'fulfillment.fulfillment_orders', 'fulfillment.lines',
                                    'fulfillment.shipments', 'fulfillment.parcels', 'intake.files', 'intake.imports']::regclass[])
       and exists (select from pg_attribute a where a.attrelid = c.conrelid and not a.attisdropped
                    and a.attname = case n.nspname when 'intake' then 'member_id' else 'store_id' end)
  loop
    execute format('alter table %s drop constraint %I', old.child, old.name);
    execute format('alter table %s add constraint %I foreign key (account_id, %I, %I) references %s (account_id, id, %I)',
                   old.child, old.name, old.reference, old.slice, old.parent, old.slice);
  end loop;
end $$;

-- A supplier's number is the order's; only his own second and third part of it are numbered, so that no number tells of a
-- part that somebody else has.
alter table fulfillment.fulfillment_orders drop constraint fulfillment_orders_account_id_order_id_number_key;
alter table fulfillment.fulfillment_orders add constraint fulfillment_orders_number
  unique nulls not distinct (account_id, order_id, supplier_id, warehouse_id, number);
