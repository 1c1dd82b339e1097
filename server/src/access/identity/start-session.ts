import type { FastifyReply, FastifyRequest } from 'fastify'
import { clearCookie, readCookie, setCookie } from '#kernel/cookies.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Deps } from '#kernel/deps.ts'
import type { Audience } from '#kernel/permissions.ts'
import { hashToken, mintLinkToken, mintToken } from '#kernel/tokens.ts'
import type { Identity } from '../identity.ts'

/** A session ends when nothing was asked for so long; and after so long in any case, which access.touch_sessions keeps too. */
const idleDays = 14
const longestDays = 90
const pendingMinutes = 15

/** What a command needs of the call it answers. */
export interface Visit {
  deps: Deps
  request: FastifyRequest
  reply: FastifyReply
}
/** One of a person's places. */
export interface Seat {
  accountId: string
  memberId: string
  audience: Audience
}

/** What a new session takes over: when its person showed who he is, where that was earlier; the provider that vouched for him. */
export interface Beginning {
  provedAt?: string | undefined
  providerId?: string | undefined
}

/** A new session for one member; its token goes into the cookie and nowhere else. What this browser had before, ends. */
export async function startSession(
  identity: Identity,
  seat: Seat,
  visit: Visit,
  { provedAt, providerId }: Beginning = {},
): Promise<string> {
  const { request } = visit
  const token = mintToken(seat.audience)
  await identity.rows(sql`
    delete from identity.sessions where (token_hash = ${hashToken(readCookie('session', visit) ?? '')} and purpose = 'web')
        or (token_hash = ${hashToken(readCookie('pending', visit) ?? '')} and purpose = 'pending')`)
  const session = await identity.first(sql<{ id: string }>`
    insert into identity.sessions (token_hash, purpose, door, account_id, member_id, user_agent, address, expires_at, proved_at, provider_id)
    values (${hashToken(token)}, 'web', ${request.portal?.door ?? ''}, ${seat.accountId}, ${seat.memberId}, ${agentOf(request)}, ${request.ip},
            app.now() + ${idleDays} * interval '1 day', coalesce(${provedAt ?? null}::timestamptz, app.now()), ${providerId ?? null}) returning id`)
  clearCookie('pending', visit)
  clearCookie('view', visit)
  setToken(token, visit)
  return session!.id
}

/** Half a session: it opens the second step of signing in, and nothing else; no token of the form that the pages have. */
export async function startPending(identity: Identity, seat: Seat, step: 'prove' | 'enroll', visit: Visit) {
  const { request } = visit
  const token = mintLinkToken()
  await identity.rows(sql`
    insert into identity.sessions (token_hash, purpose, door, pending, account_id, member_id, user_agent, address, expires_at)
    values (${hashToken(token)}, 'pending', ${request.portal?.door ?? ''}, ${step}, ${seat.accountId}, ${seat.memberId}, ${agentOf(request)}, ${request.ip},
            app.now() + ${pendingMinutes} * interval '1 minute')`)
  setCookie('pending', token, { maxAge: pendingMinutes * 60, sameSite: 'strict' }, visit)
}

/** The same session under a new secret, after its person showed who he is: one that was copied before is worth nothing. */
export async function renewSession(identity: Identity, sessionId: string, audience: Audience, visit: Visit) {
  const token = mintToken(audience)
  await identity.rows(sql`
    update identity.sessions set token_hash = ${hashToken(token)}, id = gen_random_uuid(), proved_at = app.now()
     where id = ${sessionId} and purpose = 'web'`)
  setToken(token, visit)
}

/** The cookie may outlive the session, which the server ends. */
const setToken = (token: string, visit: Visit) =>
  setCookie('session', token, { maxAge: longestDays * 86_400, sameSite: 'lax' }, visit)

/** What the browser calls itself, within bounds. */
export const agentOf = (request: FastifyRequest) => String(request.headers['user-agent'] ?? '').slice(0, 300)
