import './commands/follow-orders.ts'

export { type Assigned, type Assignment, assignLines } from './commands/assign-lines.ts'
export { shipFulfillmentOrder } from './commands/ship.ts'
export { fulfillmentContract } from './contract.ts'
export { queueContract } from './queue-contract.ts'
export { queueHandlers } from './queue-routes.ts'
export { fulfillmentHandlers } from './routes.ts'
