-- What a fulfiller reads of an order, in rows of his own, and the words he finds it by.

-- Copies what stands on the order to those of its fulfillment orders that are still to be shipped. Returns for each the
-- text it is to be found by.
create or replace function fulfillment.snapshot(fulfillment_order_ids uuid[])
  returns table (fulfillment_order_id uuid, words_of text)
  language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  if not (app.may('fulfillment:assign') or app.may('fulfillment:ship') or app.may('orders:edit') or app.may('orders:hold')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:assign';
  end if;
  update fulfillment.fulfillment_orders f
     set service = o.service, ship_by = o.ship_by, deliver_by = o.deliver_by, country = o.country, region = o.region,
         postcode = o.postcode, order_revision = o.revision, version = f.version + 1
    from orders.orders o
   where o.account_id = f.account_id and o.id = f.order_id and f.account_id = (select app.account_id()) and f.id = any (fulfillment_order_ids) and orders.sees(f.order_id, f.store_id)
     and f.state not in ('shipped', 'rejected', 'cancelled', 'unassigned');
  insert into fulfillment.recipients (account_id, fulfillment_order_id, store_id, supplier_id, name, company, line1, line2, line3, city,
                                      buyer_note, gift_text)
  select f.account_id, f.id, f.store_id, f.supplier_id, coalesce(nullif(r.name, ''), r.buyer_name, ''), coalesce(r.company, ''),
         coalesce(r.line1, ''), coalesce(r.line2, ''), coalesce(r.line3, ''), coalesce(r.city, ''), o.buyer_note, o.gift_text
    from fulfillment.fulfillment_orders f
    join orders.orders o on o.account_id = f.account_id and o.id = f.order_id
    left join orders.recipients r on r.account_id = f.account_id and r.order_id = f.order_id
   where f.account_id = (select app.account_id()) and f.id = any (fulfillment_order_ids) and orders.sees(f.order_id, f.store_id) and f.state not in ('shipped', 'rejected', 'cancelled', 'unassigned')
  on conflict (account_id, fulfillment_order_id) do update set name = excluded.name, company = excluded.company,
    line1 = excluded.line1, line2 = excluded.line2, line3 = excluded.line3, city = excluded.city,
    buyer_note = excluded.buyer_note, gift_text = excluded.gift_text;
  return query
    select f.id, concat_ws(' ', f.number, r.name, r.company, string_agg(l.sku, ' '))
      from fulfillment.fulfillment_orders f
      join fulfillment.recipients r on r.account_id = f.account_id and r.fulfillment_order_id = f.id
      join fulfillment.lines l on l.account_id = f.account_id and l.fulfillment_order_id = f.id
     where f.account_id = (select app.account_id()) and f.id = any (fulfillment_order_ids) and orders.sees(f.order_id, f.store_id) and f.state not in ('shipped', 'rejected', 'cancelled', 'unassigned')
     group by f.id, f.number, r.name, r.company;
end $$;

-- The words under which a supplier finds his fulfillment orders: [{id, words}] replaces what was there. Which are the
-- caller's is asked once for each: as a condition of the delete it was asked for every word there is.
create or replace function fulfillment.set_words(found_by jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  mine uuid[];
begin
  if not (app.may('fulfillment:assign') or app.may('fulfillment:ship') or app.may('orders:edit') or app.may('orders:hold')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:assign';
  end if;
  select array_agg(f.id) into mine from fulfillment.fulfillment_orders f
   where f.account_id = (select app.account_id())
     and f.id = any (array(select x.id from jsonb_to_recordset(found_by) as x (id uuid))) and orders.sees(f.order_id, f.store_id);
  delete from fulfillment.search_words w
   where w.account_id = (select app.account_id()) and w.fulfillment_order_id = any (mine);
  insert into fulfillment.search_words (account_id, supplier_id, fulfillment_order_id, word)
  select distinct f.account_id, f.supplier_id, f.id, w.word
    from jsonb_to_recordset(found_by) as x (id uuid, words jsonb)
    join fulfillment.fulfillment_orders f on f.account_id = (select app.account_id()) and f.id = x.id and f.id = any (mine)
   cross join lateral jsonb_array_elements_text(x.words) as w (word)
   where f.supplier_id is not null;
end $$;

-- Notes on what fulfillers are working on that it was changed, and what, so that they do not miss it.
create or replace function fulfillment.mark_changed(order_ids uuid[], what text[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.may('orders:edit') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'orders:edit';
  end if;
  update fulfillment.fulfillment_orders f set changed_at = app.now(),
         changed = array(select distinct w from unnest(f.changed || what) w order by w), version = f.version + 1
   where f.account_id = (select app.account_id()) and f.order_id = any (order_ids) and orders.sees(f.order_id, f.store_id)
     and f.state in ('accepted', 'released', 'picking', 'packed');
end $$;
