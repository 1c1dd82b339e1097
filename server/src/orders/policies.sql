-- Orders: staff by permission and store, a client by the stores granted to him; a supplier has no grant in this schema.
-- Nobody may write a status: the column is granted to no login.

call app.allow('staff', 'orders.orders', 'select', 'orders:read', 'store');
call app.allow('staff', 'orders.orders', 'insert', 'orders:create', 'store',
  'account_id, id, store_id, external_id, number, placed_at, placed_on, placed_precision, payment, country, region, postcode, service, '
  'ship_by, deliver_by, priority, buyer_note, gift_text, line_count, quantity, import_id, is_sample');
call app.allow('staff', 'orders.orders', 'update', 'orders:edit', 'store',
  'country, region, postcode, service, ship_by, deliver_by, priority, buyer_note, gift_text, cancelled_at, payment, version');
call app.allow('staff', 'orders.recipients', 'select', 'orders:recipient', 'store');
call app.allow('staff', 'orders.recipients', 'insert', 'orders:create', 'store');
call app.allow('staff', 'orders.recipients', 'update', 'orders:edit', 'store');
call app.allow('staff', 'orders.contacts', 'select', 'orders:contact', 'store');
call app.allow('staff', 'orders.contacts', 'insert', 'orders:create', 'store');
call app.allow('staff', 'orders.contacts', 'update', 'orders:edit', 'store');
call app.allow('staff', 'orders.order_amounts', 'select', 'orders:amounts', 'store');
call app.allow('staff', 'orders.order_amounts', 'insert', 'orders:create', 'store');
call app.allow('staff', 'orders.lines', 'select', 'orders:read', 'store');
call app.allow('staff', 'orders.lines', 'insert', 'orders:create', 'store');
call app.allow('staff', 'orders.lines', 'update', 'orders:cancel', 'store', 'cancelled_quantity');
call app.allow('staff', 'orders.line_amounts', 'select', 'orders:amounts', 'store');
call app.allow('staff', 'orders.line_amounts', 'insert', 'orders:create', 'store');
call app.allow('staff', 'orders.line_tags', 'select', 'orders:read', 'store');
call app.allow('staff', 'orders.line_tags', 'insert', 'orders:create', 'store');
call app.allow('staff', 'orders.order_tags', 'select', 'orders:read', 'store');
call app.allow('staff', 'orders.order_tags', 'insert,delete', 'orders:tag', 'store');
create policy "tags of clients" on orders.order_tags as restrictive for insert to crossdock_staff
  with check (side = 'host' or (select app.may('orders:tag-portal')));
create policy "the client's tags stay" on orders.order_tags as restrictive for delete to crossdock_staff using (side = 'host');
call app.allow('staff', 'orders.holds', 'select', 'orders:read', 'store');
call app.allow('staff', 'orders.holds', 'insert,update', 'orders:hold', 'store');
create policy "holds of the house" on orders.holds as restrictive for insert to crossdock_staff with check (side = 'host');
create policy "who holds releases" on orders.holds as restrictive for update to crossdock_staff using (side = 'host');
call app.allow('staff', 'orders.issues', 'select', 'orders:read', 'store');
call app.allow('staff', 'orders.issues', 'insert', 'orders:create', 'store');
call app.allow('staff', 'orders.issues', 'insert', 'fulfillment:answer', 'store'); -- a rejection taken by telephone
call app.allow('staff', 'orders.issues', 'insert', 'orders:edit', 'store'); -- an address problem, raised by hand
call app.allow('staff', 'orders.issues', 'update', 'orders:edit', 'store', 'resolved_at, resolved_by');
call app.allow('staff', 'orders.issues', 'update', 'fulfillment:assign', 'store', 'resolved_at, resolved_by'); -- given to somebody else
call app.allow('staff', 'orders.timeline', 'select,insert', 'orders:read', 'store');
-- A story of a part names its fulfiller and his people: who reaches some parts only reads theirs.
create policy "no story of parts of others" on orders.timeline as restrictive for select to crossdock_staff using (
  fulfillment_order_id is null or not (select app.confined())
  or fulfillment_order_id = any ((select app.reach('fulfillment_order', 'orders:read'))::uuid[]));
create policy "own story" on orders.timeline as restrictive for insert to crossdock_staff with check (
  side = 'host' and actor = (select app.actor_name()) and via = (select app.via()) and ((select app.may('orders:create')) or (select app.may('orders:edit'))
  or (select app.may('orders:hold')) or (select app.may('orders:cancel')) or (select app.may('orders:tag')) or (select app.may('orders:comment'))
  or (select app.may('fulfillment:assign')) or (select app.may('orders:propose')) or (select app.may('orders:approve'))));
