import { all, type Statement, sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf, ResponseOf } from '#kernel/endpoint.ts'
import { notFound } from '#kernel/problem.ts'
import { readingActions } from '#kernel/reads.ts'
import type { Call } from '#kernel/routes.ts'
import type { auditContract, historyKinds } from './contract.ts'

type Entry = ResponseOf<(typeof auditContract)['listAuditEntries']>['items'][number]
export type EntryFilter = BodyOf<(typeof auditContract)['exportAuditEntries']>
interface EntryRow extends Omit<Entry, 'subject' | 'changes'> {
  subjectKind: string | null
  subjectId: string | null
  subjectName?: string | null
  changes: Record<string, unknown> | null
}

export const wayOf = sql`case when a.member_id is null and a.request_id = 'command line' then 'command' else a.via end`

/** The record's name as it is now, where the caller may see it. */
export const nameOf = sql`case a.subject_kind
  when 'order' then (select o.number from orders.orders o where o.account_id = a.account_id and o.id = a.subject_id)
  when 'fulfillment_order' then (select f.number::text from fulfillment.fulfillment_orders f where f.account_id = a.account_id and f.id = a.subject_id)
  when 'product' then (select p.sku from catalog.products p where p.account_id = a.account_id and p.id = a.subject_id)
  when 'supplier' then (select p.name from access.parties p where p.account_id = a.account_id and p.id = a.subject_id)
  when 'member' then (select m.name from access.members m where m.account_id = a.account_id and m.id = a.subject_id)
  when 'role' then (select r.name from access.roles r where r.account_id = a.account_id and r.id = a.subject_id)
  when 'rule' then (select r.name from automation.rules r where r.account_id = a.account_id and r.id = a.subject_id)
end`

const columns = sql`a.id, a.at, a.actor, a.member_id as "memberId", a.role, ${wayOf} as via, a.action, a.outcome,
  a.subject_kind as "subjectKind", a.subject_id as "subjectId", a.request_id as "requestId",
  array(select jsonb_object_keys(a.fields)) as fields, v.changes`
const source = sql`access.audit a
  left join access.audit_values v on v.account_id = a.account_id and v.audit_id = a.id`

/** What narrows the log, over entries `a`. The days are those of the account. */
export function entryConditions(filter: EntryFilter): Statement<unknown> {
  const conditions: Statement<unknown>[] = []
  const day = (value: string, plus: number) =>
    sql`((${value}::date + ${plus}::integer)::timestamp at time zone (select timezone from access.accounts))`
  if (filter.memberId) conditions.push(sql`a.member_id = ${filter.memberId}::uuid`)
  if (filter.action) conditions.push(sql`a.action = ${filter.action}`)
  if (filter.recordId)
    conditions.push(sql`(a.subject_id = ${filter.recordId}::uuid or a.order_id = ${filter.recordId}::uuid)`)
  if (filter.via) conditions.push(sql`${wayOf} = ${filter.via}`)
  if (filter.outcome) conditions.push(filter.outcome === 'done' ? sql`a.outcome = 'done'` : sql`a.outcome <> 'done'`)
  if (filter.from) conditions.push(sql`a.at >= ${day(filter.from, 0)}`)
  if (filter.to) conditions.push(sql`a.at < ${day(filter.to, 1)}`)
  if (filter.reads) conditions.push(sql`a.action = any (${texts(readingActions)}) and a.outcome = 'done'`)
  return all(conditions)
}

/** A page of the log by keyset. */
export async function listEntries({ tx, query, pages }: Call<(typeof auditContract)['listAuditEntries']>) {
  const { cursor, limit = 50, ...filter } = query
  const after = pages.open(cursor, filter) as [string, string] | undefined
  const beyond = after ? sql`(a.at, a.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`
  const rows = await tx.rows(sql<EntryRow>`
    select ${columns}, ${nameOf} as "subjectName" from ${source}
     where ${entryConditions(filter)} and ${beyond} order by a.at desc, a.id desc limit ${limit + 1}`)
  const last = rows.length > limit ? rows[limit - 1]! : undefined
  return {
    items: rows.slice(0, limit).map(toEntry),
    nextCursor: last ? pages.seal([last.at, last.id], filter) : null,
  }
}

type HistoryKind = (typeof historyKinds)[number]
const isVisible: Record<HistoryKind, (id: string) => Statement<{ found: boolean }>> = {
  order: (id) => sql`select exists (select from orders.orders where id = ${id}) as found`,
  fulfillment_order: (id) => sql`select exists (select from fulfillment.fulfillment_orders where id = ${id}) as found`,
  product: (id) => sql`select exists (select from catalog.products where id = ${id}) as found`,
  rule: (id) => sql`select exists (select from automation.rules where id = ${id}) as found`,
  supplier: (id) => sql`select exists (select from access.parties where id = ${id} and kind = 'supplier') as found`,
  member: (id) => sql`select exists (select from access.members where id = ${id}) as found`,
  role: (id) => sql`select exists (select from access.roles where id = ${id}) as found`,
}
/** What a login has no grant on is not there for it. */
const known: Record<'client' | 'supplier', readonly HistoryKind[]> = {
  client: ['order'],
  supplier: ['fulfillment_order'],
}

/**
 * What was done to one record that the caller may see; the house sees with an order what was done to its fulfillment orders.
 * @throws Problem not_found
 */
export async function listHistory(tx: Tx, kind: HistoryKind, id: string) {
  const { audience } = await identify(tx)
  if (audience !== 'staff' && !known[audience].includes(kind)) throw notFound()
  const ofIt =
    audience === 'staff' && kind === 'order'
      ? sql`(a.order_id = ${id} or (a.subject_kind = 'order' and a.subject_id = ${id}))`
      : sql`a.subject_kind = ${kind} and a.subject_id = ${id}`
  const [visible, rows] = await tx.all(
    isVisible[kind](id),
    sql<EntryRow>`select ${columns} from ${source} where ${ofIt} order by a.at desc, a.id desc limit 200`,
  )
  if (!visible[0]!.found) throw notFound()
  return { items: rows.map(toEntry) }
}

async function identify(tx: Tx) {
  await tx.rows(sql`select`)
  return tx.who
}

const toEntry = ({ subjectKind, subjectId, subjectName = null, changes, ...row }: EntryRow): Entry => ({
  ...row,
  subject: subjectKind === null ? null : { kind: subjectKind, id: subjectId, name: subjectName },
  ...(changes === null ? {} : { changes }),
})
