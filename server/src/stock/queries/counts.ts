import { all, sql } from '#kernel/db/sql.ts'
import type { Call } from '#kernel/routes.ts'
import type { stockContract } from '../contract.ts'

interface Count {
  id: string
  product: { id: string; sku: string; name: string }
  warehouse: { id: string; name: string }
  expected: number
  counted: number
  state: 'waiting' | 'applied' | 'refused'
  reason: string
  countedBy: string
  countedAt: string
  answeredBy: string | null
  answeredAt: string | null
  version: number
}

/** A page of counts, the newest first. */
export async function listCounts({ tx, query, pages }: Call<(typeof stockContract)['listCounts']>) {
  const { cursor, limit = 50, ...filter } = query
  const after = pages.open(cursor, filter) as [string, string] | undefined
  const conditions = [
    ...(filter.state ? [sql`c.state = ${filter.state}`] : []),
    ...(after ? [sql`(c.counted_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`] : []),
  ]
  const rows = await tx.rows(sql<Count>`
    select c.id, json_build_object('id', p.id, 'sku', p.sku, 'name', p.name) as product,
           json_build_object('id', w.id, 'name', w.name) as warehouse, c.expected, c.counted, c.state, c.reason,
           c.counted_by as "countedBy", c.counted_at as "countedAt", c.answered_by as "answeredBy", c.answered_at as "answeredAt", c.version
      from stock.counts c
      join catalog.products p on p.account_id = c.account_id and p.id = c.product_id
      join stock.warehouses w on w.account_id = c.account_id and w.id = c.warehouse_id
     where ${all(conditions)} order by c.counted_at desc, c.id desc limit ${limit + 1}`)
  const last = rows.length > limit ? rows[limit - 1]! : undefined
  return { items: rows.slice(0, limit), nextCursor: last ? pages.seal([last.countedAt, last.id], filter) : null }
}
