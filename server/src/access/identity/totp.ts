import { generateSecret, generateURI, verifySync } from 'otplib'
import { toString as drawQr } from 'qrcode'
import { sql } from '#kernel/db/sql.ts'
import type { Deps } from '#kernel/deps.ts'
import type { Portal } from '#kernel/door.ts'
import { Problem } from '#kernel/problem.ts'
import type { Identity } from '../identity.ts'
import type { Person } from './person.ts'
import { seal, unseal } from './seal.ts'

/** A code counts 30 s; the clock of a telephone may be one such step away. */
const step = 30

/**
 * Makes the secret of an app for codes, which names it as the place one signs in to is called. It counts once a first code was right; until then it can be made anew.
 * @throws Problem wrong_state where there is one already
 */
export async function setUpTotp(identity: Identity, me: Person, deps: Deps, portal: Portal | null) {
  const secret = generateSecret()
  const made = await identity.first(sql`
    insert into identity.totp as t (user_id, secret) values (${me.userId}, ${seal(deps.secret, 'totp', me.userId, secret)})
    on conflict (user_id) do update set secret = excluded.secret, last_step = 0 where t.confirmed_at is null returning 1`)
  if (!made) throw new Problem('wrong_state', 'You have an app for codes already: remove it first.')
  const issuer = portal?.name ?? `Crossdock ${new URL(deps.publicUrl).host}`
  const uri = generateURI({ issuer, label: me.email, secret })
  return { secret, uri, svg: await drawQr(uri, { type: 'svg', margin: 2 }) }
}

/**
 * Whether this is a code of the person's app now. One that was used is worth nothing any more, nor is an earlier one: of a
 * hundred at once, one is right.
 * @param confirm makes an app that was only set up count from now on
 */
export async function isTotp(
  identity: Identity,
  userId: string,
  code: string,
  deps: Deps,
  { confirm = false } = {},
): Promise<boolean> {
  const app = await identity.first(sql<{ secret: Buffer; last_step: number; confirmed_at: string | null }>`
    select secret, last_step, confirmed_at from identity.totp where user_id = ${userId} for update`)
  if (!app || (app.confirmed_at === null) !== confirm) return false
  const secret = unseal(deps.secret, 'totp', userId, app.secret)
  if (!secret || !/^\d{6}$/.test(code)) return false
  const found = verifySync({
    secret,
    token: code,
    epoch: Math.floor(deps.now().getTime() / 1000),
    epochTolerance: step,
  })
  if (!found.valid || !('timeStep' in found) || found.timeStep <= app.last_step) return false
  await identity.rows(sql`
    update identity.totp set last_step = ${found.timeStep}, confirmed_at = coalesce(confirmed_at, app.now()) where user_id = ${userId}`)
  return true
}
