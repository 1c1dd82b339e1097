import { invitationRows, type Standing, standing, toInvitation } from '#access'
import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import type { Named } from './clients.ts'

interface UserRow {
  id: string
  version: number
  name: string
  email: string
  role_slug: string
  role_name: string
  state: Standing
  scope: { stores: Named[]; warehouses: Named[] }
  last_seen_at: string | null
  created_at: string
}

const userRows = (condition: Statement<unknown>) => sql<UserRow>`
  select m.id, m.version, m.name, m.email, r.slug as role_slug, r.name as role_name, m.last_seen_at, m.created_at,
         access.with_names(m.account_id, portal.scope_of_user(m.id)) as scope,
         ${standing} as state
    from access.members m
    join access.accounts a on a.id = m.account_id
    join access.roles r on r.account_id = m.account_id and r.id = m.role_id
   where m.audience = 'client' and m.kind = 'person' and ${condition}
   order by m.deactivated_at is not null, lower(m.name), m.id`

const toUser = (row: UserRow) => ({
  id: row.id,
  version: row.version,
  name: row.name,
  email: row.email,
  role: { slug: row.role_slug, name: row.role_name },
  state: row.state,
  stores: row.scope.stores,
  warehouses: row.scope.warehouses,
  lastSeenAt: row.last_seen_at,
  createdAt: row.created_at,
})

/** The people of a client, and the invitations that were not taken back; the last five hundred. */
export async function listPortalUsers(tx: Tx, clientId: string) {
  const [clients, users, invitations] = await tx.all(
    sql`select 1 from access.parties where id = ${clientId} and kind = 'client'`,
    userRows(sql`m.party_id = ${clientId}`),
    invitationRows(sql`i.party_id = ${clientId}`),
  )
  if (clients.length === 0) throw notFound()
  return { users: users.map(toUser), invitations: invitations.map(toInvitation) }
}

/**
 * A portal user of this client.
 * @throws Problem not_found, also for one of another client
 */
export async function getPortalUser(tx: Tx, clientId: string, id: string) {
  const row = await tx.first(userRows(sql`m.id = ${id} and m.party_id = ${clientId}`))
  if (!row) throw notFound()
  return toUser(row)
}
