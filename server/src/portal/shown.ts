import type { FastifyRequest } from 'fastify'
import { identify } from '#kernel/caller.ts'
import { readCookie } from '#kernel/cookies.ts'
import { Reading } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import { Problem } from '#kernel/problem.ts'
import { audienceOf } from '#kernel/tokens.ts'

/**
 * Whose portal a page shows, and under which base: the one by whose address it was asked for. At the desk none, but while its
 * reader looks at what a client sees, who then gets the client's own pages; a view that is over is none.
 */
export async function portalShown(
  request: FastifyRequest,
  deps: Deps,
): Promise<{ accountId: string; base: string } | null> {
  if (request.portal) return request.portal
  if (audienceOf(readCookie('view', { deps, request }) ?? '') !== 'client') return null
  try {
    const { pool, credential } = identify(request, deps)
    const { accountId } = await new Reading(pool, credential, null).identify()
    return { accountId, base: '' }
  } catch (problem) {
    if (problem instanceof Problem) return null
    throw problem
  }
}
