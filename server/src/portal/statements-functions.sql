-- What was done for a client in a month, of days in the account's zone: from the ledger and from what left. The ledger and the
-- shipments are read with their owner's rights, so that a statement asks for nothing but itself; what the caller reaches is kept here.

-- Whether the caller may read the statements of a client: his own company's, or those of a client he knows with its goods.
create or replace function portal.reads_statement(client_id uuid) returns boolean
  language sql stable set search_path = pg_catalog as $$
  select case app.audience()
           when 'client' then coalesce(client_id = app.party_where_may('statements:read'), false)
           when 'staff' then client_id = any (app.clients_where_may('statements:read'))
                         and (app.may_of_all_owners('statements:read') or client_id = any (app.owners_where_may('statements:read')))
           else false
         end
$$;

-- The month of a day as it can be read now: its days are over up to `through` (null: none is), and so_far says that more come.
create or replace function portal.month_of_statement(client_id uuid, day date)
  returns table (client text, month date, through date, so_far boolean, to_come boolean)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.name, d.first, case when d.today > d.first then least(d.last, d.today - 1) end, d.today <= d.last, d.today < d.first
    from access.accounts a
    join access.parties p on p.account_id = a.id and p.id = month_of_statement.client_id and p.kind = 'client'
   cross join lateral (
     select date_trunc('month', day)::date as first, (date_trunc('month', day) + interval '1 month')::date - 1 as last,
            (app.now() at time zone a.timezone)::date as today) d
   where a.id = app.account_id() and portal.reads_statement(p.id)
$$;

-- Eaches of each product in each warehouse. Storage days: what was on hand when a day of the month that is over ended, over all of
-- them; a movement counts for each such day from its own on.
create or replace function portal.goods_of_statement(client_id uuid, day date)
  returns table (warehouse_id uuid, warehouse text, product_id uuid, sku text, name text, received bigint, damaged bigint, shipped bigint,
                 on_hand bigint, storage_days bigint)
  language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  account constant uuid := app.account_id();
  zone constant text := (select a.timezone from access.accounts a where a.id = account);
  first constant date := date_trunc('month', day);
  after constant date := (date_trunc('month', day) + interval '1 month')::date;
  last constant date := least(after - 1, (app.now() at time zone zone)::date - 1);
begin
  if not portal.reads_statement($1) then
    return;
  end if;
  return query
    select w.id, w.name, p.id, p.sku, p.name, s.received, s.damaged, s.shipped, s.on_hand, s.storage_days
      from (
        select m.warehouse_id, m.product_id,
               coalesce(sum(m.on_hand) filter (where m.document_kind = 'transfer' and m.kind in ('received', 'verified') and t.origin <> 'warehouse' and m.day >= first), 0)::bigint as received,
               coalesce(sum(m.quarantine) filter (where m.document_kind = 'transfer' and m.kind in ('damaged', 'verified') and t.origin <> 'warehouse' and m.day >= first), 0)::bigint as damaged,
               coalesce(-sum(m.on_hand) filter (where m.kind = 'shipped' and m.day >= first), 0)::bigint as shipped,
               coalesce(sum(m.on_hand), 0)::bigint as on_hand,
               coalesce(sum(m.on_hand::bigint * greatest(0, last - greatest(m.day, first) + 1)), 0)::bigint as storage_days
          from (select x.*, (x.at at time zone zone)::date as day from stock.movements x
                 where x.account_id = account and x.owner_party_id = $1 and x.at < (after::timestamp at time zone zone)
                   and (app.all_warehouses() or x.warehouse_id = any (app.warehouses()))
                   and (x.on_hand <> 0 or x.quarantine <> 0)) m
          left join transfers.transfers t on t.account_id = account and t.id = m.document_id and m.document_kind = 'transfer'
         group by 1, 2) s
      join stock.warehouses w on w.account_id = account and w.id = s.warehouse_id
      join catalog.products p on p.account_id = account and p.id = s.product_id
     where (s.received, s.damaged, s.shipped, s.on_hand, s.storage_days) <> (0, 0, 0, 0, 0)
     order by lower(w.name), w.id, p.sku;
end $$;

-- Orders and lines of which something left from a warehouse of the house; null: from any of them, each counted once.
create or replace function portal.orders_of_statement(client_id uuid, day date)
  returns table (warehouse_id uuid, warehouse text, orders bigint, lines bigint)
  language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  account constant uuid := app.account_id();
  first constant date := date_trunc('month', day);
begin
  if not portal.reads_statement($1) then
    return;
  end if;
  return query
    select f.warehouse_id, min(w.name), count(distinct f.order_id), count(distinct l.order_line_id)
      from fulfillment.shipments s
      join channels.stores c on c.account_id = account and c.id = s.store_id and c.client_party_id = $1
      join fulfillment.parcels p on p.account_id = account and p.shipment_id = s.id
      join fulfillment.parcel_lines x on x.account_id = account and x.parcel_id = p.id
      join fulfillment.lines l on l.account_id = account and l.id = x.line_id
      join fulfillment.fulfillment_orders f on f.account_id = account and f.id = l.fulfillment_order_id and f.fulfiller = 'warehouse'
      join stock.warehouses w on w.account_id = account and w.id = f.warehouse_id
     where s.account_id = account and s.shipped_on >= first and s.shipped_on < (first + interval '1 month')::date
       and s.state <> 'voided' and s.supplier_id is null
       and (app.all_warehouses() or f.warehouse_id = any (app.warehouses()))
       and (app.all_stores() or s.store_id = any (app.stores())
            or (app.confined() and f.id = any (app.reach('fulfillment_order', 'statements:read'))))
     group by grouping sets ((f.warehouse_id), ());
end $$;
