-- A passkey is renamed as everything is edited: on the version that was read.
alter table identity.passkeys add column version integer not null default 1;
