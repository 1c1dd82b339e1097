import { audit } from '#kernel/audit.ts'
import { sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'

/**
 * Signs a person out everywhere, from the next request on; views as him and by him end too; work under way stays.
 * @throws Problem not_found
 */
export async function endSessions(tx: Tx, id: string) {
  const member = await tx.first(sql`select 1 from access.members where id = ${id} and kind = 'person'`)
  if (!member) throw notFound()
  const { ended } = (await tx.first(sql<{ ended: number }>`
    select access.end_sessions(${id}, ${texts(['web', 'pending', 'view'])}) as ended`))!
  await audit(tx, 'member.sessions-ended', { kind: 'member', id }, { ended })
  return { ended }
}
