import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import type { Deed } from '../actions.ts'
import type { Condition } from '../condition/schema.ts'

/** Which rule did what with an order, the first first. @throws Problem not_found */
export async function listTraces(tx: Tx, orderId: string) {
  const [order, rows] = await tx.all(
    sql`select 1 from orders.orders where id = ${orderId}`,
    sql<{
      id: string
      ruleName: string
      ruleVersion: number
      run: 'arrival' | 'now'
      at: string
      effect: { condition: Condition; did: Deed[] }
    }>`
      select t.id, t.rule_name as "ruleName", t.rule_version as "ruleVersion", t.run, t.at, t.effect
        from automation.traces t where t.order_id = ${orderId} order by t.at, t.id`,
  )
  if (order.length === 0) throw notFound()
  return { items: rows.map(({ effect, ...row }) => ({ ...row, ...effect })) }
}
