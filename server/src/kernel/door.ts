import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Deps } from './deps.ts'

/** The portal of an account, as a request came to it. At the desk's own address there is none. */
export interface Portal {
  accountId: string
  /** What its pages call themselves. */
  name: string
  /** What its addresses begin with: '' under a host name of its own, else /p/<slug>. */
  base: string
  /** The host name of its own. */
  domain: string | undefined
  /** What a session is bound to: the account and this address, and no other. */
  door: string
}

declare module 'fastify' {
  interface FastifyRequest {
    /** By whose portal the request came in; null at the desk. Found before any route (portal/doors.ts). */
    portal: Portal | null
  }
}

/**
 * Whether a host name is the desk's: the public one; an address of numbers or a name without a dot, by which nobody but the desk
 * is reached.
 */
export const isDesk = (hostname: string, { publicUrl }: Deps) =>
  hostname === new URL(publicUrl).hostname ||
  !hostname.includes('.') ||
  isIP(hostname) !== 0 ||
  hostname.startsWith('[')

/** The origin of a portal's pages: as the desk is reached, under its own name where it has one. */
export function originOf(domain: string | null | undefined, { publicUrl }: Deps): string {
  const url = new URL(publicUrl)
  if (domain) url.hostname = domain
  return url.origin
}

/** Where an account's clients come in: its working host name, else its portal name below the desk's. */
export interface PortalAddress {
  slug: string
  domain: string | null
}
export const urlOf = ({ slug, domain }: PortalAddress, deps: Deps) =>
  domain ? originOf(domain, deps) : `${deps.publicUrl}/p/${slug}`

/** Where this request's pages are: what links that lead back here begin with. */
export const homeOf = ({ portal }: FastifyRequest, deps: Deps) =>
  portal ? `${originOf(portal.domain, deps)}${portal.base}` : deps.publicUrl
