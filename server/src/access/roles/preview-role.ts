import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import { roleRows } from './list-roles.ts'
import { openInvitations } from './write-role.ts'

/** Who would be concerned if a role held these permissions; nothing is changed. */
export async function previewRole(tx: Tx, id: string, permissions: readonly string[]) {
  const role = await tx.first(roleRows(sql`r.id = ${id}`))
  if (!role) throw notFound()
  const names = await tx.rows(sql<{ name: string }>`
    select name from access.members where role_id = ${id} and deactivated_at is null order by lower(name), id limit 20`)
  return {
    added: permissions.filter((word) => !(role.permissions as string[]).includes(word)),
    removed: role.permissions.filter((word) => !permissions.includes(word)),
    members: role.members,
    invitations: await openInvitations(tx, id),
    names: names.map(({ name }) => name),
  }
}
