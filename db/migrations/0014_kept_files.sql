-- Uploaded files are kept for a while only: the row stays, since the import that read the file does.
alter table intake.files add column removed_at timestamptz;
create index files_on_disk on intake.files (account_id) where removed_at is null;