-- Who may ask sees what is asked for, as far as he may read the fields; what he wants himself he may read in any case.
call app.allow('staff', 'orders.change_requests', 'select', 'orders:propose', 'store');
call app.allow('staff', 'orders.change_requests', 'select', 'orders:approve', 'store');
call app.allow('staff', 'orders.change_requests', 'insert', 'orders:propose', 'store',
  'account_id, id, order_id, store_id, kind, proposal, fields, reason, member_id, asked_by, origin');
call app.allow('staff', 'orders.change_requests', 'update', 'orders:approve', 'store', 'state, answer, answered_by, answered_at, version');
create policy "own requests" on orders.change_requests as restrictive for insert to crossdock_staff, crossdock_client
  with check (member_id = (select app.member_id()) and asked_by = (select app.actor_name()));
create policy "requests of the house" on orders.change_requests as restrictive for insert to crossdock_staff with check (origin = 'host');
call app.allow('staff', 'orders.change_values', 'select,insert', 'orders:propose', 'store');
call app.allow('staff', 'orders.change_values', 'select', 'orders:approve', 'store');
create policy "values one may read" on orders.change_values as restrictive for select to crossdock_staff, crossdock_client using (
  class = 'public' or (class = 'recipient' and (select app.may('orders:recipient'))) or (class = 'contact' and (select app.may('orders:contact')))
  or (class = 'amounts' and (select app.may('orders:amounts'))) or (side = 'wanted' and member_id = (select app.member_id())));
create policy "own wishes" on orders.change_values as restrictive for insert to crossdock_staff, crossdock_client with check (member_id = (select app.member_id()));
create policy "wishes of the house" on orders.change_values as restrictive for insert to crossdock_staff with check (origin = 'host');
call app.allow('staff', 'orders.comments', 'select,insert', 'orders:comment', 'store');
create policy "internal comments" on orders.comments as restrictive to crossdock_staff
  using (visibility <> 'internal' or (select app.may('orders:notes'))) with check (visibility <> 'internal' or (select app.may('orders:notes')));
create policy "own comments" on orders.comments as restrictive for insert to crossdock_staff
  with check (side = 'host' and author_member_id = (select app.member_id()) and author = (select app.actor_name()));
call app.allow('staff', 'orders.search_words', 'select', 'orders:read', 'store');
create policy "words one may read" on orders.search_words as restrictive for select to crossdock_staff, crossdock_client using (
  class = 'public' or (class = 'recipient' and (select app.may('orders:recipient'))) or (class = 'contact' and (select app.may('orders:contact'))));
call app.allow('staff', 'orders.search_words', 'insert', 'orders:create', 'store');
call app.allow('staff', 'orders.search_words', 'insert,delete', 'orders:edit', 'store');
call app.allow('staff', 'orders.search_words', 'insert', 'fulfillment:ship', 'store');
call app.allow('staff', 'orders.counts', 'select', 'orders:read', 'store');
call app.allow('staff', 'orders.count_deltas', 'select', 'orders:read', 'store');
call app.allow('staff', 'orders.export_presets', 'select,insert,update,delete', 'orders:export', 'account');

call app.allow('client', 'orders.orders', 'select', 'orders:read', 'store');
call app.allow('client', 'orders.recipients', 'select', 'orders:recipient', 'store');
call app.allow('client', 'orders.contacts', 'select', 'orders:contact', 'store');
call app.allow('client', 'orders.order_amounts', 'select', 'orders:amounts', 'store');
call app.allow('client', 'orders.lines', 'select', 'orders:read', 'store');
call app.allow('client', 'orders.line_amounts', 'select', 'orders:amounts', 'store');
call app.allow('client', 'orders.search_words', 'select', 'orders:read', 'store');
call app.allow('client', 'orders.counts', 'select', 'orders:read', 'store');
call app.allow('client', 'orders.count_deltas', 'select', 'orders:read', 'store');

-- What a client says of his orders himself is his side's: he sees no tag, hold or request of the house, and writes in his name.
call app.allow('client', 'orders.order_tags', 'select', 'orders:read', 'store');
call app.allow('client', 'orders.order_tags', 'insert,delete', 'orders:tag', 'store', 'account_id, order_id, store_id, tag, side');
create policy "tags of the client" on orders.order_tags as restrictive to crossdock_client using (side = 'client');
call app.allow('client', 'orders.holds', 'select', 'orders:read', 'store');
call app.allow('client', 'orders.holds', 'insert', 'orders:hold', 'store', 'account_id, id, order_id, store_id, side, reason, until, placed_by');
call app.allow('client', 'orders.holds', 'update', 'orders:hold', 'store', 'released_at, released_by');
create policy "holds of the client" on orders.holds as restrictive to crossdock_client using (side = 'client');
create policy "holds in his name" on orders.holds as restrictive for insert to crossdock_client
  with check (placed_by = (select app.actor_name()) and (select orders.client_may_ask()));
