-- Every account begins with one store, into which files and hand-made orders go.
create or replace function channels.first_store() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into channels.stores (account_id, id, channel, name, currency, is_default)
  values (new.id, gen_random_uuid(), 'custom', new.name, new.currency, true);
  return null;
end $$;
drop trigger if exists first_store on access.accounts;
create trigger first_store after insert on access.accounts for each row execute function channels.first_store();
