import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { identify } from '#kernel/caller.ts'
import { sql } from '#kernel/db/sql.ts'
import { Reading, type Tx, write } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import type { Audience } from '#kernel/permissions.ts'
import { Problem } from '#kernel/problem.ts'

/**
 * Reads something as a member, by a view that lasts no longer than that: the database answers with his very rights, through
 * the login of his audience. Null where he is not let in now, or the caller may not look with his rights.
 */
export async function lookAs<T>(
  { request, deps }: { request: FastifyRequest; deps: Deps },
  member: { id: string; audience: Audience },
  look: (tx: Tx) => Promise<T>,
): Promise<T | null> {
  const { credential, pool, viewer } = identify(request, deps)
  if (viewer) return null
  const tokenHash = randomBytes(32)
  const may = await write(pool, credential, null, async (tx) => {
    if (tx.who.via !== 'hand' || !tx.who.permissions.includes('users:manage')) return false
    const row = await tx.first(sql<{ may: boolean }>`
      select access.start_view(${tokenHash}, ${tx.who.sessionId}, ${member.id}, interval '1 minute', '') as may`)
    return row!.may
  })
  if (!may) return null
  try {
    return await look(new Reading(deps.pools[member.audience], { tokenHash, purpose: 'view' }, null))
  } catch (problem) {
    if (problem instanceof Problem && problem.code === 'not_signed_in') return null
    throw problem
  } finally {
    await write(pool, credential, null, (tx) => tx.rows(sql`select from access.end_view(${tokenHash})`))
  }
}
