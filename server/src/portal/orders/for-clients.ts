import type { Tx } from '#kernel/db/transaction.ts'
import { Problem } from '#kernel/problem.ts'

/** The house has its own pages, where more stands. @throws Problem not_permitted for anybody but a client */
export function expectClient(tx: Tx): void {
  if (tx.who.audience !== 'client')
    throw new Problem('not_permitted', 'This is how clients see their orders: look under /orders.')
}
