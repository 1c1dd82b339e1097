-- An entry carries the slice it belongs to, as every reference does: the order and the store it is about, and the company of who
-- did it. Neither changes afterwards, so a policy reads it from the entry itself. Entries written before have none of these, and are
-- for who reads the whole record.
alter table access.audit
  add column order_id uuid,
  add column store_id uuid,
  add column party_id uuid;

create index audit_by_member on access.audit (account_id, member_id, at desc, id desc);
create index audit_by_order on access.audit (account_id, order_id, at desc, id desc) where order_id is not null;
create index audit_by_action on access.audit (account_id, action, at desc, id desc);
drop index access.audit_by_subject;
create index audit_by_subject on access.audit (account_id, subject_id, at desc, id desc);
