-- The audit record becomes a chain. A row names the fields that changed and holds of each value only a commitment; the values
-- stand apart with their salt, so that they can be erased and the chain still verifies. The sealer alone numbers and chains.

alter table access.audit
  add column role text not null default '', -- what entitled him then: the slug of his role
  add column outcome text collate "C" not null default 'done', -- or the code of the problem: a refusal
  add column fields jsonb not null default '{}', -- name of a changed field -> SHA-256(salt, name, value), hexadecimal
  add column seq bigint check (seq > 0), -- the place in the account's chain, from 1
  add column hash bytea, -- SHA-256(the hash before it, this row)
  add constraint sealed_whole check ((seq is null) = (hash is null));
create unique index audit_in_order on access.audit (account_id, seq);
create index audit_unsealed on access.audit (account_id, at, id) where seq is null;

-- Old and new of what changed: everything personal of an entry stands here and nowhere else.
create table access.audit_values (
  account_id uuid not null,
  audit_id uuid not null,
  salt bytea not null,
  changes jsonb not null,
  primary key (account_id, audit_id),
  foreign key (account_id, audit_id) references access.audit on delete cascade
);

-- The newest hash of each chain, signed with a key that is not in the database.
create table access.audit_heads (
  account_id uuid primary key,
  seq bigint not null,
  hash bytea not null,
  at text not null, -- as it was signed: ISO 8601
  key text not null, -- the public half, Ed25519, base64url
  signature text not null
);

insert into access.audit_values (account_id, audit_id, salt, changes)
select account_id, id, uuid_send(gen_random_uuid()), changes from access.audit where changes <> '{}';
update access.audit a set fields = (
    select jsonb_object_agg(key, encode(sha256(v.salt || convert_to(key || E'\n' || value::text, 'UTF8')), 'hex'))
      from jsonb_each(v.changes))
  from access.audit_values v where v.account_id = a.account_id and v.audit_id = a.id;
alter table access.audit drop column changes;
