import type { FastifyReply, FastifyRequest } from 'fastify'
import { readCookie, setCookie } from '#kernel/cookies.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Deps } from '#kernel/deps.ts'
import { hashToken, mintLinkToken } from '#kernel/tokens.ts'
import type { Identity } from '../identity.ts'
import { keyedHash } from './seal.ts'

const days = 400

type Asked = { deps: Deps; request: FastifyRequest }

/** This browser's own secret, where it has one that was signed here: seen without asking the database. */
export function deviceToken(asked: Asked): string | undefined {
  const [token = '', mac = ''] = (readCookie('device', asked) ?? '').split('.')
  return mac !== '' && mac === macOf(asked.deps, token) ? token : undefined
}
const macOf = (deps: Deps, token: string) => keyedHash(deps.secret, 'device', token).toString('base64url').slice(0, 22)

/** What this browser is called in the counters, if somebody with this address has signed in from it before. */
export async function knownDevice(identity: Identity, asked: Asked, email: string): Promise<string | undefined> {
  const token = deviceToken(asked)
  const hash = token === undefined ? null : hashToken(token)
  const known = await identity.first(sql`
    select 1 from identity.devices d join identity.users u on u.id = d.user_id
     where u.email_key = ${email.trim().toLowerCase()} and d.token_hash = ${hash}`)
  return known ? hash!.toString('hex') : undefined
}

/**
 * Remembers the browser of somebody who has just come in, and the browser by a secret of its own.
 * @returns whether it is new for him, though he has come from others before
 */
export async function rememberDevice(
  identity: Identity,
  userId: string,
  visit: Asked & { reply: FastifyReply },
): Promise<boolean> {
  const known = deviceToken(visit) ?? mintLinkToken()
  setCookie('device', `${known}.${macOf(visit.deps, known)}`, { maxAge: days * 86_400, sameSite: 'lax' }, visit)
  const found = await identity.first(sql<{ here: boolean; any: boolean }>`
    select coalesce(bool_or(token_hash = ${hashToken(known)}), false) as here, count(*) > 0 as any
      from identity.devices where user_id = ${userId}`)
  await identity.rows(sql`
    insert into identity.devices (user_id, token_hash) values (${userId}, ${hashToken(known)})
    on conflict (user_id, token_hash) do update set seen_at = app.now()`)
  return found!.any && !found!.here
}
