import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, notFound } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import { roleToGive } from './role-to-give.ts'

/**
 * Gives a user another role; his next request has its rights. Who works for a supplier or a client stays there: for
 * another place he is invited anew.
 * @throws Problem not_found, changed_meanwhile, invalid_request, last_administrator
 */
export async function changeMember(tx: Tx, id: string, version: number, slug: string) {
  await tx.rows(sql`select from access.members where id = ${id} for update`)
  const before = await tx.first(sql<{ version: number; audience: string; role: string }>`
    select m.version, m.audience, r.slug as role from access.members m
      join access.roles r on r.account_id = m.account_id and r.id = m.role_id where m.id = ${id} and m.kind = 'person'`)
  if (!before) throw notFound()
  if (before.version !== version) throw changedMeanwhile(before, { role: slug })
  const role = await roleToGive(tx, slug)
  if (role.audience !== before.audience) throw invalid('role', 'is for people of another company')
  await tx.rows(sql`update access.members set role_id = ${role.id}, version = version + 1 where id = ${id}`)
  await audit(tx, 'member.role-changed', { kind: 'member', id }, { role: [before.role, slug] })
  return { version: version + 1 }
}
