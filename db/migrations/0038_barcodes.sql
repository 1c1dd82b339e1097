-- A product has several codes to be scanned by: of one each, of an inner pack, of a carton, with how many eaches that is.
create table catalog.product_barcodes (
  account_id uuid not null references access.accounts,
  owner_party_id uuid not null,
  code text collate "C" not null check (length(code) between 1 and 100 and code = btrim(code)),
  product_id uuid not null,
  quantity integer not null default 1 check (quantity between 1 and 1000000),
  primary key (account_id, owner_party_id, code),
  foreign key (account_id, product_id, owner_party_id) references catalog.products (account_id, id, owner_party_id)
);
create index product_barcodes_by_product on catalog.product_barcodes (account_id, product_id);

-- A code says which product it is: of several that had the same one, the oldest keeps it, and the others tell it in their description.
insert into catalog.product_barcodes (account_id, owner_party_id, code, product_id)
select distinct on (account_id, owner_party_id, btrim(barcode)) account_id, owner_party_id, btrim(barcode), id
  from catalog.products where btrim(barcode) <> '' and length(btrim(barcode)) <= 100
 order by account_id, owner_party_id, btrim(barcode), id;
update catalog.products p set description = concat_ws(' · ', nullif(p.description, ''), btrim(p.barcode)), version = p.version + 1
 where btrim(p.barcode) <> ''
   and not exists (select from catalog.product_barcodes b where b.account_id = p.account_id and b.product_id = p.id);
alter table catalog.products drop column barcode;
