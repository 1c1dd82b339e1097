import type { FastifyRequest } from 'fastify'
import { uuidv7 } from 'uuidv7'
import { readCookie } from '#kernel/cookies.ts'
import { sql } from '#kernel/db/sql.ts'
import { fp } from '#kernel/failpoints.ts'
import type { Audience } from '#kernel/permissions.ts'
import { Problem } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import { hashToken } from '#kernel/tokens.ts'
import type { accessContract } from '../contract.ts'
import { admit, isAt, placesOf } from '../identity/admit.ts'
import { knownDevice } from '../identity/devices.ts'
import type { Visit } from '../identity/start-session.ts'
import { countTry, forgiveTry, linkCounters, passwordCounters } from '../identity/throttle.ts'
import { addUser, hasPassword, userByEmail, wrongPassword } from '../identity/users.ts'
import { asIdentity, type Identity } from '../identity.ts'

interface InvitationRow {
  account_id: string
  invitation_id: string
  email: string
  name: string
  account_name: string
  party_name: string | null
  role_slug: string
  role_name: string
  locale: 'en' | 'fr'
  audience: Audience
}

/** A client's link is good at the portal, anybody else's at the desk. */
async function byToken(identity: Identity, token: string, { portal }: FastifyRequest) {
  const found = await identity.first(sql<InvitationRow>`select * from access.invitation_by_token(${hashToken(token)})`)
  return found && isAt(found, portal) ? found : undefined
}

/** Who is signed in in the browser that opens the link; undefined where nobody is. */
const signedIn = async (identity: Identity, visit: Pick<Visit, 'deps' | 'request'>) =>
  (
    await identity.first(sql<{ email: string }>`
      select * from access.person_behind(${hashToken(readCookie('session', visit) ?? '')}, 'web', ${visit.request.portal?.door ?? ''})`)
  )?.email

/** @throws Problem link_spent for a link that is unknown, used, replaced, revoked or expired: which of them, it does not say */
export async function lookAtInvitation(call: Call<(typeof accessContract)['lookAtInvitation']>) {
  const { body, deps, request } = call
  return await whoseLink(
    deps.pools.identity,
    async (identity) => {
      const found = await byToken(identity, body.token, request)
      if (!found) return undefined
      return {
        email: found.email,
        name: found.name,
        accountName: found.account_name,
        partyName: found.party_name,
        role: { slug: found.role_slug, name: found.role_name },
        locale: found.locale,
        knownUser: (await userByEmail(identity, found.email)) !== undefined,
        signedInAs: (await signedIn(identity, call)) ?? null,
      }
    },
    request,
  )
}

/**
 * The invited person sets his password (or gives the one he has) and is signed in, once his access has begun. The link is locked first and consumed
 * in the same transaction: of fifty at once, one gets in.
 * @throws Problem link_spent, signed_in_as_another, invalid_request for the password, too_many_tries
 */
export async function acceptInvitation(call: Call<(typeof accessContract)['acceptInvitation']>) {
  const { body, deps, request } = call
  const accepted = await whoseLink(
    deps.pools.identity,
    async (identity) => {
      await identity.rows(
        sql`select from identity.one_time_tokens where token_hash = ${hashToken(body.token)} for update`,
      )
      const found = await byToken(identity, body.token, request)
      if (!found) return undefined
      const present = await signedIn(identity, call)
      if (present && present.toLowerCase() !== found.email.toLowerCase()) throw new Problem('signed_in_as_another')
      const userId = await enterUser(identity, call, found)
      if (!userId) return 'wrong password'
      await fp('invite.after_user')
      const memberId = uuidv7()
      const { ok } = (await identity.first(sql<{ ok: boolean }>`
        select access.accept_invitation(${hashToken(body.token)}, ${userId}, ${memberId}) as ok`))!
      if (!ok) throw new Problem('link_spent')
      // His access may begin on a later day: he is in, and is let in from then on.
      if (!(await placesOf(identity, userId, request.portal)).some((place) => place.member_id === memberId))
        return { audience: null, choices: [], pending: null }
      const answer = await admit(identity, { userId, memberId, shown: 'one' }, call)
      await fp('invite.before_commit')
      return answer
    },
    request,
  )
  if (accepted === 'wrong password') throw wrongPassword()
  return accepted
}

/** The invited user: made now, or known and proved by his password, whose guesses are counted. */
async function enterUser(
  identity: Identity,
  { body, deps, request }: Call<(typeof accessContract)['acceptInvitation']>,
  invitation: InvitationRow,
): Promise<string | undefined> {
  const known = await userByEmail(identity, invitation.email)
  if (!known) return await addUser(identity, { ...invitation, name: body.name, password: body.password })
  const counters = passwordCounters(
    request,
    invitation.email,
    await knownDevice(identity, { deps, request }, invitation.email),
  )
  const tries = await countTry(identity, counters)
  if (!(await hasPassword(known, body.password))) return undefined
  await forgiveTry(identity, counters, tries)
  return known.id
}

/** Runs what a link allows; where it allows nothing, the guess is counted, and kept though the request fails. */
async function whoseLink<T>(
  pool: Parameters<typeof asIdentity>[0],
  work: (identity: Identity) => Promise<T | undefined>,
  request: Parameters<typeof linkCounters>[0],
): Promise<T> {
  const result = await asIdentity(pool, async (identity) => {
    const found = await work(identity)
    if (found === undefined) await countTry(identity, linkCounters(request))
    return found
  })
  if (result === undefined) throw new Problem('link_spent')
  return result
}
