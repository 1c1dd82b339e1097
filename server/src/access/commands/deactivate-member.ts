import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound, Problem } from '#kernel/problem.ts'

/**
 * From the next request on he is refused: his sessions end in the same transaction.
 * @throws Problem not_found, wrong_state for oneself, last_administrator
 */
export async function deactivateMember(tx: Tx, id: string) {
  if (id === tx.who.memberId) throw new Problem('wrong_state', 'You cannot deactivate yourself.')
  const member = await tx.first(sql<{ name: string }>`
    update access.members set deactivated_at = coalesce(deactivated_at, app.now()), version = version + 1
     where id = ${id} and kind <> 'automation' returning name`)
  if (!member) throw notFound()
  await tx.rows(sql`select access.end_sessions(${id}, null)`)
  await audit(tx, 'member.deactivated', { kind: 'member', id }, { name: member.name })
  return {}
}

export async function reactivateMember(tx: Tx, id: string) {
  const member = await tx.first(sql<{ name: string }>`
    update access.members set deactivated_at = null, version = version + 1 where id = ${id} and kind <> 'automation' returning name`)
  if (!member) throw notFound()
  await audit(tx, 'member.reactivated', { kind: 'member', id }, { name: member.name })
  return {}
}
