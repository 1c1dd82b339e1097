import type { Known } from './invariants.ts'

/** An invariant of the tables themselves, as a query for its offenders. */
export interface Fact {
  invariant: string
  says: string
  query: string
  values?: (known: Known) => unknown[]
}

const since = ({ since = '-infinity' }: Known) => [since]

/** Units of an order line that live fulfillment orders hold. */
const held = `select sum(h.quantity - h.rejected - h.cancelled) from fulfillment.lines h
   join fulfillment.fulfillment_orders f on f.account_id = h.account_id and f.id = h.fulfillment_order_id and f.kind = 'original'
  where h.account_id = l.account_id and h.order_line_id = l.id`

/** A deed and the word of the audit that must stand beside it. */
const covered = (says: string, rows: string, actions: string[], subject: string, or = 'false'): Fact => ({
  invariant: 'I6',
  says,
  query: `select ${subject}::text as offender from ${rows} and not (${or}) and not exists (
            select from access.audit a where a.account_id = x.account_id and a.subject_id = ${subject}
             and a.action in (${actions.map((action) => `'${action}'`).join(', ')}))`,
  values: since,
})

/** A reference that no foreign key keeps: the row it names is of the same account. */
const within = (table: string, column: string, target: string): Fact => ({
  invariant: 'I5',
  says: `${table}.${column} names a row of its own account`,
  query: `select x.${column}::text as offender from ${table} x where x.${column} is not null
           and not exists (select from ${target} t where t.account_id = x.account_id and t.id = x.${column})`,
})

/** The same fact written in two rows, of which one follows the other. */
const agrees = (table: string, column: string, parent: string, by: string): Fact => ({
  invariant: 'I5',
  says: `${table}.${column} is that of ${parent}`,
  query: `select x.${by}::text as offender from ${table} x join ${parent} p on p.account_id = x.account_id and p.id = x.${by}
           where x.${column} is not null and x.${column} is distinct from p.${column}`,
})

