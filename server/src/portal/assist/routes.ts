import { uuidv7 } from 'uuidv7'
import { openView } from '#access'
import { audit } from '#kernel/audit.ts'
import { sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import type { Handlers } from '#kernel/routes.ts'
import type { assistContract } from './contract.ts'

interface AssistRow {
  id: string
  grantedBy: string
  note: string
  grantedAt: string
  until: string
  endedAt: string | null
  looks: { by: string; at: string; page: string; of: string | null }[]
}

export const assistHandlers: Handlers<typeof assistContract> = {
  listAssists: ({ tx }) => listAssists(tx),
  async grantAssist({ tx, body }) {
    const id = uuidv7()
    await tx.rows(sql`select portal.grant_assist(${id}, ${body.hours}, ${body.note ?? ''})`)
    await audit(tx, 'assist.granted', { kind: 'client', id: tx.who.partyId! }, { hours: body.hours })
    return await listAssists(tx)
  },
  async endAssist({ tx }) {
    const ended = await tx.first(sql<{ count: number }>`select portal.end_assist() as count`)
    if (ended!.count > 0) await audit(tx, 'assist.ended', { kind: 'client', id: tx.who.partyId! })
    return await listAssists(tx)
  },
  async getClientAssist({ tx, params }) {
    const [clients, allowed] = await tx.all(
      sql`select 1 from access.parties where id = ${params.id} and kind = 'client'`,
      sql<{ grantedBy: string; note: string; until: string }>`
        select granted_by as "grantedBy", note, until from portal.assist_of(${params.id})`,
    )
    if (!clients[0]) throw notFound()
    return { allowed: allowed[0] ?? null }
  },
  /** A client who allows nothing is, to who would look, like one who is not there. */
  async startAssist(call) {
    const { tx, params } = call
    const target = await tx.first(sql<{ id: string; name: string; role: string }>`
      select a.member_id as id, a.granted_by as name, 'client-admin' as role from portal.assist_of(${params.id}) a`)
    if (!target) throw notFound()
    await openView(call, { ...target, audience: 'client' })
    return {}
  },
}

/** What was looked at is named by its number, as the client himself may read it now. */
async function listAssists(tx: Tx) {
  const rows = await tx.rows(sql<AssistRow>`
    select id, granted_by as "grantedBy", note, granted_at as "grantedAt", until, ended_at as "endedAt", looks from portal.my_assists()`)
  const ids = [...new Set(rows.flatMap(({ looks }) => looks.flatMap(({ of }) => of ?? [])))].filter((id) =>
    isId.test(id),
  )
  const known = await tx.rows(sql<{ id: string; name: string }>`
    select id, number as name from orders.orders where id = any(${uuids(ids)})
    union all select id, number from transfers.transfers where id = any(${uuids(ids)})
    union all select id, sku from catalog.products where id = any(${uuids(ids)})`)
  const names = new Map(known.map(({ id, name }) => [id, name]))
  const items = rows.map(({ looks, ...assist }) => ({
    ...assist,
    looks: looks.map(({ of, ...look }) => ({ ...look, record: names.get(of ?? '') ?? null })),
  }))
  return { items }
}
const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
