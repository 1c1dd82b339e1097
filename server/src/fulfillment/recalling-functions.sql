-- What comes back from a fulfiller: taken back, cancelled on the order, or rejected.

-- Takes back from a fulfiller what has not left. A supplier loses sight of it in the same moment; of what he shipped he
-- keeps the sight. Returns how many units came back.
create or replace function fulfillment.unassign(fulfillment_order_id uuid) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_variable
declare
  units integer;
  left_any boolean;
begin
  if not app.may('fulfillment:assign') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:assign';
  end if;
  select sum(l.quantity - l.rejected - l.cancelled - l.shipped), bool_or(l.shipped > 0) into units, left_any
    from fulfillment.lines l
    join fulfillment.fulfillment_orders f on f.account_id = l.account_id and f.id = l.fulfillment_order_id and fulfillment.is_mine(f)
   where l.account_id = (select app.account_id()) and l.fulfillment_order_id = unassign.fulfillment_order_id;
  if units is null then
    return 0;
  end if;
  update fulfillment.lines l set quantity = l.shipped + l.rejected + l.cancelled, accepted = l.shipped,
         supplier_id = case when l.shipped > 0 then l.supplier_id end
   where l.account_id = (select app.account_id()) and l.fulfillment_order_id = unassign.fulfillment_order_id;
  if not left_any then
    update fulfillment.fulfillment_orders f set state = 'unassigned', version = f.version + 1
     where f.account_id = (select app.account_id()) and f.id = unassign.fulfillment_order_id;
    update fulfillment.recipients r set supplier_id = null
     where r.account_id = (select app.account_id()) and r.fulfillment_order_id = unassign.fulfillment_order_id;
    delete from fulfillment.search_words w where w.account_id = (select app.account_id()) and w.fulfillment_order_id = unassign.fulfillment_order_id;
  end if;
  perform fulfillment.settle(array[unassign.fulfillment_order_id]);
  perform stock.keep(array(select f.order_id from fulfillment.fulfillment_orders f where f.account_id = (select app.account_id()) and f.id = unassign.fulfillment_order_id));
  return units;
end $$;

-- What was cancelled on the order is no longer to be shipped: taken from what has not left, the newest assignment first.
create or replace function fulfillment.follow_cancelled(order_ids uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  touched uuid[];
begin
  if not app.may('orders:cancel') then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'orders:cancel';
  end if;
  with held as (
    select fl.account_id, fl.id, fl.order_line_id, fl.quantity - fl.rejected - fl.cancelled - fl.shipped as open,
           sum(fl.quantity - fl.rejected - fl.cancelled) over whole
             - case when o.cancelled_at is null then l.quantity - l.cancelled_quantity else 0 end as excess,
           coalesce(sum(fl.quantity - fl.rejected - fl.cancelled - fl.shipped) over newer, 0) as taken_before
      from orders.orders o
      join orders.lines l on l.account_id = o.account_id and l.order_id = o.id
      join fulfillment.lines fl on fl.account_id = l.account_id and fl.order_line_id = l.id
      join fulfillment.fulfillment_orders f on f.account_id = fl.account_id and f.id = fl.fulfillment_order_id
     where o.account_id = (select app.account_id()) and o.id = any (order_ids) and f.kind = 'original' and orders.sees(o.id, o.store_id)
    window whole as (partition by fl.order_line_id),
           newer as (partition by fl.order_line_id order by f.id desc, fl.id desc rows between unbounded preceding and 1 preceding)
  ), cut as (
    update fulfillment.lines fl
       set cancelled = fl.cancelled + least(h.open, h.excess - h.taken_before),
           accepted = least(fl.accepted, fl.quantity - fl.rejected - fl.cancelled - least(h.open, h.excess - h.taken_before))
      from held h
     where fl.account_id = h.account_id and fl.id = h.id and least(h.open, h.excess - h.taken_before) > 0
    returning fl.fulfillment_order_id
  )
  select array_agg(distinct fulfillment_order_id) into touched from cut;
  perform fulfillment.settle(coalesce(touched, '{}'));
end $$;

-- A rejected line is an issue of its order, until somebody assigns it again.
create or replace function fulfillment.raise_rejected(line_ids uuid[], reason text) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not (app.may('fulfillment:answer') or app.may('queue:answer')) then
    raise exception 'not permitted' using errcode = 'CD403', detail = 'fulfillment:answer';
  end if;
  insert into orders.issues (account_id, id, order_id, store_id, line_id, fulfillment_order_id, kind, detail)
  select f.account_id, gen_random_uuid(), f.order_id, f.store_id, l.order_line_id, f.id, 'rejected',
         jsonb_build_object('reason', raise_rejected.reason, 'sku', l.sku, 'name', l.name)
    from fulfillment.lines l
    join fulfillment.fulfillment_orders f on f.account_id = l.account_id and f.id = l.fulfillment_order_id
   where l.account_id = (select app.account_id()) and l.id = any (line_ids) and l.rejected > 0 and fulfillment.is_mine(f);
end $$;
