export { adjustStock } from './commands/adjust-stock.ts'
export { answerCount, countStock } from './commands/count-stock.ts'
export { stockContract } from './contract.ts'
export { stockHandlers } from './routes.ts'
