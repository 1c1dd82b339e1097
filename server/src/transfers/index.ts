/** Goods on their way into a warehouse: from a client, a warehouse or a supplier. */
import { explainConstraints } from '#kernel/db/errors.ts'
import { Problem } from '#kernel/problem.ts'

export { createTransfer } from './commands/create-transfer.ts'
export { receiveTransfer } from './commands/receive-transfer.ts'
export { shipTransfer } from './commands/ship-transfer.ts'
export { transfersContract } from './contract.ts'
export { transfersHandlers } from './routes.ts'

const lacking = () => new Problem('wrong_state', 'Not enough of it is available there: somebody was faster.')
explainConstraints({ levels_on_hand: lacking, levels_not_oversold: lacking })
