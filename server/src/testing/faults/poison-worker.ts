/** A worker as a process of its own, whose one kind of job kills it as the system does that is out of memory. */
import { openPools } from '#kernel/db/pools.ts'
import type { Deps } from '#kernel/deps.ts'
import { defineJob } from '#kernel/jobs.ts'
import { startWorker } from '#kernel/jobs-worker.ts'

const { target, logins, lapse } = JSON.parse(process.env.POISON!)
defineJob('test.poison', async () => {
  process.kill(process.pid, 'SIGKILL')
  await new Promise(() => {})
})
defineJob('test.good', async () => {})
await startWorker({ pools: openPools(target, (name) => logins[name]) } as Deps, { lapse })
