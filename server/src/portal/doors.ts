import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { ask, patience } from '#kernel/db/connection.ts'
import { compile, sql } from '#kernel/db/sql.ts'
import type { Deps } from '#kernel/deps.ts'
import { isDesk, type Portal } from '#kernel/door.ts'

const slugs = new WeakMap<IncomingMessage, string>()

/** Takes /p/<slug> off an address, before it finds its route; whose portal that is, the hook below finds out. */
export function withoutSlug(request: IncomingMessage): string {
  const url = request.url ?? '/'
  const [, slug, rest] = /^\/p\/([^/?#]+)(.*)$/s.exec(url) ?? []
  if (slug === undefined) return url
  slugs.set(request, slug)
  return rest?.startsWith('/') ? rest : `/${rest}`
}

/**
 * Before anything else of a request: is it for the desk, or by which address for whose portal? What is neither, an unknown portal
 * name or a host name that nobody has verified, is answered with a plain 404, whatever was asked.
 */
export function openDoors(app: FastifyInstance, deps: Deps): void {
  app.decorateRequest('portal', null)
  app.addHook('onRequest', async (request, reply) => {
    const slug = slugs.get(request.raw)
    const hostname = request.hostname.toLowerCase().replace(/\.$/, '')
    const atDesk = isDesk(hostname, deps)
    if (slug === undefined && atDesk) return
    // A host name of its own has no further portals below it.
    request.portal = slug !== undefined && !atDesk ? null : await portalAt(deps, slug, hostname)
    if (!request.portal)
      return reply.status(404).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(nothing)
  })
}

async function portalAt(deps: Deps, slug: string | undefined, hostname: string): Promise<Portal | null> {
  const statement = compile(
    sql<{ account_id: string; address: string; name: string }>`
      select account_id, address, name from portal.at(${slug ?? null}, ${slug === undefined ? hostname : null})`,
  )
  const [found] = (await ask(deps.pools.identity, [statement], patience.request))[0]!.rows
  if (!found) return null
  return {
    accountId: found.account_id,
    name: found.name,
    base: slug === undefined ? '' : `/p/${slug}`,
    domain: slug === undefined ? hostname : undefined,
    door: `${found.account_id} ${found.address}`,
  }
}

const nothing =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>404</title><p>Nothing here. / Rien ici.</p></html>'
