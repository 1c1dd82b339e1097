-- Access: people manage users by permission; everybody knows his own account.

create policy "my account" on access.accounts for select to crossdock_staff, crossdock_client, crossdock_supplier
  using (id = (select app.account_id()));
grant select (id, name, currency, timezone, owner_id) on access.accounts to crossdock_staff, crossdock_supplier;
-- Clients know it by the name of its portal.
grant select (id, currency, timezone, owner_id) on access.accounts to crossdock_client;
grant execute on function access.account_name to crossdock_staff, crossdock_client, crossdock_supplier;

create policy "staff select by suppliers:read" on access.parties for select to crossdock_staff
  using (kind <> 'client' and ((select app.may_unconfined('suppliers:read')) or id = any ((select app.reach('party', 'suppliers:read'))::uuid[])));
call app.allow('staff', 'access.parties', 'select', 'clients:read', 'client');
create policy "staff insert by suppliers:edit" on access.parties for insert to crossdock_staff
  with check (kind = 'supplier' and (select app.may('suppliers:edit')));
-- Whoever is narrowed to some clients makes no others.
create policy "staff insert by portal-users:manage" on access.parties for insert to crossdock_staff
  with check (kind = 'client' and (select app.may_everywhere('portal-users:manage')));
create policy "staff update by suppliers:edit" on access.parties for update to crossdock_staff
  using (kind = 'supplier' and (select app.may('suppliers:edit'))) with check (kind = 'supplier' and (select app.may('suppliers:edit')));
call app.allow('staff', 'access.parties', 'update', 'portal-users:manage', 'client', 'name, email, locale, archived_at, version');
grant insert on access.parties to crossdock_staff;
create policy "the account's own party" on access.parties for select to crossdock_staff using (kind = 'self');
create policy "my party" on access.parties for select to crossdock_client, crossdock_supplier using (id = (select app.party_id()));
grant select (account_id, id, kind, name) on access.parties to crossdock_client, crossdock_supplier;

create policy "my role" on access.roles for select to crossdock_staff, crossdock_client, crossdock_supplier using (
  exists (select from access.members m where m.account_id = roles.account_id and m.role_id = roles.id and m.id = (select app.member_id())));
grant select (account_id, id, slug, name, description, built_in, based_on, permissions) on access.roles to crossdock_client, crossdock_supplier;
call app.allow('staff', 'access.roles', 'select', 'users:read', 'account');
create policy "roles of clients by portal-users:manage" on access.roles for select to crossdock_staff
  using (audience = 'client' and (select app.may('portal-users:manage')));
grant execute on function access.add_role, access.change_role, access.archive_role to crossdock_staff;

call app.allow('staff', 'access.ownership_offers', 'select', 'users:read', 'account');
grant execute on function access.offer_ownership, access.accept_ownership, access.withdraw_ownership to crossdock_staff;

create policy "myself" on access.members for select to crossdock_staff, crossdock_client, crossdock_supplier
  using (id = (select app.member_id()));
grant select (account_id, id, user_id, name, email, role_id, party_id, audience, kind) on access.members to crossdock_client, crossdock_supplier;
call app.allow('staff', 'access.members', 'select', 'users:read', 'account');
create policy "a preview is nobody's to see" on access.members as restrictive for select to crossdock_staff
  using (kind <> 'preview' or id = (select app.member_id()));
