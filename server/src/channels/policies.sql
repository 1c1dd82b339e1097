-- stores has no store_id of its own: its id is the store.
create policy "staff select by orders:read" on channels.stores for select to crossdock_staff
  using ((select app.may_everywhere('orders:read')) or id = any ((select app.stores_where_may('orders:read'))::uuid[])
         or id = any ((select app.reach('store', 'orders:read'))::uuid[]));
create policy "client select by orders:read" on channels.stores for select to crossdock_client
  using (id = any ((select app.stores_where_may('orders:read'))::uuid[]));
grant select on channels.stores to crossdock_staff;
grant select (account_id, id, channel, name, currency) on channels.stores to crossdock_client;

create policy "staff insert by stores:edit" on channels.stores for insert to crossdock_staff
  with check ((select app.may_everywhere('stores:edit')));
create policy "staff update by stores:edit" on channels.stores for update to crossdock_staff
  using ((select app.may_everywhere('stores:edit')) or id = any ((select app.stores_where_may('stores:edit'))::uuid[]));
grant insert, update on channels.stores to crossdock_staff;
call app.allow('staff', 'channels.listings', 'select', 'products:read', 'store');
call app.allow('staff', 'channels.listings', 'insert,update', 'products:edit', 'store');