call app.allow('client', 'orders.comments', 'insert', 'orders:comment', 'store');
create policy "comments of the client" on orders.comments as restrictive for insert to crossdock_client
  with check (side = 'client' and author_member_id = (select app.member_id()) and author = (select app.actor_name()));
call app.allow('client', 'orders.timeline', 'insert', 'orders:read', 'store', 'account_id, id, order_id, store_id, kind, actor, via, data, side');
create policy "story of the client" on orders.timeline as restrictive for insert to crossdock_client with check (
  side = 'client' and actor = (select app.actor_name()) and via = (select app.via())
  and ((select app.may('orders:tag')) or (select app.may('orders:comment')) or (select app.may('orders:hold'))
       or (select app.may('orders:propose'))));
call app.allow('client', 'orders.change_requests', 'select', 'orders:propose', 'store');
call app.allow('client', 'orders.change_requests', 'insert', 'orders:propose', 'store',
  'account_id, id, order_id, store_id, kind, proposal, fields, reason, member_id, asked_by, origin');
create policy "requests of the client" on orders.change_requests as restrictive to crossdock_client using (origin = 'client');
create policy "requests he may make" on orders.change_requests as restrictive for insert to crossdock_client with check ((select orders.client_may_ask()));
call app.allow('client', 'orders.change_values', 'select,insert', 'orders:propose', 'store');
create policy "wishes of the client" on orders.change_values as restrictive to crossdock_client using (origin = 'client');
-- How far each has read is his own.
call app.allow('staff', 'orders.comment_reads', 'select,insert', 'orders:comment', 'own');
call app.allow('staff', 'orders.comment_reads', 'update', 'orders:comment', 'own', 'read_at');
call app.allow('client', 'orders.comment_reads', 'select,insert', 'orders:comment', 'own');
call app.allow('client', 'orders.comment_reads', 'update', 'orders:comment', 'own', 'read_at');

-- Where the host keeps a client to his warehouses, what is wholly served from elsewhere is not there for him: neither the order nor
-- anything that hangs on it. The sums are of whole stores: he has none, and his own orders are counted.
do $$
declare
  x record;
begin
  for x in select t.name, case t.name when 'orders' then 'id' else 'order_id' end as key
             from unnest(array['orders', 'recipients', 'contacts', 'order_amounts', 'lines', 'line_amounts', 'search_words', 'order_tags', 'holds',
                               'comments', 'timeline', 'change_requests', 'change_values', 'comment_reads']) as t (name)
  loop
    execute format('create policy "served from here" on orders.%I as restrictive to crossdock_client '
                   'using ((select orders.is_lenient()) or orders.is_served_here(%I))', x.name, x.key);
  end loop;
end $$;
create policy "sums of whole stores" on orders.counts as restrictive to crossdock_client using ((select orders.is_lenient()));
create policy "sums of whole stores" on orders.count_deltas as restrictive to crossdock_client using ((select orders.is_lenient()));
create policy "history of what is served from here" on access.audit as restrictive to crossdock_client
  using ((select orders.is_lenient()) or order_id is null or orders.is_served_here(order_id));

grant execute on function orders.release_due_holds, orders.fold_counts to crossdock_worker;
grant execute on function orders.carrier_phone to crossdock_staff, crossdock_client;
grant execute on function orders.change_lines to crossdock_staff;
grant execute on function orders.recompute, orders.note_old_prices, orders.withdraw_request, orders.is_lenient to crossdock_staff, crossdock_client;
grant execute on function orders.is_served_here, orders.client_may_ask to crossdock_client;
grant execute on function orders.shipped_for_client, orders.comments_for_client, orders.unread_for_client, orders.story_for_client, orders.seen_by_client, orders.waiting_for_client,
  orders.shipped_lately_for_client, orders.unread_orders_for_client,
  orders.client_of to crossdock_staff, crossdock_client;
grant execute on function orders.follow_products to crossdock_staff, crossdock_client;
grant execute on function orders.stage_of to crossdock_staff, crossdock_client;
-- Product tags, issues, the timeline and the authors of comments: a client's queries may name these tables and find nothing in them.
grant select on orders.line_tags, orders.issues, orders.timeline, orders.comments to crossdock_client;
