import type { FastifyReply, FastifyRequest } from 'fastify'
import { audit } from './audit.ts'
import type { Caller } from './caller.ts'
import { clearCookie } from './cookies.ts'
import { Reading, write } from './db/transaction.ts'
import type { Deps } from './deps.ts'
import type { Endpoint } from './endpoint.ts'
import { Problem } from './problem.ts'

interface Look {
  caller: Caller
  viewer: Caller
  endpoint: Endpoint
  name: string
  request: FastifyRequest
  reply: FastifyReply
  deps: Deps
}

/**
 * A request while its sender looks as somebody else: it reads, takes no file along, and what was looked at is entered in the
 * audit record under the one who looks. Where the view is over, its cookie goes, and the next request is his own again.
 * @throws Problem view_only, view_ended
 */
export async function inView(look: Look, answer: () => Promise<unknown>): Promise<unknown> {
  const { caller, endpoint, name } = look
  try {
    const reading = new Reading(caller.pool, caller.credential, null)
    const { memberId, name: as, role } = await reading.identify()
    if (endpoint.method !== 'GET' || 'file' in endpoint.response) throw new Problem('view_only')
    if (name !== 'getMe') await recordLook(look, memberId, { as, role, looked: name })
    return await answer()
  } catch (problem) {
    if (!(problem instanceof Problem && problem.code === 'not_signed_in')) throw problem
    clearCookie('view', look)
    throw new Problem('view_ended')
  }
}

const known = new Map<string, number>()
const tenMinutes = 600_000

/** Before anything is shown; the same page of the same view once in ten minutes. */
async function recordLook({ caller, viewer, request }: Look, memberId: string, changes: object) {
  const now = performance.now()
  const page = `${caller.credential.tokenHash.toString('base64')} ${request.url.split('?')[0]}`
  if (now - (known.get(page) ?? -tenMinutes) < tenMinutes) return
  if (known.size > 10_000) known.clear()
  const of = (request.params as { id?: string }).id
  await write(viewer.pool, viewer.credential, null, (tx) =>
    audit(tx, 'view.looked', { kind: 'member', id: memberId }, { ...changes, ...(of && { of }) }),
  )
  known.set(page, now)
}
