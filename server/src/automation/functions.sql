-- The names of suppliers that rules speak of, for who may read rules but no suppliers.
create or replace function automation.supplier_names() returns table (id uuid, name text, archived boolean)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.id, p.name, p.archived_at is not null from access.parties p
   where p.account_id = app.account_id() and p.kind = 'supplier' and app.may('rules:read')
   order by lower(p.name), p.id
$$;
