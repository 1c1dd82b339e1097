import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from './deps.ts'

/**
 * The cookies there are: the session; beside it a view, while its owner looks with the rights of somebody else (view.ts); half
 * a session, good for the second step of signing in; the browser's own name; a sign-in by a provider that is under way.
 */
export type Cookie = 'session' | 'view' | 'pending' | 'device' | 'provider'

const isSecure = ({ publicUrl }: Deps) => publicUrl.startsWith('https:')

/**
 * Under https a name by which the browser itself vouches that this very host set the cookie, over https: neither a neighbour
 * under the same domain nor a plain connection can plant one.
 */
const nameOf = (cookie: Cookie, deps: Deps) => `${isSecure(deps) ? '__Host-' : ''}crossdock_${cookie}`

export const readCookie = (cookie: Cookie, { deps, request }: { deps: Deps; request: FastifyRequest }) =>
  request.cookies[nameOf(cookie, deps)]

/** What no script reads, and no other host; `strict`: not even when a link leads here from elsewhere. Seconds it is kept for. */
export function setCookie(
  cookie: Cookie,
  value: string,
  { maxAge, sameSite }: { maxAge: number; sameSite: 'lax' | 'strict' },
  { deps, reply }: { deps: Deps; reply: FastifyReply },
): void {
  reply.setCookie(nameOf(cookie, deps), value, { httpOnly: true, secure: isSecure(deps), path: '/', sameSite, maxAge })
}

export function clearCookie(cookie: Cookie, { deps, reply }: { deps: Deps; reply: FastifyReply }): void {
  reply.clearCookie(nameOf(cookie, deps), { httpOnly: true, secure: isSecure(deps), path: '/' })
}
