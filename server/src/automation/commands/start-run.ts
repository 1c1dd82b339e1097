import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { on } from '#kernel/events.ts'
import { defineJob, enqueue } from '#kernel/jobs.ts'
import { countOpen, nextOpen, type Sight } from '../queries/matching.ts'
import { runOn } from './run-on.ts'

/** So many orders in one transaction. */
export const batchSize = 250
/** Below every id of an order. */
export const beforeAll = '00000000-0000-0000-0000-000000000000'

/** What arrives is put before the rules by the account's own automation. Orders that are not payable yet wait for the next run. */
on('orders.arrived', async (tx, { orderIds }) => {
  await enqueue(tx, { kind: 'automation.arrival', payload: { orderIds }, asAutomation: true })
})

defineJob('automation.arrival', async (job) => {
  const { orderIds } = job.payload as { orderIds: string[] }
  for (let done = 0; done < orderIds.length && !(await job.cancelled()); done += batchSize) {
    await job.write('rules:run', (tx) => runOn(tx, orderIds.slice(done, done + batchSize), 'arrival'))
  }
})

/**
 * Starts the rules on all open orders that the caller may see: they act as the automation, which sees more than he may.
 * @returns the job's id
 */
export async function startRun(tx: Tx): Promise<{ jobId: string }> {
  const sight = await sightOf(tx)
  const jobId = await enqueue(tx, { kind: 'automation.run', payload: sight, asAutomation: true })
  await audit(tx, 'rules.run', { kind: 'job', id: jobId })
  return { jobId }
}

/** What the caller sees, where it is not everything. */
async function sightOf(tx: Tx): Promise<Sight> {
  return (await tx.first(sql<Sight>`
    select case when not (app.all_stores() or app.confined()) then app.stores() end as "storeIds",
           case when app.confined() then app.reach('order', 'orders:read') end as "orderIds"`))!
}

defineJob('automation.run', async (job) => {
  const sight = job.payload as Sight
  await job.progress(0, await countOpen(job.read('orders:read'), sight))
  let done = 0
  for (let after = beforeAll; !(await job.cancelled()); ) {
    const ids = await job.write('rules:run', async (tx) => {
      const batch = await nextOpen(tx, after, batchSize, sight)
      await runOn(tx, batch, 'now')
      return batch
    })
    if (ids.length === 0) return
    after = ids.at(-1)!
    done += ids.length
    await job.progress(done)
  }
})
