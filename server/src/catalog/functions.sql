-- What the house measured stays, whatever a client writes about his goods, by a file or otherwise: the statement that takes a file in leaves
-- it alone, and nothing else gets by.
create or replace function catalog.keep_measured() returns trigger
  language plpgsql set search_path = pg_catalog as $$
begin
  if app.audience() = 'client' then
    raise exception 'weighed by the house' using errcode = 'CD409';
  end if;
  return new;
end $$;
create or replace trigger keep_measured before update of weight_grams, weighed_at on catalog.products
  for each row when (old.weighed_at is not null and (new.weight_grams, new.weighed_at) is distinct from (old.weight_grams, old.weighed_at))
  execute function catalog.keep_measured();
