-- Transfers are numbered by whose goods they bring: a gap in one's own numbers would tell how busy another client is.
alter table transfers.numbers add column owner_party_id uuid;
update transfers.numbers n set owner_party_id = p.id from access.parties p where p.account_id = n.account_id and p.kind = 'self';
alter table transfers.numbers drop constraint numbers_pkey, add primary key (account_id, owner_party_id);
alter table transfers.transfers drop constraint transfers_account_id_number_key, add unique (account_id, owner_party_id, number);
insert into transfers.numbers (account_id, owner_party_id, last)
select account_id, owner_party_id, max(substr(number, 3)::integer) from transfers.transfers where number ~ '^T-\d{1,9}$'
 group by account_id, owner_party_id
on conflict (account_id, owner_party_id) do update set last = greatest(numbers.last, excluded.last);
