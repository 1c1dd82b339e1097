-- What does not agree about stock, for the operator's hand alone (no login may execute these). The ledger is the truth; levels
-- are its sums; what is kept for orders is what their lines want. Level and ledger by bucket; "kept" and "waiting" are the sums
-- of what is kept for order lines, beside the level; "wanted" is what the lines of an order want, beside what is kept or waits.
create or replace function stock.differences(account uuid default null)
  returns table (account_id uuid, kind text, order_id uuid, place text, sku text, says bigint, should bigint)
  language sql stable set search_path = pg_catalog as $$
  with ledger as (
    select m.account_id, m.warehouse_id, m.product_id, m.lot, m.location, m.condition, sum(m.on_hand) as on_hand, sum(m.allocated) as allocated,
           sum(m.quarantine) as quarantine, sum(m.unverified) as unverified, sum(m.announced) as announced, sum(m.in_transit) as in_transit,
           sum(m.backordered) as backordered
      from stock.movements m where account is null or m.account_id = account group by 1, 2, 3, 4, 5, 6
  ), levels as (
    select l.account_id, l.warehouse_id, l.product_id, b.kind, b.says, coalesce(b.should, 0) as should
      from stock.levels l
      left join ledger m using (account_id, warehouse_id, product_id, lot, location, condition)
     cross join lateral (values ('on hand', l.on_hand, m.on_hand), ('allocated', l.allocated, m.allocated), ('quarantine', l.quarantine, m.quarantine),
       ('unverified', l.unverified, m.unverified), ('announced', l.announced, m.announced), ('in transit', l.in_transit, m.in_transit),
       ('backordered', l.backordered, m.backordered)) as b (kind, says, should)
     where (account is null or l.account_id = account) and b.says <> coalesce(b.should, 0)
  ), kept as (
    select a.account_id, a.warehouse_id, a.product_id, sum(a.allocated) as allocated, sum(a.backordered) as backordered
      from stock.allocations a where account is null or a.account_id = account group by 1, 2, 3
  ), summed as (
    select l.account_id, l.warehouse_id, l.product_id, sum(l.allocated) as allocated, sum(l.backordered) as backordered
      from stock.levels l where account is null or l.account_id = account group by 1, 2, 3
  ), lines as (
    select l.account_id, l.warehouse_id, l.product_id, b.kind, b.says, b.should
      from summed l
      left join kept k using (account_id, warehouse_id, product_id)
     cross join lateral (values ('kept', coalesce(k.allocated, 0), l.allocated), ('waiting', coalesce(k.backordered, 0), l.backordered)) as b (kind, says, should)
     where b.says <> b.should
  )
  select d.account_id, d.kind, null::uuid, w.name, p.sku, d.says::bigint, d.should::bigint
    from (select * from levels union all select * from lines) d
    join stock.warehouses w on w.account_id = d.account_id and w.id = d.warehouse_id
    join catalog.products p on p.account_id = d.account_id and p.id = d.product_id
  union all
  select o.account_id, 'wanted', x.order_id, o.number, l.sku, x.has::bigint, x.wants::bigint
    from (
      select a.id as account_id, y.order_id, y.line_id, sum(y.has) as has, sum(y.wants) as wants
        from access.accounts a
       cross join lateral (
         select n.order_id, n.line_id, 0 as has, n.eaches as wants
           from stock.wanted(a.id, array(
             select distinct i.order_id from catalog.products p
               join orders.lines i on i.account_id = p.account_id and i.product_id = p.id
               join orders.orders o on o.account_id = i.account_id and o.id = i.order_id and o.status not in ('shipped', 'cancelled')
              where p.account_id = a.id and p.is_stocked)) n
         union all
         select s.order_id, s.order_line_id, s.allocated + s.backordered, 0 from stock.allocations s where s.account_id = a.id) y
       where account is null or a.id = account
       group by 1, 2, 3 having sum(y.has) <> sum(y.wants)) x
    join orders.orders o on o.account_id = x.account_id and o.id = x.order_id
    join orders.lines l on l.account_id = x.account_id and l.id = x.line_id
$$;

-- Writes into the levels what the ledger comes to. Who moves stock waits meanwhile. Returns how many levels changed; one whose
-- ledger comes to less than nothing is refused by the table's checks, with all the others: then the ledger wants a person.
create or replace function stock.recompute(account uuid default null) returns integer
  language plpgsql set search_path = pg_catalog as $$
declare
  changed integer;
begin
  lock table stock.levels in share row exclusive mode;
  with ledger as (
    select m.account_id, m.warehouse_id, m.product_id, m.owner_party_id, m.lot, m.location, m.condition, sum(m.on_hand) as on_hand,
           sum(m.allocated) as allocated, sum(m.quarantine) as quarantine, sum(m.unverified) as unverified, sum(m.announced) as announced,
           sum(m.in_transit) as in_transit, sum(m.backordered) as backordered
      from stock.movements m where account is null or m.account_id = account group by 1, 2, 3, 4, 5, 6, 7
  ), should as (
    select l.account_id, l.warehouse_id, l.product_id, l.owner_party_id, l.lot, l.location, l.condition, coalesce(m.on_hand, 0) as on_hand,
           coalesce(m.allocated, 0) as allocated, coalesce(m.quarantine, 0) as quarantine, coalesce(m.unverified, 0) as unverified,
           coalesce(m.announced, 0) as announced, coalesce(m.in_transit, 0) as in_transit, coalesce(m.backordered, 0) as backordered
      from stock.levels l left join ledger m using (account_id, warehouse_id, product_id, owner_party_id, lot, location, condition)
     where account is null or l.account_id = account
  )
  update stock.levels l
     set on_hand = s.on_hand, allocated = s.allocated, quarantine = s.quarantine, unverified = s.unverified, announced = s.announced,
         in_transit = s.in_transit, backordered = s.backordered, version = l.version + 1, changed_at = app.now()
    from should s
   where (l.account_id, l.warehouse_id, l.product_id, l.owner_party_id, l.lot, l.location, l.condition)
       = (s.account_id, s.warehouse_id, s.product_id, s.owner_party_id, s.lot, s.location, s.condition)
     and (l.on_hand, l.allocated, l.quarantine, l.unverified, l.announced, l.in_transit, l.backordered)
      <> (s.on_hand, s.allocated, s.quarantine, s.unverified, s.announced, s.in_transit, s.backordered);
  get diagnostics changed = row_count;
  return changed;
end $$;
