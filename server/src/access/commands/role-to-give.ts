import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Audience } from '#kernel/permissions.ts'
import { invalid } from '#kernel/problem.ts'

export interface GivenRole {
  id: string
  slug: string
  audience: Audience
  permissions: string[]
}

/**
 * A role that the caller may give to a person: one of the account's, not a machine's, and no right in it that he does not
 * hold himself. Roles of clients and suppliers hold rights of another kind.
 * @throws Problem invalid_request
 */
export async function roleToGive(tx: Tx, slug: string): Promise<GivenRole> {
  const role = await tx.first(sql<GivenRole>`
    select id, slug, audience, permissions from access.roles where slug = ${slug} and slug not in ('automation', 'api') and archived_at is null`)
  if (!role) throw invalid('role', 'is not a role of this account')
  if (role.audience === 'staff' && !role.permissions.every((permission) => tx.who.permissions.includes(permission))) {
    throw invalid('role', 'allows more than you may do yourself')
  }
  return role
}
