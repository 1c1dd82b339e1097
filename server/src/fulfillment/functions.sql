-- What the fulfillment slice does with its owner's rights. A supplier has no grant on orders at all; what his work means
-- for the order is written here.

-- Whether the caller may reach this fulfillment order: the house by store, a supplier his own.
create or replace function fulfillment.is_mine(f fulfillment.fulfillment_orders) returns boolean
  language sql stable set search_path = pg_catalog as $$
  select f.account_id = app.account_id() and case app.audience()
    when 'staff' then app.all_stores() or f.store_id = any (app.stores())
    when 'supplier' then f.supplier_id = app.party_id() end
$$;

-- Every step first locks its orders, always in the same order: what two people or rules do at once happens one after the other.
create or replace function fulfillment.lock_orders(order_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform from orders.orders o where o.account_id = app.account_id() and o.id = any (order_ids) and app.audience() = 'staff'
    order by o.id for no key update;
end $$;

create or replace function fulfillment.lock(fulfillment_order_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform from orders.orders o
    where o.account_id = app.account_id()
      and o.id in (select f.order_id from fulfillment.fulfillment_orders f
                    where f.account_id = app.account_id() and f.id = any (fulfillment_order_ids) and fulfillment.is_mine(f))
    order by o.id for no key update;
end $$;

-- Copies what stands on the order to those of its fulfillment orders that are still to be shipped. Returns for each the
-- text it is to be found by.
create or replace function fulfillment.snapshot(fulfillment_order_ids uuid[])
  returns table (fulfillment_order_id uuid, words_of text)
  language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  if not (app.may('fulfillment:assign') or app.may('fulfillment:ship') or app.may('orders:edit')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:assign';
  end if;
  update fulfillment.fulfillment_orders f
     set service = o.service, ship_by = o.ship_by, deliver_by = o.deliver_by, country = o.country, region = o.region,
         postcode = o.postcode, order_revision = o.revision, version = f.version + 1
    from orders.orders o
   where o.account_id = f.account_id and o.id = f.order_id and f.account_id = app.account_id() and f.id = any (fulfillment_order_ids) and fulfillment.is_mine(f)
     and f.state not in ('shipped', 'rejected', 'cancelled');
  insert into fulfillment.recipients (account_id, fulfillment_order_id, store_id, supplier_id, name, company, line1, line2, line3, city,
                                      buyer_note, gift_text)
  select f.account_id, f.id, f.store_id, f.supplier_id, coalesce(nullif(r.name, ''), r.buyer_name, ''), coalesce(r.company, ''),
         coalesce(r.line1, ''), coalesce(r.line2, ''), coalesce(r.line3, ''), coalesce(r.city, ''), o.buyer_note, o.gift_text
    from fulfillment.fulfillment_orders f
    join orders.orders o on o.account_id = f.account_id and o.id = f.order_id
    left join orders.recipients r on r.account_id = f.account_id and r.order_id = f.order_id
   where f.account_id = app.account_id() and f.id = any (fulfillment_order_ids) and fulfillment.is_mine(f) and f.state not in ('shipped', 'rejected', 'cancelled')
  on conflict (account_id, fulfillment_order_id) do update set name = excluded.name, company = excluded.company,
    line1 = excluded.line1, line2 = excluded.line2, line3 = excluded.line3, city = excluded.city,
    buyer_note = excluded.buyer_note, gift_text = excluded.gift_text;
  return query
    select f.id, concat_ws(' ', f.number, r.name, r.company, string_agg(l.sku, ' '))
      from fulfillment.fulfillment_orders f
      join fulfillment.recipients r on r.account_id = f.account_id and r.fulfillment_order_id = f.id
      join fulfillment.lines l on l.account_id = f.account_id and l.fulfillment_order_id = f.id
     where f.account_id = app.account_id() and f.id = any (fulfillment_order_ids) and fulfillment.is_mine(f) and f.state not in ('shipped', 'rejected', 'cancelled')
     group by f.id, f.number, r.name, r.company;
end $$;

-- The words under which a supplier finds his fulfillment orders: [{id, words}] replaces what was there.
create or replace function fulfillment.set_words(found_by jsonb) returns void
  language sql security definer set search_path = pg_catalog as $$
  delete from fulfillment.search_words w
   where w.account_id = app.account_id() and w.fulfillment_order_id in (
     select f.id from jsonb_to_recordset(found_by) as x (id uuid)
       join fulfillment.fulfillment_orders f on f.account_id = app.account_id() and f.id = x.id and fulfillment.is_mine(f));
  insert into fulfillment.search_words (account_id, supplier_id, fulfillment_order_id, word)
  select distinct f.account_id, f.supplier_id, f.id, w.word
    from jsonb_to_recordset(found_by) as x (id uuid, words jsonb)
    join fulfillment.fulfillment_orders f on f.account_id = app.account_id() and f.id = x.id and fulfillment.is_mine(f) and f.supplier_id is not null
   cross join lateral jsonb_array_elements_text(x.words) as w (word)
$$;

-- Tells the story of an order from a fulfillment order the caller may reach.
create or replace function fulfillment.record(fulfillment_order_id uuid, kind text, data jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into orders.timeline (account_id, id, order_id, store_id, kind, actor, via, data)
  select f.account_id, gen_random_uuid(), f.order_id, f.store_id, record.kind,
         app.actor_name() || case when app.audience() = 'supplier' then ' · ' || f.fulfiller_name else '' end, app.via(),
         record.data || jsonb_build_object('fulfillmentOrder', f.number, 'fulfiller', f.fulfiller_name)
    from fulfillment.fulfillment_orders f
   where f.account_id = app.account_id() and f.id = record.fulfillment_order_id and fulfillment.is_mine(f);
end $$;

-- Lets the order's status follow a fulfillment order the caller may reach.
create or replace function fulfillment.refresh_order(fulfillment_order_id uuid) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  order_id uuid;
begin
  select f.order_id into order_id from fulfillment.fulfillment_orders f
   where f.account_id = app.account_id() and f.id = refresh_order.fulfillment_order_id and fulfillment.is_mine(f);
  if found then
    perform orders.recompute(array[order_id]);
  end if;
end $$;
