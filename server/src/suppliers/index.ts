export { createSupplier } from './commands/create-supplier.ts'
