import { randomUUID } from 'node:crypto'
import { sql } from '#kernel/db/sql.ts'
import type { Audience } from '#kernel/permissions.ts'
import { Problem } from '#kernel/problem.ts'
import { type Call, refuseForeignOrigin } from '#kernel/routes.ts'
import type { accessContract } from '../contract.ts'
import { asIdentity, type Identity } from '../identity.ts'
import { verifyPassword } from '../passwords.ts'
import { startSession } from './start-session.ts'

interface Place {
  account_id: string
  account_name: string
  member_id: string
  audience: Audience
  party_name: string | null
  role_name: string
}

/** Failures that are let through in a quarter of an hour, for one address of the network with one e-mail address, and for each alone. */
const limits = { pair: 10, network: 100 }

/**
 * Signs a person in: into his only place, or the one he names; with several and none named, answers the choices and no
 * session. Unknown address and wrong password cost and say the same. Nobody can lock another out: failures count by the
 * network address they come from.
 * @throws Problem wrong_credentials, too_many_tries
 */
export async function signIn({ body, deps, request, reply }: Call<(typeof accessContract)['signIn']>) {
  refuseForeignOrigin(request)
  const key = body.email.trim().toLowerCase()
  const keys = { pair: `pair ${request.ip} ${key}`, network: `network ${request.ip}` }
  const user = await asIdentity(deps.pools.identity, async (identity) => {
    const failures = await identity.first(sql<{ pair: number; network: number }>`
      select count(*) filter (where key = ${keys.pair}) as pair, count(*) filter (where key = ${keys.network}) as network
        from identity.attempts where key in (${keys.pair}, ${keys.network}) and at > app.now() - interval '15 minutes'`)
    if (failures!.pair >= limits.pair || failures!.network >= limits.network) throw new Problem('too_many_tries')
    return await identity.first(sql<{ id: string; password_hash: string | null }>`
      select id, password_hash from identity.users where email_key = ${key}`)
  })
  const fits = await verifyPassword(user?.password_hash, body.password)
  return await asIdentity(deps.pools.identity, async (identity) => {
    const places = fits ? await placesOf(identity, user!.id) : []
    if (places.length === 0) {
      await identity.rows(
        sql`insert into identity.attempts (id, key) values (${randomUUID()}, ${keys.pair}), (${randomUUID()}, ${keys.network})`,
      )
      return undefined
    }
    await identity.rows(
      sql`delete from identity.attempts where key = ${keys.pair} or at < app.now() - interval '1 day'`,
    )
    const place = body.memberId
      ? places.find((one) => one.member_id === body.memberId)
      : places.length === 1
        ? places[0]
        : undefined
    if (!place) return { audience: null, choices: places.map(asChoice) }
    await startSession(
      identity,
      { accountId: place.account_id, memberId: place.member_id, audience: place.audience },
      deps,
      reply,
    )
    return { audience: place.audience, choices: [] }
  }).then((answer) => {
    if (!answer) throw new Problem('wrong_credentials')
    return answer
  })
}

export const placesOf = (identity: Identity, userId: string) =>
  identity.rows(sql<Place>`select * from access.places_of(${userId})`)

const asChoice = (place: Place) => ({
  memberId: place.member_id,
  accountName: place.account_name,
  partyName: place.party_name,
  roleName: place.role_name,
})
