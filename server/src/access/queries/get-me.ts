import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'

interface AccountRow {
  id: string
  name: string
  currency: string
  timezone: string
}

/** The caller himself: his account, role, company and what he may do. */
export async function getMe(tx: Tx) {
  const [accounts, preferences, roles, parties] = await tx.all(
    sql<AccountRow>`select id, access.account_name() as name, currency, timezone from access.accounts where id = app.account_id()`,
    sql<{
      email: string
      locale: 'en' | 'fr'
      preferences: Record<string, unknown>
    }>`select * from access.my_preferences()`,
    sql<{ slug: string; name: string }>`
      select r.slug, r.name from access.roles r join access.members m on m.account_id = r.account_id and m.role_id = r.id
       where m.id = app.member_id()`,
    sql<{ id: string; name: string }>`select id, name from access.parties where id = app.party_id()`,
  )
  const mine = preferences[0]
  return {
    user: {
      id: tx.who.userId,
      name: tx.who.name,
      email: mine?.email ?? null,
      locale: mine?.locale ?? ('en' as const),
      preferences: mine?.preferences ?? {},
    },
    account: accounts[0]!,
    audience: tx.who.audience,
    party: parties[0] ?? null,
    role: roles[0]!,
    permissions: tx.who.permissions,
    viewing: tx.who.viewer
      ? {
          viewer: tx.who.viewer,
          as: tx.who.kind === 'preview' ? ('role' as const) : ('member' as const),
          name: tx.who.name,
        }
      : null,
  }
}
