import type { Static } from 'typebox'
import { sql } from '#kernel/db/sql.ts'
import type { Portal } from '#kernel/door.ts'
import type { Audience } from '#kernel/permissions.ts'
import { Problem } from '#kernel/problem.ts'
import type { Identity } from '../identity.ts'
import type { SignedIn } from '../shapes.ts'
import { rememberDevice } from './devices.ts'
import { tell } from './mails.ts'
import { record } from './record.ts'
import { agentOf, startPending, startSession, type Visit } from './start-session.ts'
import { networkOf } from './throttle.ts'

interface Place {
  account_id: string
  account_name: string
  member_id: string
  audience: Audience
  party_name: string | null
  role_slug: string
  role_name: string
  second_factor: boolean
  last_seen_at: string | null
}

/** Where a person may sign in, now: at a portal as a client of its account, at the desk as anybody else. */
export const placesOf = async (identity: Identity, userId: string, portal: Portal | null) =>
  (await everyPlaceOf(identity, userId)).filter((one) => isAt(one, portal))

export const everyPlaceOf = (identity: Identity, userId: string) =>
  identity.rows(sql<Place>`select * from access.places_of(${userId})`)

/** Whether a place of somebody is entered by this door. */
export const isAt = (place: { audience: Audience; account_id: string }, portal: Portal | null): boolean =>
  place.audience === 'client' ? place.account_id === portal?.accountId : !portal

/** For sorting places: where he was at last first, where he never was last. */
export const lastSeenFirst = (a: Place, b: Place) =>
  (b.last_seen_at ?? '').localeCompare(a.last_seen_at ?? '') || a.member_id.localeCompare(b.member_id)

/** Which second factors a person has. */
export const factorsOf = async (identity: Identity, userId: string) =>
  (await identity.first(sql<{ code: boolean; passkey: boolean }>`
    select exists (select from identity.totp where user_id = ${userId} and confirmed_at is not null) as code,
           exists (select from identity.passkeys where user_id = ${userId}) as passkey`))!

/** What somebody has shown: one thing (a password, a word of his provider), or two (a passkey is both; password and factor). */
export type Shown = 'one' | 'both'

/**
 * Lets a person in who has shown who he is: into his only place, or the one he names; with several and none named, answers
 * the choices and no session. Who has a second factor, or whose role needs one, gets half a session until he has shown it.
 * @throws Problem wrong_credentials where he has no place, provider_required where it is the provider that lets people in
 */
export async function admit(
  identity: Identity,
  person: { userId: string; memberId?: string | undefined; shown: Shown; provedAt?: string | undefined },
  visit: Visit,
): Promise<Static<typeof SignedIn>> {
  const places = await placesOf(identity, person.userId, visit.request.portal)
  if (places.length === 0) throw new Problem('wrong_credentials')
  const named = person.memberId ? places.filter((one) => one.member_id === person.memberId) : places
  if (named.length !== 1) return { audience: null, choices: places.map(asChoice), pending: null }
  const place = named[0]!
  const bound = await identity.first(
    sql<{ bound: boolean }>`select access.must_use_provider(${place.account_id}, ${place.member_id}) as bound`,
  )
  if (bound?.bound) throw new Problem('provider_required')
  const seat = { accountId: place.account_id, memberId: place.member_id, audience: place.audience }
  if (person.shown === 'one') {
    const { code, passkey } = await factorsOf(identity, person.userId)
    const pending = code || passkey ? 'prove' : place.second_factor ? 'enroll' : null
    if (pending) {
      await startPending(identity, seat, pending, visit)
      return { audience: null, choices: [], pending }
    }
  }
  await startSession(identity, seat, visit, { provedAt: person.provedAt })
  const isNew = await rememberDevice(identity, person.userId, visit)
  await record(identity, visit.request.id, { ...person, memberId: place.member_id, action: 'session.started' })
  if (isNew) {
    const facts = { agent: agentOf(visit.request), network: networkOf(visit.request.ip) }
    await tell(identity, person.userId, 'new-device', { facts, portal: visit.request.portal })
  }
  return { audience: place.audience, choices: [], pending: null }
}

const asChoice = (place: Place) => ({
  memberId: place.member_id,
  accountName: place.account_name,
  partyName: place.party_name,
  role: { slug: place.role_slug, name: place.role_name },
})
