import { uuidv7 } from 'uuidv7'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { stagesFor, type Verb, whyNot } from './lifecycle.ts'

/** Whose tags, holds, comments and requests the caller writes: the house's, or the client's. */
export type Side = 'host' | 'client'
export const sideOf = (tx: Tx): Side => (tx.who.audience === 'client' ? 'client' : 'host')

/**
 * Holding and asking are a client's as long as the host leaves them to him.
 * @throws Problem not_permitted
 */
export async function expectToAsk(tx: Tx): Promise<void> {
  if (sideOf(tx) === 'host') return
  const row = await tx.first(sql<{ may: boolean }>`select orders.client_may_ask() as may`)
  if (!row!.may)
    throw new Problem('not_permitted', 'Holding and asking for changes is switched off: write a comment instead.')
}

/** Whether an order is held, by anybody and by the side named: columns of a query over order `o`. */
export const holding = (side: Side) => sql<{ held: boolean; ours: boolean }>`
  exists (select from orders.holds h where h.account_id = o.account_id and h.order_id = o.id and h.released_at is null) as held,
  exists (select from orders.holds h where h.account_id = o.account_id and h.order_id = o.id and h.released_at is null and h.side = ${side}) as ours`

/**
 * Looks up why a step on an order did nothing: always throws.
 * @throws Problem not_found where the caller sees no such order, wrong_state with the stages from which it may be done
 */
export async function refuseStep(tx: Tx, orderId: string, verb: Verb): Promise<never> {
  const order = await tx.first(sql<{ stage: string; held: boolean; ours: boolean }>`
    select orders.stage_of(o.id) as stage, ${holding(sideOf(tx))}
      from orders.orders o where o.id = ${orderId}`)
  if (!order) throw notFound()
  throw new Problem('wrong_state', whyNot(verb, tx.who.permissions, order) ?? 'Somebody was faster: reload it.', {
    extra: { state: order.stage, from: stagesFor(verb, tx.who.permissions) },
  })
}

/** Writes one entry into the story of an order. Everybody who may open the order reads it: no amount, no private text. */
export async function tell(
  tx: Tx,
  order: { id: string; store_id: string },
  kind: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  await tx.rows(sql`
    insert into orders.timeline (account_id, id, order_id, store_id, kind, actor, via, side, data)
    values (app.account_id(), ${uuidv7()}, ${order.id}, ${order.store_id}, ${kind}, ${tx.who.name}, app.via(), ${sideOf(tx)}, ${json(data)})`)
}

/** What a person typed, without the spaces around it. @throws Problem invalid_request where nothing is left */
export function typed(field: string, text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') throw invalid(field, 'is required')
  return trimmed
}
