import { audienceOf } from '#kernel/audience.ts'
import { all, type Statement, sql, texts } from '#kernel/db/sql.ts'
import type { Call } from '#kernel/routes.ts'
import type { stockContract } from '../contract.ts'
import type { movementKinds } from '../kinds.ts'
import { wordsOf } from './levels.ts'

interface Movement {
  id: string
  at: string
  kind: (typeof movementKinds)[number]
  product: { id: string; sku: string; name: string }
  warehouse: { id: string; name: string }
  onHand: number
  allocated: number
  quarantine: number
  unverified: number
  announced: number
  inTransit: number
  backordered: number
  reason: string
  document: { kind: 'order' | 'transfer' | 'count'; id: string; number: string } | null
  actor?: string
}

/** The first instant of a day where the account is. */
const beginOf = (day: Statement<unknown>) =>
  sql`((${day})::timestamp at time zone (select a.timezone from access.accounts a where a.id = (select app.account_id())))`

/**
 * A page of the ledger, the newest first. An order or transfer is named where the caller sees it; who did it is not
 * told to a client.
 */
export async function listMovements({ tx, query, pages }: Call<(typeof stockContract)['listMovements']>) {
  const { cursor, limit = 50, ...filter } = query
  const after = pages.open(cursor, filter) as [string, string] | undefined
  const conditions: Statement<unknown>[] = []
  for (const word of wordsOf(filter.q)) conditions.push(sql`position(${word} in lower(p.sku || ' ' || p.name)) > 0`)
  // By the number of what he may not see nobody finds anything.
  if (filter.document)
    conditions.push(
      sql`(o.id is not null or t.id is not null) and lower(m.document) = ${filter.document.trim().toLowerCase()}`,
    )
  if (filter.actor) conditions.push(sql`position(${filter.actor.trim().toLowerCase()} in lower(m.actor)) > 0`)
  if (filter.productId) conditions.push(sql`m.product_id = ${filter.productId}::uuid`)
  if (filter.warehouseId) conditions.push(sql`m.warehouse_id = ${filter.warehouseId}::uuid`)
  if (filter.kind?.length) conditions.push(sql`m.kind = any (${texts(filter.kind)})`)
  if (filter.since) conditions.push(sql`m.at >= ${beginOf(sql`${filter.since}::date`)}`)
  if (filter.until) conditions.push(sql`m.at < ${beginOf(sql`${filter.until}::date + 1`)}`)
  if (after) conditions.push(sql`(m.at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const audience = await audienceOf(tx)
  const rows = await tx.rows(sql<Movement>`
    select m.id, m.at, m.kind, json_build_object('id', p.id, 'sku', p.sku, 'name', p.name) as product,
           json_build_object('id', w.id, 'name', w.name) as warehouse,
           m.on_hand as "onHand", m.allocated, m.quarantine, m.unverified, m.announced, m.in_transit as "inTransit", m.backordered, m.reason,
           case when o.id is not null or t.id is not null or m.document_kind = 'count'
             then json_build_object('kind', m.document_kind, 'id', m.document_id, 'number', m.document) end as document
           ${audience === 'staff' ? sql`, m.actor` : sql``}
      from stock.movements m
      join catalog.products p on p.account_id = m.account_id and p.id = m.product_id
      join stock.warehouses w on w.account_id = m.account_id and w.id = m.warehouse_id
      left join orders.orders o on m.document_kind = 'order' and o.account_id = m.account_id and o.id = m.document_id
      left join transfers.transfers t on m.document_kind = 'transfer' and t.account_id = m.account_id and t.id = m.document_id
     where ${all(conditions)} order by m.at desc, m.id desc limit ${limit + 1}`)
  const last = rows.length > limit ? rows[limit - 1]! : undefined
  return { items: rows.slice(0, limit), nextCursor: last ? pages.seal([last.at, last.id], filter) : null }
}
