import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Audience } from '#kernel/permissions.ts'
import type { Granted } from '../grants/scope.ts'
import type { Standing } from '../shapes.ts'
import { standing } from './standing.ts'

interface MemberRow {
  id: string
  name: string
  email: string | null
  role_slug: string
  role_name: string
  party_id: string | null
  party_name: string | null
  state: Standing
  is_owner: boolean
  has_second_factor: boolean
  last_seen_at: string | null
  audience: Audience
  scope: Granted
  batch: string | null
  created_at: string
  version: number
}

/** Everybody of the account with how each stands now. Keys have a list of their own; the house's automation is nobody. */
export async function listMembers(tx: Tx) {
  const rows = await tx.rows(sql<MemberRow>`
    select m.id, m.name, m.email, r.slug as role_slug, r.name as role_name, p.id as party_id, p.name as party_name,
           m.audience, access.scope_of(m) as scope, m.batch, m.created_at, m.version, m.last_seen_at, a.owner_id is not distinct from m.id as is_owner,
           m.id in (select member_id from access.second_factors(m.account_id)) as has_second_factor,
           ${standing} as state
      from access.members m
      join access.accounts a on a.id = m.account_id
      join access.roles r on r.account_id = m.account_id and r.id = m.role_id
      left join access.parties p on p.account_id = m.account_id and p.id = m.party_id
     where m.kind = 'person' order by m.deactivated_at is not null, lower(m.name), m.id`)
  const items = rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: { slug: row.role_slug, name: row.role_name },
    party: row.party_id ? { id: row.party_id, name: row.party_name! } : null,
    audience: row.audience,
    state: row.state,
    owner: row.is_owner,
    secondFactor: row.has_second_factor,
    lastSeenAt: row.last_seen_at,
    scope: row.scope,
    batch: row.batch,
    createdAt: row.created_at,
    version: row.version,
  }))
  return { items }
}
