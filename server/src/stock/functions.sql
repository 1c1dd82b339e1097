-- Every account begins with one warehouse.
create or replace function stock.first_warehouse() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into stock.warehouses (account_id, id, name, is_default) values (new.id, gen_random_uuid(), 'Main warehouse', true);
  return null;
end $$;
drop trigger if exists first_warehouse on access.accounts;
create trigger first_warehouse after insert on access.accounts for each row execute function stock.first_warehouse();
