import { uuidv7 } from 'uuidv7'
import { json, sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { fp } from '#kernel/failpoints.ts'
import { notFound } from '#kernel/problem.ts'
import { takeSnapshots } from './take-snapshots.ts'

export interface Assignment {
  /** Without a quantity: all of the line that nobody else has. */
  lines: { orderId: string; orderLineId: string; quantity?: number }[]
  to: { supplierId: string } | { warehouseId: string }
}
export interface Assigned {
  orderId: string
  fulfillmentOrderId: string
  number: string
  lines: number
}

/**
 * Gives lines of many orders to one fulfiller, in a few statements. Only what no other fulfiller has is given, so that
 * nothing is assigned twice, whoever else is at it; lines of cancelled and shipped orders are passed over. What goes to a
 * fulfiller who has an offer of the same order before him is added to that one.
 * @returns one entry for each fulfillment order that was made or grew
 * @throws Problem not_found where there is no such supplier or warehouse
 */
export async function assignLines(tx: Tx, { lines, to }: Assignment): Promise<Assigned[]> {
  const [[fulfiller], , free] = await tx.all(
    fulfillerOf(to),
    sql`select fulfillment.lock_orders(${uuids([...new Set(lines.map((line) => line.orderId))])})`,
    freeLines(lines, to),
  )
  if (!fulfiller) throw notFound()
  if (free.length === 0) return []

  const known = new Map(free.filter((line) => line.open_id).map((line) => [line.order_id, line.open_id!]))
  const fresh = [...new Set(free.map((line) => line.order_id))].filter((orderId) => !known.has(orderId))
  const ids = new Map([...known, ...fresh.map((orderId) => [orderId, uuidv7()] as const)])
  await tx.all(
    addFulfillmentOrders(
      fresh.map((orderId) => ({ id: ids.get(orderId)!, order_id: orderId })),
      fulfiller,
    ),
    addLines(free.map((line) => ({ ...line, id: uuidv7(), fulfillment_order_id: ids.get(line.order_id)! }))),
  )
  await fp('assign.after_lines')
  await tx.rows(sql`select stock.allocate(${uuids([...ids.keys()])})`)
  await takeSnapshots(tx, [...ids.values()])
  const [, , assigned] = await tx.all(
    tellStory(tx, free, ids),
    resolveRejections(tx, free),
    sql<Assigned>`
    select f.order_id as "orderId", f.id as "fulfillmentOrderId", f.number, count(*)::int as lines
      from fulfillment.fulfillment_orders f
      join fulfillment.lines l on l.account_id = f.account_id and l.fulfillment_order_id = f.id
     where f.id = any (${uuids([...ids.values()])}) and l.order_line_id = any (${uuids(free.map((line) => line.order_line_id))})
     group by f.order_id, f.id, f.number order by f.number`,
  )
  return assigned
}

interface Fulfiller {
  kind: 'supplier' | 'warehouse'
  supplier_id: string | null
  warehouse_id: string | null
  name: string
}

const fulfillerOf = (to: Assignment['to']) =>
  'supplierId' in to
    ? sql<Fulfiller>`select 'supplier' as kind, id as supplier_id, null as warehouse_id, name from access.parties
                      where id = ${to.supplierId} and kind = 'supplier' and archived_at is null`
    : sql<Fulfiller>`select 'warehouse' as kind, null as supplier_id, id as warehouse_id, name from stock.warehouses where id = ${to.warehouseId}`

interface FreeLine {
  order_id: string
  order_line_id: string
  store_id: string
  supplier_id: string | null
  position: number
  sku: string
  name: string
  quantity: number
  /** The fulfillment order of this fulfiller that may still grow. */
  open_id: string | null
}

/** What of the lines asked for is with nobody: quantity less what was cancelled and what live fulfillment orders hold. */
function freeLines(lines: Assignment['lines'], to: Assignment['to']) {
  const supplierId = 'supplierId' in to ? to.supplierId : null
  const warehouseId = 'warehouseId' in to ? to.warehouseId : null
  const asked = lines.map((line) => ({ line_id: line.orderLineId, order_id: line.orderId, quantity: line.quantity }))
  return sql<FreeLine>`
    with asked as (
      select order_id, line_id, max(quantity) as quantity
        from jsonb_to_recordset(${json(asked)}) as r (order_id uuid, line_id uuid, quantity integer) group by order_id, line_id
    ), held as (
      select order_line_id, held from fulfillment.units_of(array(select order_id from asked))
    ), free as (
      select o.id as order_id, l.id as order_line_id, l.store_id, l.position, l.sku, l.name, asked.quantity as asked,
             l.quantity - l.cancelled_quantity - coalesce(h.held, 0) as quantity
        from asked
        join orders.orders o on o.id = asked.order_id and o.account_id = (select app.account_id()) and o.status not in ('shipped', 'cancelled')
        join orders.lines l on l.account_id = o.account_id and l.id = asked.line_id and l.order_id = o.id and l.requires_shipping
        left join held h on h.order_line_id = l.id
    )
    select free.order_id, free.order_line_id, free.store_id, ${supplierId}::uuid as supplier_id, free.position, free.sku, free.name,
           least(free.quantity, coalesce(free.asked, free.quantity)) as quantity,
           (select f.id from fulfillment.fulfillment_orders f
             where f.account_id = (select app.account_id()) and f.order_id = free.order_id and f.kind = 'original'
               and f.state in ('open', 'offered') and f.accepted_at is null
               and (f.supplier_id = ${supplierId} or f.warehouse_id = ${warehouseId})
             order by f.id desc limit 1) as open_id
      from free where least(free.quantity, coalesce(free.asked, free.quantity)) > 0
     order by free.order_id, free.position`
}

/** The number is the order's; only a fulfiller's own further parts are numbered, so that it tells nobody of others. */
function addFulfillmentOrders(rows: { id: string; order_id: string }[], to: Fulfiller) {
  return sql`
    insert into fulfillment.fulfillment_orders (account_id, id, order_id, store_id, number, fulfiller, warehouse_id, supplier_id,
      fulfiller_name, merchant_name, state, on_hold, placed_on, is_sample)
    select o.account_id, r.id, o.id, o.store_id,
           o.number || coalesce('-' || (select nullif(count(*) + 1, 1) from fulfillment.fulfillment_orders f
             where f.account_id = o.account_id and f.order_id = o.id
               and (f.supplier_id = ${to.supplier_id}::uuid or f.warehouse_id = ${to.warehouse_id}::uuid)), ''),
           ${to.kind}, ${to.warehouse_id}::uuid, ${to.supplier_id}::uuid, ${to.name}, a.name,
           ${to.kind === 'supplier' ? 'offered' : 'open'},
           exists (select from orders.holds h where h.account_id = o.account_id and h.order_id = o.id and h.released_at is null),
           o.placed_on, o.is_sample
      from jsonb_to_recordset(${json(rows)}) as r (id uuid, order_id uuid)
      join orders.orders o on o.account_id = (select app.account_id()) and o.id = r.order_id
      join access.accounts a on a.id = o.account_id`
}

/** A line that the fulfillment order holds already grows; the others are added. */
function addLines(rows: (FreeLine & { id: string; fulfillment_order_id: string })[]) {
  return sql`
    with given as (
      select * from jsonb_to_recordset(${json(rows)}) as r (id uuid, fulfillment_order_id uuid, supplier_id uuid, store_id uuid,
        order_line_id uuid, position integer, sku text, name text, quantity integer)
    ), grown as (
      update fulfillment.lines l set quantity = l.quantity + given.quantity from given
       where l.account_id = (select app.account_id()) and l.fulfillment_order_id = given.fulfillment_order_id and l.order_line_id = given.order_line_id
      returning l.fulfillment_order_id, l.order_line_id
    )
    insert into fulfillment.lines (account_id, id, fulfillment_order_id, supplier_id, store_id, order_line_id, position, sku, name, quantity)
    select (select app.account_id()), g.id, g.fulfillment_order_id, g.supplier_id, g.store_id, g.order_line_id, g.position, g.sku, g.name, g.quantity
      from given g
     where not exists (select from grown where grown.fulfillment_order_id = g.fulfillment_order_id and grown.order_line_id = g.order_line_id)`
}

function tellStory(tx: Tx, free: FreeLine[], ids: Map<string, string>) {
  const rows = [...ids].map(([orderId, fulfillmentOrderId]) => {
    const lines = free.filter((line) => line.order_id === orderId)
    const units = lines.reduce((sum, line) => sum + line.quantity, 0)
    return { id: uuidv7(), fulfillment_order_id: fulfillmentOrderId, lines: lines.length, units }
  })
  return sql`
    insert into orders.timeline (account_id, id, order_id, store_id, fulfillment_order_id, kind, actor, via, data)
    select f.account_id, r.id, f.order_id, f.store_id, f.id, 'lines.assigned', ${tx.who.name}, (select app.via()),
           jsonb_build_object('fulfiller', f.fulfiller_name, 'fulfillmentOrder', f.number, 'lines', r.lines, 'units', r.units)
      from jsonb_to_recordset(${json(rows)}) as r (id uuid, fulfillment_order_id uuid, lines integer, units integer)
      join fulfillment.fulfillment_orders f on f.account_id = (select app.account_id()) and f.id = r.fulfillment_order_id`
}

/** A line that somebody has again is no longer a rejected one. */
function resolveRejections(tx: Tx, lines: FreeLine[]) {
  return sql`
    update orders.issues set resolved_at = app.now(), resolved_by = ${tx.who.name}
     where account_id = (select app.account_id()) and kind = 'rejected' and resolved_at is null
       and order_id = any (${uuids([...new Set(lines.map((line) => line.order_id))])}) and line_id = any (${uuids(lines.map((line) => line.order_line_id))})`
}
