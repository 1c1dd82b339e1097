import { randomInt } from 'node:crypto'
import { sql } from '#kernel/db/sql.ts'
import type { Deps } from '#kernel/deps.ts'
import type { Identity } from '../identity.ts'
import { keyedHash } from './seal.ts'

const count = 10
/** No letter or digit that is taken for another on paper. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
const word = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')

/** Ten new recovery codes, seen this once; the earlier ones are worth nothing any more. */
export async function newRecoveryCodes(identity: Identity, userId: string, deps: Deps): Promise<string[]> {
  const codes = Array.from({ length: count }, () => `${word()}-${word()}`)
  await identity.rows(sql`delete from identity.recovery_codes where user_id = ${userId}`)
  for (const code of codes)
    await identity.rows(
      sql`insert into identity.recovery_codes (user_id, code_hash) values (${userId}, ${hashOf(deps, userId, code)})`,
    )
  return codes
}

/** The first ten, for somebody who has none yet; else none are made. */
export async function firstRecoveryCodes(identity: Identity, userId: string, deps: Deps): Promise<string[]> {
  const any = await identity.first(
    sql`select 1 from identity.recovery_codes where user_id = ${userId} and used_at is null`,
  )
  return any ? [] : await newRecoveryCodes(identity, userId, deps)
}

/** Uses a recovery code up, once. */
export async function spendRecoveryCode(
  identity: Identity,
  userId: string,
  code: string,
  deps: Deps,
): Promise<boolean> {
  const used = await identity.first(sql`
    update identity.recovery_codes set used_at = app.now()
     where user_id = ${userId} and code_hash = ${hashOf(deps, userId, code)} and used_at is null returning 1`)
  return used !== undefined
}

const hashOf = (deps: Deps, userId: string, code: string) =>
  keyedHash(deps.secret, 'recovery code', `${userId} ${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)
