import type { FastifyRequest } from 'fastify'
import { auditRefusal } from './audit.ts'
import { identify } from './caller.ts'
import { type Credential, write } from './db/transaction.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'

/** How many refusals of one session are recorded a minute: who floods us fills no disk. */
const perMinute = 60
const minute = 60_000
const counted = new Map<string, { since: number; count: number }>()

/** How many refusals of this session there were in its present minute, this one with them. */
function countRefusal(credential: Credential): number {
  const now = performance.now()
  const key = credential.tokenHash.toString('base64')
  const known = counted.get(key)
  if (known && now - known.since < minute) return ++known.count
  if (counted.size > 10_000) for (const [old, { since }] of counted) if (now - since >= minute) counted.delete(old)
  counted.set(key, { since: now, count: 1 })
  return 1
}

/**
 * Records that somebody known (who looks, not who is looked at) was refused what he asked for (403, 404), in a transaction of its own, since the one he
 * wanted is gone. Past the limit one last entry says `too_many_tries`, and the rest of that minute is left out. What can't
 * be recorded (a session that ended, no database) changes nothing about the answer.
 */
export async function recordRefusal(
  request: FastifyRequest,
  deps: Deps,
  endpoint: string,
  problem: unknown,
): Promise<void> {
  if (!(problem instanceof Problem) || ![403, 404].includes(problem.status) || problem.code === 'foreign_origin') return
  const { credential, pool } = identify(request, deps, true)
  const count = countRefusal(credential)
  if (count > perMinute) return
  const id = String((request.params as { id?: unknown }).id ?? '')
  const subject = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : undefined
  const code = count === perMinute ? 'too_many_tries' : problem.code
  await write(pool, credential, null, (tx) => auditRefusal(tx, endpoint, code, subject)).catch(() => {})
}
