-- Stock transfers: the house by owner and warehouse, a client those that are his own, to warehouses granted to him. What is counted
-- and what happened is written by functions alone (functions.sql), which move the stock in the same transaction.

call app.allow('staff', 'transfers.transfers', 'select', 'transfers:read', 'goods');
call app.allow('staff', 'transfers.transfers', 'update', 'transfers:edit', 'goods', 'note, expected_on, version');
-- What a client announced is his word: nobody of the house edits it.
create policy "only the house's own, until they leave" on transfers.transfers as restrictive for update to crossdock_staff
  using (origin <> 'client' and state in ('draft', 'to_ship')) with check (origin <> 'client' and state in ('draft', 'to_ship'));
call app.allow('staff', 'transfers.lines', 'select', 'transfers:read', 'goods');
call app.allow('staff', 'transfers.receipts', 'select', 'transfers:read', 'goods');
call app.allow('staff', 'transfers.receipt_lines', 'select', 'transfers:read', 'goods');
call app.allow('staff', 'transfers.timeline', 'select', 'transfers:read', 'goods');
call app.allow('staff', 'transfers.comments', 'select', 'transfers:read', 'goods');
call app.allow('staff', 'transfers.photos', 'select', 'transfers:read', 'goods');
call app.allow('staff', 'transfers.confirmations', 'select', 'transfers:read', 'goods');
call app.allow('staff', 'transfers.host_names', 'select', 'transfers:read', 'goods');

create policy "from suppliers of his" on transfers.transfers as restrictive for select to crossdock_staff
  using (supplier_id is null or not (select app.confined()) or supplier_id = any ((select app.reach('party', 'transfers:read'))::uuid[]));
create policy "from suppliers of his, to edit" on transfers.transfers as restrictive for update to crossdock_staff
  using (supplier_id is null or not (select app.confined()) or supplier_id = any ((select app.reach('party', 'transfers:edit'))::uuid[]));

-- Who looks after the warehouse that goods leave sees their transfer too, with all that hangs on it.
create policy "staff who send it" on transfers.transfers for select to crossdock_staff
  using (((select app.may_of_all_owners('transfers:read')) or owner_party_id = any ((select app.owners_where_may('transfers:read'))::uuid[]))
         and from_warehouse_id = any ((select app.warehouses())::uuid[]));
create policy "staff who send it" on transfers.lines for select to crossdock_staff
  using (transfer_id = any ((select app.transfers_where_may('transfers:read'))::uuid[]));
create policy "staff who send it" on transfers.receipts for select to crossdock_staff
  using (transfer_id = any ((select app.transfers_where_may('transfers:read'))::uuid[]));
create policy "staff who send it" on transfers.receipt_lines for select to crossdock_staff
  using (transfer_id = any ((select app.transfers_where_may('transfers:read'))::uuid[]));
create policy "staff who send it" on transfers.timeline for select to crossdock_staff
  using (transfer_id = any ((select app.transfers_where_may('transfers:read'))::uuid[]));
create policy "staff who send it" on transfers.comments for select to crossdock_staff
  using (transfer_id = any ((select app.transfers_where_may('transfers:read'))::uuid[]));
create policy "staff who send it" on transfers.photos for select to crossdock_staff
  using (transfer_id = any ((select app.transfers_where_may('transfers:read'))::uuid[]));
create policy "staff who send it" on transfers.confirmations for select to crossdock_staff
  using (transfer_id = any ((select app.transfers_where_may('transfers:read'))::uuid[]));
create policy "staff who send it" on transfers.host_names for select to crossdock_staff
  using (transfer_id = any ((select app.transfers_where_may('transfers:read'))::uuid[]));

call app.allow('client', 'transfers.transfers', 'select', 'transfers:read', 'goods',
  'account_id, id, number, origin, owner_party_id, warehouse_id, from_warehouse_id, from_name, warehouse_name, state, unannounced, carrier, tracking, cartons, expected_on, note, '
  'reason, created_by, created_at, shipped_at, delivered_at, received_at, closed_at, cancelled_at, version');
call app.allow('client', 'transfers.lines', 'select', 'transfers:read', 'goods');
call app.allow('client', 'transfers.receipts', 'select', 'transfers:read', 'goods');
call app.allow('client', 'transfers.receipt_lines', 'select', 'transfers:read', 'goods');
call app.allow('client', 'transfers.timeline', 'select', 'transfers:read', 'goods');
call app.allow('client', 'transfers.comments', 'select', 'transfers:read', 'goods');
call app.allow('client', 'transfers.photos', 'select', 'transfers:read', 'goods');
call app.allow('client', 'transfers.confirmations', 'select', 'transfers:read', 'goods');
-- How the house moves a client's goods between its warehouses is its own matter.
create policy "announced by him" on transfers.transfers as restrictive to crossdock_client using (origin = 'client');
create policy "announced by him" on transfers.lines as restrictive to crossdock_client using (origin = 'client');
create policy "announced by him" on transfers.receipts as restrictive to crossdock_client using (origin = 'client');
create policy "announced by him" on transfers.receipt_lines as restrictive to crossdock_client using (origin = 'client');
create policy "announced by him" on transfers.timeline as restrictive to crossdock_client using (origin = 'client');
create policy "announced by him" on transfers.comments as restrictive to crossdock_client using (origin = 'client');
create policy "announced by him" on transfers.photos as restrictive to crossdock_client using (origin = 'client');
create policy "announced by him" on transfers.confirmations as restrictive to crossdock_client using (origin = 'client');
-- A client's queries may name this table and find nothing in it.
grant select on transfers.host_names to crossdock_client;

grant execute on function transfers.destinations, transfers.owners, transfers.goods, transfers.add_transfer, transfers.lacking, transfers.ship, transfers.deliver, transfers.receive,
  transfers.cancel, transfers.comment, transfers.add_photo, transfers.confirm, transfers.barcodes, transfers.destination to crossdock_staff, crossdock_client;
grant execute on function app.transfers_where_may to crossdock_staff;
grant execute on function transfers.announce, transfers.replace_lines, transfers.arrive, transfers.verify, transfers.close_short, transfers.portal_users to crossdock_staff;

-- The worker removes files that no row keeps.
create policy "worker knows the files" on transfers.photos for select to crossdock_worker using (true);
grant select (id) on transfers.photos to crossdock_worker;
