import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { sql, texts, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid } from '#kernel/problem.ts'
import { stagesFor } from '../lifecycle.ts'
import { expectToAsk, refuseStep, sideOf, tell, typed } from '../step.ts'

/**
 * Holds an order for a reason, until a day of the account's zone begins or until somebody releases it. Several holds may
 * lie on one order; a client's is his side's.
 * @throws Problem invalid_request, not_found, not_permitted, wrong_state
 */
export async function holdOrder(tx: Tx, id: string, hold: { reason: string; until?: string | undefined }) {
  const reason = typed('reason', hold.reason)
  if (hold.until !== undefined) await refusePast(tx, hold.until)
  await expectToAsk(tx)
  const held = await tx.first(sql<{ id: string; store_id: string }>`
    insert into orders.holds (account_id, id, order_id, store_id, side, reason, until, placed_by)
    select o.account_id, ${uuidv7()}, o.id, o.store_id, ${sideOf(tx)}, ${reason}, ${hold.until ?? null}::date, ${tx.who.name}
      from orders.orders o where o.id = ${id} and orders.stage_of(o.id) = any (${texts(stagesFor('hold', tx.who.permissions))})
    returning order_id as id, store_id`)
  if (!held) return await refuseStep(tx, id, 'hold')
  await tx.rows(sql`select orders.recompute(${uuids([id])})`)
  await tell(tx, held, 'order.held', { reason, until: hold.until ?? null })
  await audit(tx, 'order.held', { kind: 'order', id }, { reason, until: hold.until ?? null })
  return {}
}

/** @throws Problem invalid_request for a day that is not to come */
export async function refusePast(tx: Tx, until: string) {
  const row = await tx.first(sql<{ passed: boolean }>`
    select ${until}::date <= (app.now() at time zone timezone)::date as passed from access.accounts where id = app.account_id()`)
  if (row!.passed) throw invalid('until', 'must be after today: the order is released when that day begins')
}

/**
 * Releases what the caller's own side holds, the house or the client: the other's is theirs to release. The status is computed anew.
 * @throws Problem not_found, wrong_state
 */
export async function releaseOrder(tx: Tx, id: string) {
  const [released] = await tx.rows(sql<{ id: string; store_id: string }>`
    update orders.holds set released_at = app.now(), released_by = ${tx.who.name}
     where order_id = ${id} and side = ${sideOf(tx)} and released_at is null
    returning order_id as id, store_id`)
  if (!released) return await refuseStep(tx, id, 'release')
  await tx.rows(sql`select orders.recompute(${uuids([id])})`)
  await tell(tx, released, 'order.released')
  await audit(tx, 'order.released', { kind: 'order', id })
  return {}
}
