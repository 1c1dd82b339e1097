export { createSupplier } from './commands/create-supplier.ts'
export { suppliersContract } from './contract.ts'
export { suppliersHandlers } from './routes.ts'
