import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { asIdentity, type Identity } from '../identity.ts'
import { everyPlaceOf, factorsOf } from './admit.ts'
import { guess } from './factor-guess.ts'
import { myself, type Person } from './person.ts'
import { record } from './record.ts'
import { firstRecoveryCodes, newRecoveryCodes, spendRecoveryCode } from './recovery.ts'
import type { Visit } from './start-session.ts'
import { isTotp } from './totp.ts'

/**
 * Whether this is a code of the person's app, or one of his recovery codes.
 * @throws Problem invalid_request where it is neither, too_many_tries
 */
export async function expectCode(me: Person, code: string, { deps, request }: Visit): Promise<void> {
  const right = await guess(deps, request, me, async (identity) => {
    if (await isTotp(identity, me.userId, code.replace(/\s/g, ''), deps)) return 'app'
    if (await spendRecoveryCode(identity, me.userId, code, deps)) {
      await record(identity, request.id, { ...me, action: 'recovery_code.used' })
      return 'recovery code'
    }
    return undefined
  })
  if (!right) throw await wrongCode(me, 'session.proved', { deps, request })
}

/** Recorded, in a transaction of its own; never the code. */
async function wrongCode(me: Person, action: string, { deps, request }: Pick<Visit, 'deps' | 'request'>) {
  await asIdentity(deps.pools.identity, (identity) =>
    record(identity, request.id, { ...me, action, outcome: 'wrong_code' }),
  )
  return invalid('code', 'is not right, or was used already')
}

/** The first code of an app: from now on it is asked for. Returns recovery codes to keep. */
export async function confirmTotp(me: Person, code: string, { deps, request }: Visit): Promise<string[]> {
  const codes = await guess(deps, request, me, async (identity) => {
    if (!(await isTotp(identity, me.userId, code.replace(/\s/g, ''), deps, { confirm: true }))) return undefined
    await record(identity, request.id, { ...me, action: 'factor.added', changes: { kind: 'app' } })
    return await firstRecoveryCodes(identity, me.userId, deps)
  })
  if (!codes) throw await wrongCode(me, 'factor.added', { deps, request })
  return codes
}

/** How I prove who I am. */
export async function getSecurity(tx: Tx, deps: Deps) {
  const me = await myself(tx, deps)
  return await asIdentity(deps.pools.identity, async (identity) => {
    const row = (await identity.first(sql<{
      has_password: boolean
      totp_since: string | null
      left: number
      new_email: string | null
    }>`
      select u.password_hash is not null as has_password,
             (select t.confirmed_at from identity.totp t where t.user_id = u.id) as totp_since,
             (select count(*) from identity.recovery_codes r where r.user_id = u.id and r.used_at is null) as left,
             (select e.new_email from identity.email_changes e
               where e.user_id = u.id and e.confirmed_at is null and e.cancelled_at is null and e.created_at > app.now() - interval '1 day'
               order by e.created_at desc limit 1) as new_email
        from identity.users u where u.id = ${me.userId}`))!
    const passkeys = await identity.rows(sql<Passkey>`
      select id, version, name, created_at as "createdAt", used_at as "usedAt" from identity.passkeys
       where user_id = ${me.userId} order by created_at, id`)
    return {
      hasPassword: row.has_password,
      needsFactor: await needsFactor(identity, me.userId),
      totpSince: row.totp_since,
      recoveryCodesLeft: row.left,
      passkeys,
      newEmail: row.new_email,
    }
  })
}

interface Passkey {
  id: string
  version: number
  name: string
  createdAt: string
  usedAt: string | null
}

/** Whether a role of his, in whichever account, needs a second factor. */
const needsFactor = async (identity: Identity, userId: string) =>
  (await everyPlaceOf(identity, userId)).some((place) => place.second_factor)

/**
 * Takes one of my factors away; the last one only where no role of mine needs one, and with it the recovery codes.
 * @throws Problem not_found, wrong_state, second_factor_needed
 */
export async function removeFactor(tx: Tx, deps: Deps, requestId: string, what: { passkeyId: string } | 'app') {
  const me = await myself(tx, deps)
  await asIdentity(deps.pools.identity, async (identity) => {
    const gone = await identity.first(
      what === 'app'
        ? sql`delete from identity.totp where user_id = ${me.userId} returning 1`
        : sql`delete from identity.passkeys where user_id = ${me.userId} and id = ${what.passkeyId} returning 1`,
    )
    if (!gone) throw what === 'app' ? new Problem('wrong_state', 'You have no app for codes.') : notFound()
    const { code, passkey } = await factorsOf(identity, me.userId)
    if (!code && !passkey) {
      if (await needsFactor(identity, me.userId)) throw new Problem('second_factor_needed')
      await identity.rows(sql`delete from identity.recovery_codes where user_id = ${me.userId}`)
    }
    const changes = { kind: what === 'app' ? 'app' : 'passkey' }
    await record(identity, requestId, { ...me, action: 'factor.removed', changes })
  })
  return {}
}

/** @throws Problem wrong_state for somebody without a second factor: there is nothing to recover from */
export async function renewRecoveryCodes(tx: Tx, deps: Deps, requestId: string) {
  const me = await myself(tx, deps)
  return await asIdentity(deps.pools.identity, async (identity) => {
    const { code, passkey } = await factorsOf(identity, me.userId)
    if (!code && !passkey) throw new Problem('wrong_state', 'Set up an app for codes or a passkey first.')
    await record(identity, requestId, { ...me, action: 'recovery_codes.renewed' })
    return { recoveryCodes: await newRecoveryCodes(identity, me.userId, deps) }
  })
}
