import { sql } from '#kernel/db/sql.ts'
import type { Audience } from '#kernel/permissions.ts'
import { Problem } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import type { accessContract } from '../contract.ts'
import { asIdentity, type Identity } from '../identity.ts'
import { verifyPassword } from '../passwords.ts'
import { countTry, forgiveTry, passwordCounters } from '../throttle.ts'
import { startSession } from './start-session.ts'

interface Place {
  account_id: string
  account_name: string
  member_id: string
  audience: Audience
  party_name: string | null
  role_slug: string
  role_name: string
}

/**
 * Signs a person in: into his only place, or the one he names; with several and none named, answers the choices and no
 * session. Unknown address and wrong password cost and say the same.
 * @throws Problem wrong_credentials, too_many_tries
 */
export async function signIn({ body, deps, request, reply }: Call<(typeof accessContract)['signIn']>) {
  const counters = passwordCounters(request, body.email)
  const { tries, user } = await asIdentity(deps.pools.identity, async (identity) => ({
    tries: await countTry(identity, counters),
    user: await identity.first(sql<{ id: string; password_hash: string | null }>`
      select id, password_hash from identity.users where email_key = ${body.email.trim().toLowerCase()}`),
  }))
  if (!(await verifyPassword(user?.password_hash, body.password))) {
    // Asked for an unknown address too, whose answer must take as long.
    await asIdentity(deps.pools.identity, (one) => record(one, user?.id ?? null, null, 'wrong_credentials', request.id))
    throw new Problem('wrong_credentials')
  }
  return await asIdentity(deps.pools.identity, async (identity) => {
    const places = await placesOf(identity, user!.id)
    if (places.length === 0) throw new Problem('wrong_credentials')
    await forgiveTry(identity, counters, tries)
    const named = body.memberId ? places.filter((one) => one.member_id === body.memberId) : places
    if (named.length !== 1) return { audience: null, choices: places.map(asChoice) }
    const place = named[0]!
    await startSession(
      identity,
      { accountId: place.account_id, memberId: place.member_id, audience: place.audience },
      deps,
      reply,
    )
    await record(identity, user!.id, place.member_id, 'done', request.id)
    return { audience: place.audience, choices: [] }
  })
}

const placesOf = (identity: Identity, userId: string) =>
  identity.rows(sql<Place>`select * from access.places_of(${userId})`)

/** In the place he took; a refusal, which names none, in each place he has. */
const record = (
  identity: Identity,
  userId: string | null,
  memberId: string | null,
  outcome: string,
  requestId: string,
) => identity.rows(sql`select access.record_sign_in(${userId}, ${memberId}, ${outcome}, ${requestId})`)

const asChoice = (place: Place) => ({
  memberId: place.member_id,
  accountName: place.account_name,
  partyName: place.party_name,
  role: { slug: place.role_slug, name: place.role_name },
})
