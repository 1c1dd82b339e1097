export { automationContract } from './contract.ts'
export { automationHandlers } from './routes.ts'
