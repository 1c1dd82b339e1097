import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid } from '#kernel/problem.ts'
import type { GivenRole } from '../commands/role-to-give.ts'

/**
 * The role of a key, where it allows nothing that its maker may not do himself; what only people do, no key may anyway.
 * Roles of clients and suppliers hold rights of another kind.
 * @throws Problem invalid_request naming what is too much
 */
export async function roleOfKey(tx: Tx, slug: string): Promise<GivenRole> {
  const role = await tx.first(sql<GivenRole>`
    select id, slug, audience, array(select p from unnest(permissions) p where app.by_key(p) order by p) as permissions
      from access.roles where slug = ${slug} and slug <> 'automation' and archived_at is null`)
  if (!role) throw invalid('role', 'is not a role of this account')
  const beyond = role.permissions.filter((permission) => !tx.who.permissions.includes(permission))
  if (role.audience === 'staff' && beyond.length > 0)
    throw invalid('role', `allows more than you may do yourself: ${beyond.join(', ')}`)
  return role
}
