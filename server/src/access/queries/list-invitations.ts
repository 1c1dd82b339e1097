import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Audience } from '#kernel/permissions.ts'
import { type Granted, startOf } from '../grants/scope.ts'

interface InvitationRow {
  id: string
  email: string
  name: string
  role_slug: string
  role_name: string
  party_id: string | null
  party_name: string | null
  audience: Audience
  /** Null in an invitation that was made before it could hold one. */
  scope: Granted | null
  batch: string | null
  state: 'invited' | 'accepted' | 'expired' | 'revoked'
  expires_at: string
  created_at: string
}

export const invitationRows = (condition: Statement<unknown>) => sql<InvitationRow>`
  select i.id, i.email, i.name, r.slug as role_slug, r.name as role_name, p.id as party_id, p.name as party_name,
         case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked'
              when i.expires_at <= app.now() then 'expired' else 'invited' end as state, i.expires_at, i.created_at,
         r.audience, case when i.grants <> '{}' then access.with_names(i.account_id, i.grants) end as scope, i.batch
    from access.invitations i
    join access.roles r on r.account_id = i.account_id and r.id = i.role_id
    left join access.parties p on p.account_id = i.account_id and p.id = i.party_id
   where ${condition} order by i.created_at desc, i.id desc limit 500`

export const toInvitation = (row: InvitationRow) => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: { slug: row.role_slug, name: row.role_name },
  party: row.party_id ? { id: row.party_id, name: row.party_name! } : null,
  audience: row.audience,
  state: row.state,
  scope: row.scope ?? (startOf(row.audience) as Granted),
  batch: row.batch,
  expiresAt: row.expires_at,
  createdAt: row.created_at,
})

export async function listInvitations(tx: Tx) {
  return { items: (await tx.rows(invitationRows(sql`true`))).map(toInvitation) }
}
