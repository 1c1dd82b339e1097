import type { FastifyRequest } from 'fastify'
import type { Deps } from '#kernel/deps.ts'
import { asIdentity, type Identity } from '../identity.ts'
import { knownDevice } from './devices.ts'
import { inLine } from './line.ts'
import type { Person } from './person.ts'
import { countTry, factorCounters, forgiveTry } from './throttle.ts'

/**
 * Runs a check of a second factor, counted before it is known how it ends and forgiven where it is right. What is undefined
 * is wrong, and stays counted.
 * @throws Problem too_many_tries
 */
export async function guess<T>(
  deps: Deps,
  request: FastifyRequest,
  { userId, email }: Pick<Person, 'userId' | 'email'>,
  work: (identity: Identity) => Promise<T | undefined>,
): Promise<T | undefined> {
  return await inLine({ deps, request }, async () => {
    const { counters, tries } = await asIdentity(deps.pools.identity, async (identity) => {
      const counters = factorCounters(userId, await knownDevice(identity, { deps, request }, email))
      return { counters, tries: await countTry(identity, counters) }
    })
    return await asIdentity(deps.pools.identity, async (identity) => {
      const right = await work(identity)
      if (right !== undefined) await forgiveTry(identity, counters, tries)
      return right
    })
  })
}
