import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Granted } from '../grants/scope.ts'

interface MemberRow {
  id: string
  kind: 'person' | 'key'
  name: string
  email: string | null
  role_slug: string
  role_name: string
  party_id: string | null
  party_name: string | null
  deactivated_at: string | null
  has_ended: boolean
  scope: Granted
  batch: string | null
  created_at: string
  version: number
}

export async function listMembers(tx: Tx) {
  const rows = await tx.rows(sql<MemberRow>`
    select m.id, m.kind, m.name, m.email, r.slug as role_slug, r.name as role_name, p.id as party_id, p.name as party_name,
           m.deactivated_at, coalesce(m.valid_until <= app.now(), false) as has_ended, access.scope_of(m) as scope, m.batch, m.created_at, m.version
      from access.members m
      join access.roles r on r.account_id = m.account_id and r.id = m.role_id
      left join access.parties p on p.account_id = m.account_id and p.id = m.party_id
     where m.kind in ('person', 'key') order by m.deactivated_at is not null, lower(m.name), m.id`)
  const items = rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    email: row.email,
    role: { slug: row.role_slug, name: row.role_name },
    party: row.party_id ? { id: row.party_id, name: row.party_name! } : null,
    state: row.deactivated_at ? ('deactivated' as const) : row.has_ended ? ('ended' as const) : ('active' as const),
    scope: row.scope,
    batch: row.batch,
    createdAt: row.created_at,
    version: row.version,
  }))
  return { items }
}
