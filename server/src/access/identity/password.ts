import { sql } from '#kernel/db/sql.ts'
import type { Deps } from '#kernel/deps.ts'
import { invalid, Problem } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import { hashToken } from '#kernel/tokens.ts'
import { asIdentity, type Identity } from '../identity.ts'
import type { identityContract } from './contract.ts'
import { knownDevice } from './devices.ts'
import { later } from './later.ts'
import { inLine } from './line.ts'
import { tell } from './mails.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { myself, type Person } from './person.ts'
import { record } from './record.ts'
import { renewSession, type Visit } from './start-session.ts'
import { expectStrong } from './strength.ts'
import { askCounters, countTry, forgiveTry, linkCounters, passwordCounters } from './throttle.ts'

/**
 * Whether this is the person's password; guesses count as those at the sign-in do.
 * @throws Problem too_many_tries
 */
export const isMyPassword = (me: Person, password: string, visit: Visit): Promise<boolean> =>
  inLine(visit, () => check(me, password, visit))

async function check(me: Person, password: string, { deps, request }: Visit): Promise<boolean> {
  const { counters, tries, hash } = await asIdentity(deps.pools.identity, async (identity) => {
    const counters = passwordCounters(request, me.email, await knownDevice(identity, { deps, request }, me.email))
    return { counters, tries: await countTry(identity, counters), hash: await hashOf(identity, me.userId) }
  })
  if (!(await verifyPassword(hash, password))) return false
  await asIdentity(deps.pools.identity, (identity) => forgiveTry(identity, counters, tries))
  return true
}
const hashOf = async (identity: Identity, userId: string) =>
  (
    await identity.first(
      sql<{ password_hash: string | null }>`select password_hash from identity.users where id = ${userId}`,
    )
  )?.password_hash

/** @throws Problem invalid_request for the one password or the other, too_many_tries */
export async function changePassword(call: Call<(typeof identityContract)['changePassword']>) {
  const { tx, body, deps, request } = call
  const me = await myself(tx, deps)
  if (!(await isMyPassword(me, body.oldPassword, call))) throw invalid('oldPassword', 'is not your password')
  await expectStrong(body.password, me)
  const hash = await hashPassword(body.password)
  await asIdentity(deps.pools.identity, async (identity) => {
    await identity.rows(sql`update identity.users set password_hash = ${hash} where id = ${me.userId}`)
    await voidLinks(identity, me.userId)
    await identity.rows(sql`select access.end_sessions_of(${me.userId}, null, ${tx.who.sessionId})`)
    await renewSession(identity, tx.who.sessionId, tx.who.audience, call)
    await record(identity, request.id, { ...me, action: 'password.changed' })
    await tell(identity, me.userId, 'password-changed', { portal: request.portal })
  })
  return {}
}

/** A reset link that was sent before is not good any more. */
const voidLinks = (identity: Identity, userId: string) =>
  identity.rows(
    sql`update identity.one_time_tokens set used_at = app.now() where user_id = ${userId} and purpose = 'reset' and used_at is null`,
  )

/** Answers everybody the same and at once; only then looks whether the address is known, and mails a link. */
export async function forgetPassword({ body, deps, request }: Call<(typeof identityContract)['forgetPassword']>) {
  await asIdentity(deps.pools.identity, (identity) => countTry(identity, askCounters(request)))
  later(async () => {
    await asIdentity(deps.pools.identity, async (identity) => {
      const user = await identity.first(
        sql<{ id: string }>`select id from identity.users where email_key = ${body.email.trim().toLowerCase()}`,
      )
      if (!user) return
      await tell(identity, user.id, 'reset', { portal: request.portal })
      await record(identity, request.id, { userId: user.id, action: 'password.forgotten' })
    })
  })
  return {}
}

/**
 * Sets a password by the link of a mail, once. Every session ends, and so do the browsers that were known.
 * @throws Problem link_spent, invalid_request, too_many_tries
 */
type Reset = Call<(typeof identityContract)['resetPassword']>
export const resetPassword = (call: Reset) => inLine(call, () => setPassword(call))

async function setPassword({ body, deps, request }: Reset) {
  const owner = await asIdentity(deps.pools.identity, async (identity) => {
    const found = await identity.first(sql<{ email: string; name: string }>`
      select u.email, u.name from identity.one_time_tokens t join identity.users u on u.id = t.user_id
       where t.token_hash = ${hashToken(body.token)} and t.purpose = 'reset' and t.used_at is null and t.expires_at > app.now()`)
    if (!found) await countTry(identity, linkCounters(request))
    return found
  })
  if (!owner) throw new Problem('link_spent')
  await expectStrong(body.password, owner)
  const hash = await hashPassword(body.password)
  await asIdentity(deps.pools.identity, async (identity) => {
    const userId = await consume(identity, body.token, 'reset')
    if (!userId) throw new Problem('link_spent')
    await identity.rows(sql`update identity.users set password_hash = ${hash} where id = ${userId}`)
    await voidLinks(identity, userId)
    await identity.rows(sql`delete from identity.devices where user_id = ${userId}`)
    await identity.rows(sql`select access.end_sessions_of(${userId}, null, null)`)
    await record(identity, request.id, { userId, action: 'password.reset' })
    await tell(identity, userId, 'password-changed', { portal: request.portal })
  })
  return {}
}

/** Uses a link up: of fifty at once, one gets its person. */
export async function consume(
  identity: Identity,
  token: string,
  purpose: 'reset' | 'email-confirm' | 'email-cancel',
): Promise<string | undefined> {
  const used = await identity.first(sql<{ user_id: string }>`
    update identity.one_time_tokens set used_at = app.now()
     where token_hash = ${hashToken(token)} and purpose = ${purpose} and used_at is null and expires_at > app.now()
    returning user_id`)
  return used?.user_id
}

export const hasPassword = async (deps: Deps, userId: string): Promise<boolean> =>
  (await asIdentity(deps.pools.identity, (identity) => hashOf(identity, userId))) != null
