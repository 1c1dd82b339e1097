import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import type { Portal } from '#kernel/door.ts'
import { notFound } from '#kernel/problem.ts'
import { asIdentity } from '../identity.ts'
import { myself } from './person.ts'
import { record } from './record.ts'

interface Row {
  id: string
  account_name: string
  user_agent: string
  address: string | null
  created_at: string
  seen_at: string
}

/** Where I am signed in, in whichever account, at a portal in that one; newest first. */
export async function listSessions(tx: Tx, deps: Deps, portal: Portal | null) {
  const me = await myself(tx, deps)
  const rows = await asIdentity(deps.pools.identity, (identity) =>
    identity.rows(sql<Row>`select * from access.sessions_of(${me.userId}, ${portal?.accountId ?? null})`),
  )
  const items = rows.map((row) => ({
    id: row.id,
    agent: row.user_agent,
    address: row.address,
    accountName: row.account_name,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    current: row.id === tx.who.sessionId,
  }))
  return { items }
}

/**
 * Ends one of my sessions, or all but this one.
 * @throws Problem not_found
 */
export async function endSessions(tx: Tx, deps: Deps, requestId: string, sessionId?: string): Promise<number> {
  const me = await myself(tx, deps)
  return await asIdentity(deps.pools.identity, async (identity) => {
    const but = sessionId ? null : tx.who.sessionId
    const { ended } = (await identity.first(
      sql<{ ended: number }>`select access.end_sessions_of(${me.userId}, ${sessionId ?? null}, ${but}) as ended`,
    ))!
    if (sessionId && ended === 0) throw notFound()
    await record(identity, requestId, { ...me, action: 'session.ended', changes: sessionId ? {} : { others: ended } })
    return ended
  })
}
