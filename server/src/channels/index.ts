export { storesContract } from './contract.ts'
export { storesHandlers } from './routes.ts'
