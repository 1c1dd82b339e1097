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
import { addUser, hashOfNew, hasPassword, type User, userByEmail, wrongPassword } from '../identity/users.ts'
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

type Accept = Call<(typeof accessContract)['acceptInvitation']>
const underWay = new Map<string, Promise<unknown>>()

/**
 * The invited person sets his password (or gives the one he has) and is signed in, once his access has begun. Of fifty at once one
 * gets in: in this process they take turns, so that one password is hashed, and the others find the link used.
 * @throws Problem link_spent, signed_in_as_another, invalid_request for the password, too_many_tries
 */
export async function acceptInvitation(call: Accept) {
  const { token } = call.body
  const before = underWay.get(token) ?? Promise.resolve()
  const mine = before.catch(() => {}).then(() => accept(call))
  underWay.set(token, mine)
  try {
    return await mine
  } finally {
    if (underWay.get(token) === mine) underWay.delete(token)
  }
}

/** What takes long, the hash, comes first; only then the link is locked, and consumed in the same transaction. */
async function accept(call: Accept) {
  const { body, deps, request } = call
  const invited = async (identity: Identity) => {
    const found = await byToken(identity, body.token, request)
    if (!found) return undefined
    const present = await signedIn(identity, call)
    if (present && present.toLowerCase() !== found.email.toLowerCase()) throw new Problem('signed_in_as_another')
    return { found, known: await userByEmail(identity, found.email) }
  }
  const before = await whoseLink(deps.pools.identity, invited, request)
  const secret = await secretOf(before, body)
  const accepted = await whoseLink(
    deps.pools.identity,
    async (identity) => {
      await identity.rows(
        sql`select from identity.one_time_tokens where token_hash = ${hashToken(body.token)} for update`,
      )
      const now = await invited(identity)
      if (!now) return undefined
      const userId = await enterUser(identity, call, now, secret)
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

type Invited = { found: InvitationRow; known: User | undefined }
/** The hash that was looked at or made, and whether the password is its own: said to nobody before the guess is counted. */
type Secret = { hash: string | null; fits: boolean }

const secretOf = async (
  { found, known }: Invited,
  { name, password }: { name: string; password: string },
): Promise<Secret> =>
  known
    ? { hash: known.password_hash, fits: await hasPassword(known, password) }
    : { hash: await hashOfNew({ ...found, name, password }), fits: true }

/** The invited user: made now, or known and proved by his password, whose guesses are counted. */
async function enterUser(
  identity: Identity,
  { body, deps, request }: Accept,
  { found, known }: Invited,
  secret: Secret,
): Promise<string | undefined> {
  if (!known) return secret.hash ? await addUser(identity, { ...found, name: body.name, hash: secret.hash }) : undefined
  const counters = passwordCounters(request, found.email, await knownDevice(identity, { deps, request }, found.email))
  const tries = await countTry(identity, counters)
  // Made or changed meanwhile, it is another password than the one that was looked at.
  if (!secret.fits || known.password_hash !== secret.hash) return undefined
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
