import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { readCookie } from './cookies.ts'
import type { Credential } from './db/transaction.ts'
import type { Deps } from './deps.ts'
import { homeOf } from './door.ts'
import { Problem } from './problem.ts'
import { audienceOf, hashToken } from './tokens.ts'

/** Somebody as the request names him: what proves it, and where it is asked. */
export interface Caller {
  credential: Credential
  pool: Pool
}

/**
 * Who the request says it is: a key in `Authorization: Bearer`, or a session in the cookie; never the one in the place of
 * the other. With a view beside the session it is the one looked at, and `viewer` the one who looks; `asOneself` leaves the view
 * aside. What the page changes must come from the page (Sec-Fetch-Site, Origin).
 * @throws Problem not_signed_in, foreign_origin
 */
export function identify(request: FastifyRequest, deps: Deps, asOneself = false): Caller & { viewer?: Caller } {
  const bearer = request.headers.authorization
  const token = bearer === undefined ? readCookie('session', { deps, request }) : /^Bearer (\S+)$/i.exec(bearer)?.[1]
  const audience = token === undefined ? undefined : audienceOf(token)
  if (token === undefined || audience === undefined) throw new Problem('not_signed_in', leaked(request.url))
  if (bearer === undefined) refuseForeignOrigin(request, deps)
  const purpose = bearer === undefined ? 'web' : 'key'
  const credential: Credential = {
    tokenHash: hashToken(token),
    purpose,
    address: request.ip,
    door: request.portal?.door ?? '',
    requestId: request.id,
  }
  const oneself = { credential, pool: deps.pools[audience] }
  const view = bearer === undefined && !asOneself ? readCookie('view', { deps, request }) : undefined
  if (view === undefined) return oneself
  return {
    credential: { ...credential, tokenHash: viewHash(view, token), purpose: 'view' },
    pool: deps.pools[audienceOf(view) ?? audience],
    viewer: oneself,
  }
}

/** The secret of a view is worth nothing without that of the session it was opened in. */
export const viewHash = (view: string, session: string) => hashToken(`${view}.${session}`)

/** What to say to who put a key into the address, where logs keep it. */
const leaked = (url: string) =>
  /cd[scp]_[\w-]{43}/.test(url)
    ? 'A key in the address counts for nothing and may be in logs by now: rotate it, and send it as Authorization: Bearer.'
    : undefined

/**
 * The page is at home where it was loaded from, and at the public address: behind a proxy that ends TLS the request itself
 * looks like http.
 * @throws Problem foreign_origin for a changing request that another site made the browser send
 */
export function refuseForeignOrigin(request: FastifyRequest, deps: Deps): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const homes = [`${request.protocol}://${request.host}`, new URL(homeOf(request, deps)).origin]
  const sameOrigin = origin === undefined || homes.includes(origin)
  if ((site !== undefined && site !== 'same-origin' && site !== 'none') || !sameOrigin)
    throw new Problem('foreign_origin')
}

/**
 * Counts the request against the budget of its own key or session; of anybody else's nothing can be read from it.
 * @throws Problem rate_limited
 */
export function countRequest({ buckets, now }: Deps, credential: Credential, reply: FastifyReply): void {
  const kind = credential.purpose === 'key' ? 'key' : 'web'
  const wait = buckets.take(kind, credential.tokenHash.toString('base64'), now().getTime())
  if (wait === 0) return
  const { perSecond, burst } = buckets.limits[kind]
  reply.header('ratelimit-policy', `"${kind}";q=${burst};w=${Math.ceil(burst / perSecond)}`)
  reply.header('ratelimit', `"${kind}";r=0;t=${wait}`)
  throw new Problem('rate_limited', undefined, { retryAfter: wait })
}
