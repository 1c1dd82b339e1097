import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from './deps.ts'
import type { Portal } from './door.ts'

/**
 * The cookies there are: the session; beside it a view, while its owner looks with the rights of somebody else (view.ts); half
 * a session, good for the second step of signing in; the browser's own name; a sign-in by a provider that is under way.
 */
export type Cookie = 'session' | 'view' | 'pending' | 'device' | 'provider'

const isSecure = ({ publicUrl }: Deps) => publicUrl.startsWith('https:')

/**
 * Under https a name by which the browser itself vouches that this very host set the cookie, over https: neither a neighbour
 * under the same domain nor a plain connection can plant one. A portal has cookies of its own; below the desk's host they are
 * kept to its path, for which the browser vouches less.
 */
/** What a cookie is called at the desk, or at a portal, where the product's name does not stand. */
export function nameOf(cookie: Cookie, deps: Deps, portal: Portal | null): string {
  const prefix = !isSecure(deps) ? '' : portal?.base ? '__Secure-' : '__Host-'
  return `${prefix}${portal ? 'portal' : 'crossdock'}_${cookie}`
}
const pathOf = (portal: Portal | null) => portal?.base || '/'

export const readCookie = (cookie: Cookie, { deps, request }: { deps: Deps; request: FastifyRequest }) =>
  request.cookies[nameOf(cookie, deps, request.portal)]

/** What no script reads, and no other host; `strict`: not even when a link leads here from elsewhere. Seconds it is kept for. */
export function setCookie(
  cookie: Cookie,
  value: string,
  { maxAge, sameSite }: { maxAge: number; sameSite: 'lax' | 'strict' },
  { deps, reply }: { deps: Deps; reply: FastifyReply },
): void {
  const { portal } = reply.request
  const where = { httpOnly: true, secure: isSecure(deps), path: pathOf(portal) }
  reply.setCookie(nameOf(cookie, deps, portal), value, { ...where, sameSite, maxAge })
}

export function clearCookie(cookie: Cookie, { deps, reply }: { deps: Deps; reply: FastifyReply }): void {
  const { portal } = reply.request
  reply.clearCookie(nameOf(cookie, deps, portal), { httpOnly: true, secure: isSecure(deps), path: pathOf(portal) })
}
