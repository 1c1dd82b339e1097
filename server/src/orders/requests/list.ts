import { all, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Call } from '#kernel/routes.ts'
import type { Value } from '../edit-body.ts'
import { isLine } from '../edit-fields.ts'
import type { requestsContract } from './contract.ts'
import type { RequestKind, RequestState } from './lifecycle.ts'

interface Row {
  id: string
  orderId: string
  orderNumber: string
  kind: RequestKind
  proposal: boolean
  state: RequestState
  reason: string
  askedBy: string
  origin: 'host' | 'client'
  clientName: string | null
  askedAt: string
  mine: boolean
  answer: string
  answeredBy: string | null
  answeredAt: string | null
  fields: string[]
  version: number
  values: { field: string; side: 'old' | 'wanted'; value: Value }[]
  lines: { id: string; position: number; sku: string; name: string }[]
}

/** Requests of the orders one sees, newest first, with as much of what is wanted as one may read. */
export async function listRequests({ tx, query, pages }: Call<(typeof requestsContract)['listRequests']>) {
  const { cursor, limit = 50, ...filter } = query
  const after = pages.open(cursor, filter) as [string, string] | undefined
  const { state = 'open' } = filter
  const conditions = all([
    ...(state === 'all' ? [] : [sql`r.state = ${state}`]),
    ...(filter.mine ? [sql`r.member_id = (select app.member_id())`] : []),
    ...(filter.orderId ? [sql`r.order_id = ${filter.orderId}::uuid`] : []),
    ...(after ? [sql`(r.asked_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`] : []),
  ])
  const rows = await tx.rows(sql<Row>`
    select r.id, r.order_id as "orderId", o.number as "orderNumber", r.kind, r.proposal, r.state, r.reason, r.asked_by as "askedBy", r.origin,
           case r.origin when 'client' then orders.client_of(r.store_id) end as "clientName", r.asked_at as "askedAt",
           r.member_id = (select app.member_id()) as mine, r.answer, r.answered_by as "answeredBy", r.answered_at as "answeredAt", r.fields, r.version,
           coalesce((select json_agg(json_build_object('field', v.field, 'side', v.side, 'value', v.value)) from orders.change_values v
                      where v.account_id = r.account_id and v.request_id = r.id), '[]') as values,
           coalesce((select json_agg(json_build_object('id', l.id, 'position', l.position, 'sku', l.sku, 'name', l.name)) from orders.lines l
                      where l.account_id = r.account_id and l.order_id = r.order_id and r.fields::text like '%lines.%'), '[]') as lines
      from orders.change_requests r
      join orders.orders o on o.account_id = r.account_id and o.id = r.order_id
     where ${conditions} order by r.asked_at desc, r.id desc limit ${limit + 1}`)
  const last = rows.length > limit ? rows[limit - 1]! : undefined
  const mayAnswer = tx.who.permissions.includes('orders:approve')
  return {
    items: rows.slice(0, limit).map((row) => toItem(row, mayAnswer)),
    nextCursor: last ? pages.seal([last.askedAt, last.id], filter) : null,
  }
}

export async function countRequests(tx: Tx) {
  const row = await tx.first(sql<{ open: number; mine: number }>`
    select count(*) as open, count(*) filter (where member_id = (select app.member_id())) as mine
      from orders.change_requests where state = 'open'`)
  return row!
}

function toItem({ values, lines, fields, ...row }: Row, mayAnswer: boolean) {
  const value = (field: string, side: 'old' | 'wanted') => {
    const found = values.find((one) => one.field === field && one.side === side)
    return found ? { [side]: found.value } : {}
  }
  const lineOf = (field: string) => {
    const line = isLine(field) ? lines.find(({ id }) => field.startsWith(`lines.${id}.`)) : undefined
    return line ? { line: { position: line.position, sku: line.sku, name: line.name } } : {}
  }
  return {
    ...row,
    fields: fields.map((field) => ({
      field,
      ...value(field, 'old'),
      ...value(field, 'wanted'),
      ...lineOf(field),
    })),
    can: { answer: row.state === 'open' && mayAnswer, withdraw: row.state === 'open' && row.mine },
  }
}
