import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Audience } from '#kernel/permissions.ts'
import { notFound } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import { admit, factorsOf, placesOf } from '../identity/admit.ts'
import { myself } from '../identity/person.ts'
import { asIdentity } from '../identity.ts'
import type { providersContract } from './contract.ts'

interface Place {
  member_id: string
  account_name: string
  party_name: string | null
  role_slug: string
  role_name: string
  audience: Audience
}

/** Where the caller's person works. Whoever came in by a provider has this place alone: it speaks for no other account. */
export async function listPlaces(tx: Tx) {
  const rows = await tx.rows(sql<Place>`select * from access.my_places()`)
  const { memberId, providerId } = tx.who
  const items = rows
    .filter((row) => !providerId || row.member_id === memberId)
    .map((row) => ({
      memberId: row.member_id,
      accountName: row.account_name,
      partyName: row.party_name,
      role: { slug: row.role_slug, name: row.role_name },
      audience: row.audience,
      current: row.member_id === memberId,
    }))
  return { items }
}

/**
 * Goes on in another place of the same person: a new session, bound to it, takes the place of this one. When he last showed
 * who he is stays; where the other role needs a second factor and he has none, he makes one first.
 * @throws Problem not_found, not_permitted, view_only, provider_required
 */
export async function switchPlace(call: Call<(typeof providersContract)['switchPlace']>) {
  const { tx, body, deps, request } = call
  const me = await myself(tx, deps)
  const { answer, audit: to } = await asIdentity(deps.pools.identity, async (identity) => {
    const places = await placesOf(identity, me.userId, request.portal)
    const place = places.find(({ member_id }) => member_id === body.memberId)
    if (!place) throw notFound()
    const { code, passkey } = await factorsOf(identity, me.userId)
    const session = await identity.first(sql<{ proved_at: string }>`
      select proved_at::text from identity.sessions where id = ${tx.who.sessionId}`)
    // With a factor of his own he has shown it to come in here.
    const shown = code || passkey ? 'both' : 'one'
    const person = { userId: me.userId, memberId: body.memberId, shown, provedAt: session?.proved_at } as const
    return { answer: await admit(identity, person, call), audit: place.member_id }
  })
  await audit(tx, 'session.switched', { kind: 'member', id: to })
  return answer
}
