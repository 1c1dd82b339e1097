-- A key stays within the rights of whoever made it: of one made on the command line that is the operator, and nobody.
alter table access.members
  add column maker_id uuid,
  add foreign key (account_id, maker_id) references access.members (account_id, id),
  add check (maker_id is null or kind = 'key');
