-- Fulfillment orders: the house by permission and store; a supplier his own, by the columns that are his to see.
-- State and timestamps are written by fulfillment.settle alone, shipments by fulfillment.ship.

call app.allow('staff', 'fulfillment.fulfillment_orders', 'select', 'fulfillment:read', 'store');
call app.allow('staff', 'fulfillment.fulfillment_orders', 'insert', 'fulfillment:assign', 'store');
call app.allow('staff', 'fulfillment.fulfillment_orders', 'insert', 'fulfillment:ship', 'store');
call app.allow('staff', 'fulfillment.recipients', 'select', 'orders:recipient', 'store');
call app.allow('staff', 'fulfillment.lines', 'select', 'fulfillment:read', 'store');
call app.allow('staff', 'fulfillment.lines', 'insert,update', 'fulfillment:assign', 'store');
call app.allow('staff', 'fulfillment.lines', 'insert,update', 'fulfillment:ship', 'store');
call app.allow('staff', 'fulfillment.lines', 'update', 'fulfillment:answer', 'store');
call app.allow('staff', 'fulfillment.shipments', 'select', 'fulfillment:read', 'store');
call app.allow('staff', 'fulfillment.parcels', 'select', 'fulfillment:read', 'store');
call app.allow('staff', 'fulfillment.parcel_lines', 'select', 'fulfillment:read', 'store');

-- What carriers charge: for who may read it; entered by who also marks as shipped.
call app.allow('staff', 'fulfillment.shipment_costs', 'select', 'shipping-costs:read', 'store'); -- written by fulfillment.set_costs alone
-- Averages of the account for who sees all of it; for another, those of his stores alone.
call app.allow('staff', 'fulfillment.averages', 'select', 'shipping-costs:averages', 'store');

call app.allow('supplier', 'fulfillment.fulfillment_orders', 'select', 'queue:read', 'party',
  'account_id, id, number, supplier_id, merchant_name, kind, state, on_hold, assignee_member_id, assignee_name, placed_on, service, ship_by, deliver_by, '
  'region, postcode, country, accepted_at, shipped_at, changed_at, changed, is_sample, version');
create policy "not what was taken back" on fulfillment.fulfillment_orders as restrictive to crossdock_supplier using (state <> 'unassigned');
call app.allow('supplier', 'fulfillment.recipients', 'select', 'queue:read', 'party',
  'account_id, fulfillment_order_id, supplier_id, name, company, line1, line2, line3, city, buyer_note, gift_text, faded_at');
call app.allow('supplier', 'fulfillment.lines', 'select', 'queue:read', 'party',
  'account_id, id, fulfillment_order_id, supplier_id, position, sku, name, quantity, accepted, rejected, cancelled, shipped, reject_reason');
call app.allow('supplier', 'fulfillment.lines', 'update', 'queue:answer', 'party', 'accepted, rejected, reject_reason');
call app.allow('supplier', 'fulfillment.shipments', 'select', 'queue:read', 'party',
  'account_id, id, supplier_id, state, carrier, service, shipped_on, created_by, version, created_at');
call app.allow('supplier', 'fulfillment.parcels', 'select', 'queue:read', 'party', 'account_id, id, shipment_id, supplier_id, tracking_number');
call app.allow('supplier', 'fulfillment.parcel_lines', 'select', 'queue:read', 'party', 'account_id, parcel_id, line_id, supplier_id, quantity');
call app.allow('supplier', 'fulfillment.search_words', 'select', 'queue:read', 'party');

grant execute on function fulfillment.assignees, fulfillment.set_assignee, fulfillment.lock, fulfillment.record, fulfillment.settle, fulfillment.ship, fulfillment.ship_what_is_there, fulfillment.raise_rejected, fulfillment.add_tracking_words
  to crossdock_staff, crossdock_supplier;
grant execute on function fulfillment.units_of to crossdock_staff, crossdock_client; -- of whose answer a client gets nothing
grant execute on function fulfillment.lock_orders, fulfillment.open_parts, fulfillment.snapshot, fulfillment.set_words, fulfillment.unassign, fulfillment.follow_cancelled, fulfillment.mark_changed, fulfillment.set_costs, fulfillment.take_in_shipped
  to crossdock_staff;
grant execute on function fulfillment.months_to_keep, fulfillment.keep_averages to crossdock_worker;
