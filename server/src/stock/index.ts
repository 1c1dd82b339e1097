export { adjustStock } from './commands/adjust-stock.ts'
export { answerCount, countStock } from './commands/count-stock.ts'
