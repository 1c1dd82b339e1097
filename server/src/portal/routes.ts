import type { FastifyInstance } from 'fastify'
import { ask, patience } from '#kernel/db/connection.ts'
import { compile, sql } from '#kernel/db/sql.ts'
import type { Deps } from '#kernel/deps.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import type { Handlers } from '#kernel/routes.ts'
import { changeAddress, checkDomain, getAddress } from './address.ts'
import { changeBrand, getBrand, keepImage, removeImage } from './brand.ts'
import type { portalContract } from './contract.ts'
import { faceOf } from './face.ts'
import { portalShown } from './shown.ts'

export const portalHandlers: Handlers<typeof portalContract> = {
  async lookAtPortal({ request, deps }) {
    if (!request.portal) throw notFound()
    return await faceOf(deps, request.portal.accountId)
  },
  async askPortalDomain({ query, request, deps }) {
    const wait = deps.buckets.take('web', `portal domains ${request.ip}`, deps.now().getTime())
    if (wait > 0) throw new Problem('rate_limited', undefined, { retryAfter: wait })
    const [found] = await asNobody<{ ok: boolean }>(
      deps,
      sql`select portal.is_verified(${query.domain.toLowerCase()}) as ok`,
    )
    if (!found!.ok) throw notFound()
    return {}
  },
  getPortalAddress: ({ tx, deps }) => getAddress(tx, deps),
  changePortalAddress: changeAddress,
  checkPortalDomain: ({ tx, deps }) => checkDomain(tx, deps),
  getPortalBrand: ({ tx }) => getBrand(tx),
  changePortalBrand: changeBrand,
  keepPortalImage: keepImage,
  removePortalImage: ({ tx, params }) => removeImage(tx, params.kind),
}

async function asNobody<Row>(deps: Deps, statement: ReturnType<typeof sql>): Promise<Row[]> {
  return (await ask(deps.pools.identity, [compile(statement)], patience.request))[0]!.rows
}

/**
 * The pictures of a portal, where its pages are and nowhere else, under the hash of their bytes, which never change there. Nothing in
 * them could run, were they opened as a page.
 */
export function servePictures(app: FastifyInstance, deps: Deps): void {
  app.get<{ Params: { hash: string } }>('/portal-images/:hash', async (request, reply) => {
    const portal = await portalShown(request, deps)
    if (!portal || !/^[0-9a-f]{64}$/.test(request.params.hash)) throw notFound()
    const [found] = await asNobody<{ media_type: string; bytes: Buffer }>(
      deps,
      sql`select media_type, bytes from portal.image(${portal.accountId}, ${request.params.hash})`,
    )
    if (!found) throw notFound()
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .type(found.media_type)
      .send(found.bytes)
  })
}