export const facts: Fact[] = [
  {
    invariant: 'I3',
    says: 'stock is the sum of its ledger, and what is kept for orders is what their lines want',
    query: "select concat_ws(' ', place, sku, kind, says, 'not', should) as offender from stock.differences()",
  },
  {
    invariant: 'I4',
    says: 'the status of an order is what its facts say',
    query:
      'select o.number as offender from orders.orders o where o.status is distinct from orders.status_of(o.account_id, o.id)',
  },
  {
    invariant: 'I4',
    says: 'the counts that are kept are those of the orders',
    query: `select status || ' ' || sum(n) as offender from (
              select account_id, store_id, status, value as n from orders.counts union all
              select account_id, store_id, status, delta from orders.count_deltas union all
              select account_id, store_id, status, -count(*) from orders.orders group by account_id, store_id, status) x
             group by account_id, store_id, status having sum(n) <> 0`,
  },
  {
    invariant: 'I4',
    says: 'an order is there whole: address, contact, amounts and the story of its beginning',
    query: `select o.number as offender from orders.orders o
             where not exists (select from orders.recipients r where r.account_id = o.account_id and r.order_id = o.id)
                or not exists (select from orders.contacts r where r.account_id = o.account_id and r.order_id = o.id)
                or not exists (select from orders.order_amounts r where r.account_id = o.account_id and r.order_id = o.id)
                or (select count(*) from orders.timeline t where t.account_id = o.account_id and t.order_id = o.id and t.kind = 'order.created') <> 1`,
  },
  {
    invariant: 'I4',
    says: 'an order counts its lines and units as they are, and each line has its amounts',
    query: `select o.number as offender from orders.orders o
              left join orders.lines l on l.account_id = o.account_id and l.order_id = o.id
              left join orders.line_amounts a on a.account_id = l.account_id and a.line_id = l.id
             group by o.account_id, o.id, o.number, o.line_count, o.quantity
            having o.line_count <> count(l.id) or o.quantity <> coalesce(sum(l.quantity), 0) or count(a.line_id) <> count(l.id)`,
  },
  {
    invariant: 'I4',
    says: 'no more of a line is given out than was ordered',
    query: `select o.number || ' line ' || l.position as offender from orders.lines l
              join orders.orders o on o.account_id = l.account_id and o.id = l.order_id
             where (${held}) > l.quantity - l.cancelled_quantity`,
  },
  {
    invariant: 'I4',
    says: 'the state of a fulfillment order is what its lines say',
    query: `select f.number || ' ' || f.state as offender from fulfillment.fulfillment_orders f cross join lateral (
              select coalesce(sum(l.quantity - l.rejected - l.cancelled), 0) as live, coalesce(sum(l.accepted), 0) as accepted,
                     coalesce(sum(l.shipped), 0) as shipped, coalesce(sum(l.rejected), 0) as rejected
                from fulfillment.lines l where l.account_id = f.account_id and l.fulfillment_order_id = f.id) n
             where case f.state
               when 'unassigned' then n.shipped > 0
               when 'shipped' then n.live = 0 or n.shipped <> n.live
               when 'rejected' then n.live > 0 or n.rejected = 0
               when 'cancelled' then n.live > 0
               when 'accepted' then f.fulfiller <> 'supplier' or n.accepted <> n.live or n.shipped = n.live
               when 'offered' then f.fulfiller <> 'supplier' or n.live = 0 or n.accepted = n.live
               else f.fulfiller <> 'warehouse' or n.live = 0 or n.shipped = n.live end`,
  },
  {
    invariant: 'I4',
    says: 'a fulfillment order is held exactly while its order is',
    query: `select f.number as offender from fulfillment.fulfillment_orders f where f.on_hold <> exists (
              select from orders.holds h where h.account_id = f.account_id and h.order_id = f.order_id and h.released_at is null)`,
  },
  {
    invariant: 'I4',
    says: 'what is shipped lies in parcels, unit by unit',
    query: `select l.sku || ' ' || l.id as offender from fulfillment.lines l where l.shipped <> coalesce((
              select sum(p.quantity) from fulfillment.parcel_lines p join fulfillment.parcels k on k.account_id = p.account_id and k.id = p.parcel_id
                join fulfillment.shipments s on s.account_id = k.account_id and s.id = k.shipment_id and s.state <> 'voided'
               where p.account_id = l.account_id and p.line_id = l.id), 0)`,
  },
  {
    invariant: 'I4',
    says: 'what may still be shipped has its copy of the address',
    query: `select f.number as offender from fulfillment.fulfillment_orders f where f.state not in ('cancelled', 'unassigned', 'rejected')
              and not exists (select from fulfillment.recipients r where r.account_id = f.account_id and r.fulfillment_order_id = f.id)`,
  },
  {
    invariant: 'I4',
    says: 'an import that is done has counted each row once, and made what it says',
    query: `select i.id::text as offender from intake.imports i where i.state = 'done' and (
              i.rows_done <> coalesce(i.rows_total, i.rows_done) or i.checkpoint <> i.created + i.changed + i.unchanged + i.rejected
              or i.kind = 'orders' and i.created <> (select count(*) from orders.orders o where o.account_id = i.account_id and o.import_id = i.id))`,
  },
  {
    invariant: 'I5',
    says: 'every reference of the catalogue is checked by the database',
    query: `select conname as offender from pg_constraint where contype = 'f' and not convalidated`,
  },
  within('access.members', 'party_id', 'access.parties'),
  within('orders.comments', 'author_member_id', 'access.members'),
  within('orders.issues', 'line_id', 'orders.lines'),
  within('orders.issues', 'fulfillment_order_id', 'fulfillment.fulfillment_orders'),
  within('orders.orders', 'import_id', 'intake.imports'),
  within('fulfillment.shipments', 'created_by_member_id', 'access.members'),
  within('intake.imports', 'job_id', 'jobs.jobs'),
  within('intake.imports', 'member_id', 'access.members'),
  within('access.audit', 'member_id', 'access.members'),
  agrees('fulfillment.parcels', 'supplier_id', 'fulfillment.shipments', 'shipment_id'),
  agrees('fulfillment.parcel_lines', 'supplier_id', 'fulfillment.parcels', 'parcel_id'),
  agrees('fulfillment.recipients', 'supplier_id', 'fulfillment.fulfillment_orders', 'fulfillment_order_id'),
  agrees('fulfillment.lines', 'supplier_id', 'fulfillment.fulfillment_orders', 'fulfillment_order_id'),
  agrees('fulfillment.search_words', 'supplier_id', 'fulfillment.fulfillment_orders', 'fulfillment_order_id'),
  covered(
    'every invitation is in the audit',
    'access.invitations x where x.created_at > $1',
    ['invitation.created'],
    'x.id',
  ),
  covered(
    'every accepted invitation is in the audit',
    'access.invitations x where x.accepted_at > $1',
    ['invitation.accepted'],
    'x.id',
  ),
  covered('every import is in the audit', 'intake.imports x where x.created_at > $1', ['import.created'], 'x.id'),
  covered(
    'every finished import is in the audit',
    "intake.imports x where x.finished_at > $1 and x.state = 'done'",
    ['import.finished'],
    'x.id',
  ),
  covered(
    'every assignment is in the audit, or is told by the rule that made it',
    'fulfillment.fulfillment_orders x where x.created_at > $1',
    ['order.assigned'],
    'x.order_id',
    'exists (select from automation.traces t where t.account_id = x.account_id and t.order_id = x.order_id)',
  ),
  covered(
    'every shipment is in the audit',
    `(select distinct s.account_id, s.created_at, l.fulfillment_order_id from fulfillment.shipments s
        join fulfillment.parcels k on k.account_id = s.account_id and k.shipment_id = s.id
        join fulfillment.parcel_lines p on p.account_id = k.account_id and p.parcel_id = k.id
        join fulfillment.lines l on l.account_id = p.account_id and l.id = p.line_id) x where x.created_at > $1`,
    ['fulfillment_order.shipped'],
    'x.fulfillment_order_id',
  ),
  covered(
    'every hold is in the audit, or is told by the rule that placed it',
    'orders.holds x where x.placed_at > $1',
    ['order.held', 'orders.held'],
    'x.order_id',
    'exists (select from automation.traces t where t.account_id = x.account_id and t.order_id = x.order_id)',
  ),
  {
    invariant: 'I7',
    says: 'what is owed to the outside is delivered, waits, or is given up with a reason',
    query: `select x.template || ' to ' || x.recipient || ' ' || x.state as offender from notices.outbox x
             where case x.state
               when 'done' then x.sent_at is null and x.revealed_at is null
               when 'pending' then false
               when 'sending' then x.next_attempt_at < app.now() - interval '5 minutes'
               else x.last_error = '' end`,
  },
  {
    invariant: 'I7',
    says: 'every open invitation has a mail',
    query: `select i.email as offender from access.invitations i where i.accepted_at is null and i.revoked_at is null and i.created_at > $1
              and not exists (select from notices.outbox x where x.account_id = i.account_id and x.subject_id = i.id)`,
    values: since,
  },
  {
    invariant: 'I8',
    says: 'an import at work has a job that is',
    query: `select i.id::text as offender from intake.imports i where i.state in ('checking', 'running') and i.job_id is not null
              and not exists (select from jobs.jobs j where j.account_id = i.account_id and j.id = i.job_id and j.state in ('queued', 'running'))`,
  },
]
