-- The customer portal. What was agreed with a client is the house's to change; the client reads his own.
grant execute on function portal.at to crossdock_identity;
grant execute on function portal.address_of, portal.face_of to crossdock_identity, crossdock_worker;
grant execute on function portal.address_of_invitation to crossdock_staff, crossdock_worker;
