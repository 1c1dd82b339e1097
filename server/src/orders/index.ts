import './commands/follow-products.ts'

export { linesTotals, minorDigits, type PricedLine } from './amounts.ts'
export { addOrders, type NewLine, type NewOrder } from './commands/add-orders.ts'
export { ordersContract } from './contract.ts'
export { type OrderFilter, orderConditions } from './queries/order-filter.ts'
export { ordersHandlers } from './routes.ts'
export { indexWords, searchTerms, upperBound } from './search.ts'
export { orderStatuses } from './status.ts'
