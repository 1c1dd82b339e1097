-- The customer portal. What was agreed with a client is the house's to change; the client reads his own.
grant execute on function portal.at to crossdock_identity;
grant execute on function portal.address_of, portal.face_of to crossdock_identity, crossdock_worker;
grant execute on function portal.address_of_invitation to crossdock_staff, crossdock_worker;
call app.allow('staff', 'portal.clients', 'select', 'clients:read', 'client');
call app.allow('staff', 'portal.clients', 'update', 'portal-users:manage', 'client', 'strict_warehouses, may_ask, receipts_unverified, version');
create policy "my client" on portal.clients for select to crossdock_client using (client_id = (select app.party_id()));
grant select (account_id, client_id, strict_warehouses, may_ask, receipts_unverified) on portal.clients to crossdock_client;

-- A client asks for colleagues in his own name; who looks after that client answers.
create policy "client select by portal-users:ask" on portal.user_requests for select to crossdock_client
  using (client_id = (select app.party_where_may('portal-users:ask')));
create policy "client insert by portal-users:ask" on portal.user_requests for insert to crossdock_client
  with check (client_id = (select app.party_where_may('portal-users:ask')) and member_id = (select app.member_id())
              and asked_by = (select app.actor_name()));
grant select, insert (account_id, id, client_id, member_id, asked_by, email, name, role, stores, warehouses) on portal.user_requests to crossdock_client;
call app.allow('staff', 'portal.user_requests', 'select', 'portal-users:manage', 'client');
call app.allow('staff', 'portal.user_requests', 'update', 'portal-users:manage', 'client', 'state, answer, answered_by, answered_at, invitation_id, version');

-- Whoever looks after clients knows by name what he can give their people, whatever else he reads.
create policy "staff select by portal-users:manage" on channels.stores for select to crossdock_staff
  using ((select app.may('portal-users:manage')) and id = any ((select portal.stores_to_give())::uuid[]));
create policy "staff select by portal-users:manage" on stock.warehouses for select to crossdock_staff
  using ((select app.may('portal-users:manage')) and ((select app.all_warehouses()) or id = any ((select app.warehouses())::uuid[])));
grant execute on function portal.stores_to_give, portal.count_users, portal.scope_of_user, portal.set_user_scope, portal.assign_store, portal.make_store, portal.end_sessions_of to crossdock_staff;
grant execute on function portal.address_of_notice to crossdock_worker;
grant execute on function portal.letterhead to crossdock_staff, crossdock_client, crossdock_supplier;
grant execute on function portal.of_clients to crossdock_staff, crossdock_supplier;
grant execute on function portal.what_i_have, portal.my_figures, portal.grant_assist, portal.end_assist, portal.my_assists to crossdock_client;
grant execute on function portal.assist_of to crossdock_staff;
grant execute on function portal.month_of_statement, portal.goods_of_statement, portal.orders_of_statement to crossdock_staff, crossdock_client;
grant execute on function portal.image, portal.is_verified to crossdock_identity;
grant execute on function portal.set_address, portal.note_my_check, portal.my_slug, portal.is_used to crossdock_staff;
grant execute on function portal.note_check, portal.domains_to_check to crossdock_worker;
call app.allow('staff', 'portal.portals', 'select', 'portal:manage', 'account');
call app.allow('staff', 'portal.brands', 'select', 'portal:brand', 'account');
call app.allow('staff', 'portal.brands', 'update', 'portal:brand', 'account', 'name, color, sender, locale, welcome, support, footer, version');
call app.allow('staff', 'portal.images', 'select,insert,update,delete', 'portal:brand', 'account');
