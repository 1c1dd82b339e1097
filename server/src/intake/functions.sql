-- What all uploads together take, and which of them are to go: beyond what one member sees of his own.

-- How many bytes of uploaded files the caller's account keeps.
create or replace function intake.bytes_kept() returns bigint
  language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not (app.may('orders:import') or app.may('products:import')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'orders:import';
  end if;
  return (select coalesce(sum(f.bytes), 0) from intake.files f where f.account_id = app.account_id() and f.removed_at is null);
end $$;

-- Lets go of files older than thirty days that no import is at. The worker calls it, and removes
-- from the disk what no row keeps.
create or replace function intake.retire_files() returns void
  language sql security definer set search_path = pg_catalog as $$
  update intake.files f set removed_at = app.now()
   where f.removed_at is null and f.created_at < app.now() - interval '30 days'
     and not exists (select from intake.imports i join jobs.jobs j on j.account_id = i.account_id and j.id = i.job_id
                      where i.account_id = f.account_id and i.file_id = f.id and j.state in ('queued', 'running'))
$$;
