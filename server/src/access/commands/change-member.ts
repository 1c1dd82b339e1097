import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, notFound } from '#kernel/problem.ts'
import { roleToGive } from './role-to-give.ts'

/**
 * Gives a user another role; his next request has its rights. Who works for a supplier or a client stays there: for
 * another place he is invited anew.
 * @throws Problem not_found, invalid_request, last_administrator
 */
export async function changeMember(tx: Tx, id: string, slug: string) {
  const before = await tx.first(sql<{ audience: string; slug: string }>`
    select m.audience, r.slug from access.members m
      join access.roles r on r.account_id = m.account_id and r.id = m.role_id where m.id = ${id} and m.kind = 'person'`)
  if (!before) throw notFound()
  const role = await roleToGive(tx, slug)
  if (role.audience !== before.audience) throw invalid('role', 'is for people of another company')
  await tx.rows(sql`update access.members set role_id = ${role.id}, version = version + 1 where id = ${id}`)
  await audit(tx, 'member.role-changed', { kind: 'member', id }, { role: [before.slug, slug] })
  return {}
}