call app.allow('staff', 'access.members', 'update', 'users:manage', 'account', 'name, role_id, valid_from, valid_until, deactivated_at, all_stores, all_warehouses, all_clients, all_suppliers, own_only, hours, batch, version');
-- The people of the clients whom somebody looks after; what each may see is written by portal.set_user_scope.
call app.allow('staff', 'access.members', 'select', 'portal-users:manage', 'client');
call app.allow('staff', 'access.members', 'update', 'portal-users:manage', 'client', 'role_id, deactivated_at, version');
call app.allow('staff', 'access.member_stores', 'select', 'users:read', 'account');
call app.allow('staff', 'access.member_stores', 'insert,delete', 'users:manage', 'account');
call app.allow('staff', 'access.member_warehouses', 'select', 'users:read', 'account');
call app.allow('staff', 'access.member_warehouses', 'insert,delete', 'users:manage', 'account');
call app.allow('staff', 'access.member_clients', 'select', 'users:read', 'account');
call app.allow('staff', 'access.member_clients', 'insert,delete', 'users:manage', 'account');
call app.allow('staff', 'access.member_suppliers', 'select', 'users:read', 'account');
call app.allow('staff', 'access.member_suppliers', 'insert,delete', 'users:manage', 'account');
call app.allow('staff', 'access.invitations', 'select', 'users:read', 'account');
call app.allow('staff', 'access.invitations', 'insert,update', 'users:manage', 'account');
call app.allow('staff', 'access.invitations', 'select,insert,update', 'portal-users:manage', 'client');

-- Everybody's writes are recorded, by functions; nobody changes an entry. The sealer numbers and chains what is not yet sealed.
call app.allow('staff', 'access.audit', 'select', 'audit:read', 'account');
call app.allow('staff', 'access.audit_values', 'select', 'audit:read', 'account');
-- Who does not read all of it reads what is on records that he may see; a client or a supplier besides only what his own company did.
create policy "staff select on own records" on access.audit for select to crossdock_staff using (
  subject_kind = any ((select access.kinds_of_history())::text[])
  or (subject_kind = 'supplier' and subject_id = any ((select access.suppliers_of_history())::uuid[]))
  or (order_id is not null and ((select app.may_everywhere('audit:own-records'))
      or store_id = any ((select app.stores_where_may('audit:own-records'))::uuid[])
      or (subject_kind = 'order' and order_id = any ((select app.reach('order', 'audit:own-records'))::uuid[]))
      or (subject_kind = 'fulfillment_order' and subject_id = any ((select app.reach('fulfillment_order', 'audit:own-records'))::uuid[])))));
create policy "client select of own side" on access.audit for select to crossdock_client using (
  subject_kind = 'order' and party_id = (select app.party_where_may('audit:own-records'))
  and store_id = any ((select app.stores_where_may('audit:own-records'))::uuid[]));
create policy "supplier select of own side" on access.audit for select to crossdock_supplier using (
  subject_kind = 'fulfillment_order' and party_id = (select app.party_where_may('audit:own-records')));
create policy "changes of entries one may read" on access.audit_values for select to crossdock_staff, crossdock_client, crossdock_supplier using (
  (select app.may('audit:own-records')) and access.may_read_changes(changes)
  and exists (select from access.audit a where a.account_id = audit_values.account_id and a.id = audit_values.audit_id));
grant select (account_id, id, at, member_id, actor, role, via, action, outcome, subject_kind, subject_id, request_id, fields)
  on access.audit to crossdock_client, crossdock_supplier;
grant select (account_id, audit_id, changes) on access.audit_values to crossdock_client, crossdock_supplier;
grant execute on function access.suppliers_of_history to crossdock_staff;
grant execute on function access.kinds_of_history, access.may_read_changes to crossdock_staff, crossdock_client, crossdock_supplier;
grant execute on function access.record to crossdock_staff, crossdock_client, crossdock_supplier;
grant execute on function access.record_reads to crossdock_worker;
grant execute on function access.record_person to crossdock_identity;
create policy "sealer reads" on access.audit for select to crossdock_worker using (true);
create policy "sealer seals once" on access.audit for update to crossdock_worker using (seq is null) with check (seq is not null);
call app.allow('staff', 'access.audit_heads', 'select', 'audit:read', 'account', 'account_id, seq, hash, at, key');
create policy sealer on access.audit_heads to crossdock_worker using (true) with check (true);
grant select, update (seq, hash) on access.audit to crossdock_worker;
grant select, insert, update on access.audit_heads to crossdock_worker;

