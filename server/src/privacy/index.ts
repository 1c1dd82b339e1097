import { defineJob } from '#kernel/jobs.ts'
import { schedule } from '#kernel/jobs-schedule.ts'
import { eraseOrders } from './commands/erase-orders.ts'
import { lookAfterPrivacy } from './look-after.ts'

defineJob('privacy.erase', (job) => eraseOrders(job, (job.payload as { orderIds: string[] }).orderIds))
// Each rule is gone through once a day; which accounts' day has begun is asked each hour.
schedule('privacy.look-after', { every: '1 hour' }, lookAfterPrivacy)

export { askErasure } from './commands/ask-erasure.ts'
export { eraseOrders, type Hand } from './commands/erase-orders.ts'
export { privacyContract } from './contract.ts'
export { privacyHandlers } from './routes.ts'
export { readTombstones } from './tombstones.ts'
