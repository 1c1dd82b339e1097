import { schedule } from '#kernel/jobs-schedule.ts'
import './commands/follow-products.ts'
import { foldCounts } from './fold-counts.ts'
import { releaseDueHolds } from './release-due-holds.ts'

schedule('orders.release-due-holds', { every: '1 minute' }, releaseDueHolds)
schedule('orders.fold-counts', { every: '1 minute' }, foldCounts)

export { linesTotals, minorDigits, type PricedLine } from './amounts.ts'
export { addOrders, type NewLine, type NewOrder } from './commands/add-orders.ts'
export { holdOrders } from './commands/hold-orders.ts'
export { productsBySku } from './commands/products-by-sku.ts'
export { tagOrders } from './commands/tag-orders.ts'

export { orderFilter, ordersContract } from './contract.ts'
export { type ExportWish, OrdersFile, recordExport, recordManifest } from './export/export-orders.ts'
export { foldCounts } from './fold-counts.ts'
export { whyNot } from './lifecycle.ts'
export { getOrder } from './queries/get-order.ts'
export { findByWords, type OrderFilter, orderConditions } from './queries/order-filter.ts'
export { requestsContract } from './requests/contract.ts'
export { requestsHandlers } from './requests/routes.ts'
export { ordersHandlers } from './routes.ts'
export { indexWords, searchTerms, upperBound } from './search.ts'
export { Order } from './shapes.ts'
export { orderStatuses } from './status.ts'