-- The identity login has its own schema whole, and the doors below.
create policy identity on identity.users to crossdock_identity using (true) with check (true);
create policy identity on identity.sessions to crossdock_identity using (true) with check (true);
create policy identity on identity.one_time_tokens to crossdock_identity using (true) with check (true);
create policy identity on identity.attempts to crossdock_identity using (true) with check (true);
create policy identity on identity.devices to crossdock_identity using (true) with check (true);
create policy identity on identity.totp to crossdock_identity using (true) with check (true);
create policy identity on identity.recovery_codes to crossdock_identity using (true) with check (true);
create policy identity on identity.passkeys to crossdock_identity using (true) with check (true);
create policy identity on identity.challenges to crossdock_identity using (true) with check (true);
create policy identity on identity.email_changes to crossdock_identity using (true) with check (true);
create policy identity on identity.notices to crossdock_identity using (true) with check (true);
grant select, insert, update on identity.users, identity.email_changes to crossdock_identity;
grant select, insert, update, delete on identity.sessions, identity.devices, identity.totp, identity.recovery_codes, identity.passkeys
  to crossdock_identity;
grant select, insert, delete on identity.challenges to crossdock_identity;
grant select on identity.notices to crossdock_identity;
grant select, insert, update on identity.one_time_tokens to crossdock_identity;
grant select, insert, delete on identity.attempts to crossdock_identity;
grant execute on function access.create_account, access.places_of, access.invitation_by_token, access.accept_invitation,
  access.sessions_of, access.end_sessions_of, access.person_behind, access.tell_person, access.follow_email
  to crossdock_identity;
grant execute on function access.mint_invitation_token to crossdock_worker, crossdock_staff;
grant execute on function access.invitation_for_mail, access.mint_person_token, access.notice_for_mail, access.sweep to crossdock_worker;
grant execute on function access.set_scope, access.listed, access.named, access.with_names, access.plain_scope, access.scope_of, access.narrow_keys, access.my_scope, access.preview_grant to crossdock_staff;
grant execute on function access.end_sessions, access.void_invitation_links, access.end_factors, access.tell_answered, access.mails_lately to crossdock_staff;
grant execute on function app.by_key, access.make_key, access.list_keys, access.change_key, access.renew_key, access.revoke_key to crossdock_staff;
grant execute on function access.keep_preferences, access.my_preferences, access.end_my_session to crossdock_staff, crossdock_client, crossdock_supplier;

-- Looking as somebody, and the state of people.
grant execute on function access.add_preview, access.start_view, access.end_view to crossdock_staff;
grant execute on function access.tell_of_grant, access.send_reset to crossdock_staff;
grant execute on function access.second_factors, app.within_hours to crossdock_staff;
grant execute on function access.touch_sessions to crossdock_identity;

grant execute on function access.my_scope to crossdock_client, crossdock_supplier;

-- Everybody asks for access and sees what he asked; who manages users answers.
create policy "my requests" on access.requests for select to crossdock_staff, crossdock_client, crossdock_supplier
  using (member_id = (select app.member_id()));
create policy "I ask" on access.requests for insert to crossdock_staff, crossdock_client, crossdock_supplier
  with check (member_id = (select app.member_id()));
grant select (account_id, id, member_id, permission, page, note, state, answer, answered_at, created_at),
  insert (account_id, id, member_id, permission, page, note) on access.requests to crossdock_staff, crossdock_client, crossdock_supplier;
call app.allow('staff', 'access.requests', 'select', 'users:manage', 'account');
call app.allow('staff', 'access.requests', 'update', 'users:manage', 'account', 'state, answer, answered_by, answered_at');

-- Providers of sign-in: their secrets are written and never read by anybody of the account.
call app.allow('staff', 'access.identity_providers', 'select', 'sign-in:manage', 'account', 'account_id, id, name, issuer, client_id, scopes, domains, group_claim, group_roles, default_role_id, required, disabled_at, version, created_at');
call app.allow('staff', 'access.identity_providers', 'insert,update', 'sign-in:manage', 'account');
create policy identity on identity.external_identities to crossdock_identity using (true) with check (true);
grant select, delete on identity.external_identities to crossdock_identity;
grant execute on function access.provider_of, access.providers_offered, access.must_use_provider, access.enter_by_provider to crossdock_identity;
grant execute on function access.my_places to crossdock_staff, crossdock_client, crossdock_supplier;
