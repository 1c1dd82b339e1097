import { schedule } from '#kernel/jobs-schedule.ts'
import './commands/follow-orders.ts'
import './commands/keep-stock.ts'
import { keepAverages } from './keep-averages.ts'

schedule('fulfillment.keep-averages', { every: '6 hours' }, keepAverages)

export { type Assigned, type Assignment, assignLines } from './commands/assign-lines.ts'
export { shipFulfillmentOrder } from './commands/ship.ts'
export { mayEnterCosts } from './commands/shipment-cost.ts'
export { type Departed, takeInShipped } from './commands/take-in-shipped.ts'
export { fulfillmentContract } from './contract.ts'
export { keepAverages } from './keep-averages.ts'
export { type Letterhead, letterheadOf, portalLetterhead, printable } from './letterhead.ts'
export { grey, openDocument, type PrintLanguage, page } from './printer.ts'
export { queueContract } from './queue-contract.ts'
export { queueHandlers } from './queue-routes.ts'
export { fulfillmentHandlers } from './routes.ts'
