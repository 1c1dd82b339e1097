import type { Tx } from './db/transaction.ts'

/**
 * What a slice tells those after it. A listener runs in the announcing transaction: it writes what it must (most often a
 * job), and its failure undoes the announcement too.
 */
export interface Events {
  /** Orders have come in, payable or not yet. */
  'orders.arrived': { orderIds: string[] }
  /** What stands on these orders changed (address, note, hold …): open fulfillment orders follow. */
  'orders.edited': { orderIds: string[]; fields?: string[] }
  'orders.cancelled': { orderIds: string[]; reason: string }
  /** The tags of these products changed. */
  'products.tagged': { productIds: string[] }
}

type Listener<E extends keyof Events> = (tx: Tx, data: Events[E]) => Promise<void>
const listeners = new Map<keyof Events, Listener<never>[]>()

export function on<E extends keyof Events>(event: E, listener: Listener<E>): void {
  listeners.set(event, [...(listeners.get(event) ?? []), listener as Listener<never>])
}

export async function announce<E extends keyof Events>(tx: Tx, event: E, data: Events[E]): Promise<void> {
  for (const listener of listeners.get(event) ?? []) await (listener as unknown as Listener<E>)(tx, data)
}
