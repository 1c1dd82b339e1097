export { type ProductInput, type UnitAmount, type UpsertOutcome, upsertProducts } from './commands/upsert-products.ts'
export { catalogContract } from './contract.ts'
export { holdersOf, weighedOf } from './queries/holders-of.ts'
export { catalogHandlers } from './routes.ts'
