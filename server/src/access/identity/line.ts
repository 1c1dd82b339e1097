import type { FastifyRequest } from 'fastify'
import type { Deps } from '#kernel/deps.ts'
import { Problem } from '#kernel/problem.ts'
import { deviceToken } from './devices.ts'

/** How many may be at proving who they are, at once and in this process: no longer a line than a person waits in. */
const longest = 20
const standing = { known: 0, unknown: 0 }

/**
 * Stands in line for what costs: hashing, counting tries. A storm is refused before it costs anything; browsers that
 * somebody has signed in from before stand in a line of their own, which the others cannot fill.
 * @throws Problem too_many_tries
 */
export async function inLine<T>(asked: { deps: Deps; request: FastifyRequest }, work: () => Promise<T>): Promise<T> {
  const line = deviceToken(asked) ? 'known' : 'unknown'
  if (standing[line] >= longest) throw new Problem('too_many_tries', undefined, { retryAfter: 2 })
  standing[line]++
  try {
    return await work()
  } finally {
    standing[line]--
  }
}
