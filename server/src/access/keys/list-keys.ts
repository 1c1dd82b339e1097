import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Audience } from '#kernel/permissions.ts'
import type { Granted } from '../grants/scope.ts'

export interface KeyRow {
  id: string
  version: number
  name: string
  role_slug: string
  role_name: string
  audience: Audience
  party_id: string | null
  party_name: string | null
  scope: Granted
  maker: string | null
  maker_gone: boolean
  created_at: string
  expires_at: string | null
  revoked_at: string | null
  networks: string[] | null
  tokens: {
    createdAt: string
    expiresAt: string | null
    lastUsedAt: string | null
    lastUsedFrom: string | null
  }[]
}

export const keyRows = (condition: Statement<unknown>) => sql<KeyRow>`
  select * from access.list_keys() k where ${condition} order by k.revoked_at is not null, lower(k.name), k.id`

export async function listKeys(tx: Tx) {
  return { items: (await tx.rows(keyRows(sql`true`))).map(toKey) }
}

const toKey = (row: KeyRow) => ({
  id: row.id,
  version: row.version,
  name: row.name,
  role: { slug: row.role_slug, name: row.role_name },
  audience: row.audience,
  party: row.party_id ? { id: row.party_id, name: row.party_name! } : null,
  scope: row.scope,
  madeBy: row.maker,
  state: stateOf(row),
  networks: row.networks,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.tokens.reduce<string | null>(
    (latest, { lastUsedAt }) => (lastUsedAt && (!latest || lastUsedAt > latest) ? lastUsedAt : latest),
    null,
  ),
  secrets: row.tokens,
})

function stateOf(row: KeyRow) {
  if (row.revoked_at) return 'revoked' as const
  if (row.tokens.length === 0) return 'expired' as const
  return row.maker_gone ? ('orphaned' as const) : ('active' as const)
}
