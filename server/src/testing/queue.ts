import { uuidv7 } from 'uuidv7'
import { vi } from 'vitest'
import { accounts, cast, memberOf, type Name } from './cast.ts'
import type { World } from './world.ts'

/** Puts a job of a test's own kind into the queue, as one of the cast. Returns its id. */
export async function queueJob(world: World, who: Name, kind: string, payload: object = {}): Promise<string> {
  const id = uuidv7()
  await world.owner.query(
    'insert into jobs.jobs (account_id, id, member_id, kind, payload) values ($1, $2, $3, $4, $5)',
    [accounts[cast[who].account].id, id, memberOf(who), kind, payload],
  )
  return id
}

export interface KeptJob {
  state: string
  attempts: number
  tries: number
  done: number
  lease: number
  untidy: boolean
  error: { code: string } | null
}
export async function jobOf(world: World, id: string): Promise<KeptJob> {
  return (await world.owner.query<KeptJob>('select * from jobs.jobs where id = $1', [id])).rows[0]!
}

/** Waits until a job is so. */
export const untilJob = (world: World, id: string, state: string, patience = 15_000) =>
  vi.waitFor(
    async () => {
      const job = await jobOf(world, id)
      if (job.state !== state) throw new Error(`the job is ${job.state}, not ${state}`)
      return job
    },
    { timeout: patience, interval: 50 },
  )
