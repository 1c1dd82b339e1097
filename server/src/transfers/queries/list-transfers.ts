import { all, type Statement, sql, texts, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Call } from '#kernel/routes.ts'
import type { transfersContract } from '../contract.ts'
import type { State } from '../lifecycle.ts'

type ListCall = Call<(typeof transfersContract)['listTransfers']>

export interface HeadRow {
  id: string
  number: string
  origin: 'client' | 'warehouse' | 'supplier'
  from: string
  warehouse: { id: string; name: string }
  ownerId: string
  state: State
  unannounced: boolean
  carrier: string
  tracking: string
  cartons: number | null
  expectedOn: string | null
  createdAt: string
  shippedAt: string | null
  deliveredAt: string | null
  receivedAt: string | null
  lineCount: number
  quantity: number
  arrived: number
  remaining: number
}

/** What stands at the head of transfer `t`. A portal user is named with his company; nobody announced what was taken in. */
export const headColumns = sql`
  t.id, t.number, t.origin, case when t.origin = 'client' and not t.unannounced then t.created_by || ' · ' || t.from_name else t.from_name end as from,
  json_build_object('id', t.warehouse_id, 'name', t.warehouse_name) as warehouse, t.owner_party_id as "ownerId", t.state, t.unannounced,
  t.carrier, t.tracking, t.cartons, t.expected_on as "expectedOn", t.created_at as "createdAt", t.shipped_at as "shippedAt",
  t.delivered_at as "deliveredAt", t.received_at as "receivedAt", s.lines as "lineCount", s.quantity, s.arrived, s.remaining`
export const sums = sql`lateral (
  select count(*)::integer as lines, coalesce(sum(l.quantity), 0)::bigint as quantity, coalesce(sum(l.remaining), 0)::bigint as remaining,
         coalesce(sum(l.good + l.damaged + l.unverified), 0)::bigint as arrived
    from transfers.lines l where l.account_id = t.account_id and l.transfer_id = t.id) s`

/** A page of transfers by keyset, the newest first; policies leave the caller's own in it. */
export async function listTransfers({ tx, query, pages }: ListCall) {
  const { cursor, limit = 50, ...filter } = query
  const after = pages.open(cursor, filter) as [string, string] | undefined
  const beyond = after ? sql`(t.created_at, t.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`
  const rows = await tx.rows(sql<HeadRow>`
    select ${headColumns}
      from transfers.transfers t cross join ${sums}
     where ${conditions(filter)} and ${beyond} order by t.created_at desc, t.id desc limit ${limit + 1}`)
  const last = rows.length > limit ? rows[limit - 1]! : undefined
  return { items: rows.slice(0, limit), nextCursor: last ? pages.seal([last.createdAt, last.id], filter) : null }
}

export type TransferFilter = Omit<ListCall['query'], 'cursor' | 'limit'>

/** What narrows transfers `t`: the list and its export ask here both. */
export function conditions({ state, warehouseId, ownerId, number, portalUser }: TransferFilter) {
  const users = portalUser?.filter((one) => one !== 'none') ?? []
  const byUser: Statement<unknown>[] = [
    ...(users.length > 0
      ? [sql`t.created_by_id = any (${uuids(users)}) and t.origin = 'client' and not t.unannounced`]
      : []),
    ...(portalUser?.includes('none') ? [sql`t.origin <> 'client' or t.unannounced`] : []),
  ]
  return all([
    ...(state?.length ? [sql`t.state = any (${texts(state)})`] : []),
    ...(warehouseId ? [sql`t.warehouse_id = ${warehouseId}::uuid`] : []),
    ...(ownerId ? [sql`t.owner_party_id = ${ownerId}::uuid`] : []),
    ...(number ? [sql`t.number = ${number.trim().toUpperCase()}`] : []),
    ...(byUser.length > 0 ? [sql`(${sql.join(byUser, sql` or `)})`] : []),
  ])
}

/** Where one may send to, whose goods, and which portal users the list knows (for a client none). */
export async function listTransferChoices(tx: Tx) {
  const [warehouses, owners] = await tx.all(
    sql<
      Record<'id' | 'name' | 'line1' | 'line2' | 'city' | 'region' | 'postcode' | 'country', string>
    >`select * from transfers.destinations()`,
    sql<{ id: string; kind: 'self' | 'client'; name: string }>`select * from transfers.owners()`,
  )
  const portalUsers =
    tx.who.audience === 'client'
      ? []
      : await tx.rows(sql<{ id: string; name: string; client: string }>`select * from transfers.portal_users()`)
  return { warehouses, owners, portalUsers }
}
