import type { FastifyReply } from 'fastify'
import { cookieName, viewCookieName } from '#kernel/caller.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Deps } from '#kernel/deps.ts'
import type { Audience } from '#kernel/permissions.ts'
import { hashToken, mintToken } from '#kernel/tokens.ts'
import type { Identity } from '../identity.ts'

const sessionDays = 14

/** A new session for one member; its token goes into the cookie and nowhere else. */
export async function startSession(
  identity: Identity,
  place: { accountId: string; memberId: string; audience: Audience },
  deps: Deps,
  reply: FastifyReply,
) {
  const token = mintToken(place.audience)
  const agent = String(reply.request.headers['user-agent'] ?? '').slice(0, 300)
  await identity.rows(sql`
    insert into identity.sessions (token_hash, purpose, account_id, member_id, user_agent, expires_at)
    values (${hashToken(token)}, 'web', ${place.accountId}, ${place.memberId}, ${agent}, app.now() + ${sessionDays} * interval '1 day')`)
  const secure = deps.publicUrl.startsWith('https:')
  reply.setCookie(cookieName, token, {
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/',
    maxAge: sessionDays * 86_400,
  })
  reply.clearCookie(viewCookieName, { path: '/' })
}
