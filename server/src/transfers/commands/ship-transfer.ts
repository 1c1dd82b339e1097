import { audit } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { Problem } from '#kernel/problem.ts'
import { takeStep } from '../take-step.ts'

interface Departure {
  carrier?: string
  tracking?: string
  cartons?: number | null
}

/**
 * Says that it left: what was announced is in transit. Out of a warehouse of the house the goods leave its stock, never what is kept
 * for orders.
 * @throws Problem not_found, not_permitted for the house on a client's, wrong_state
 */
export async function shipTransfer(tx: Tx, id: string, departure: Departure): Promise<void> {
  const lacking = await tx.rows(sql<{ sku: string; available: number; quantity: number }>`
    select l.sku, l.available, l.quantity from transfers.lacking(${id}) l join transfers.transfers t on t.id = ${id} and t.state = 'to_ship'`)
  if (lacking.length > 0) {
    const list = lacking.slice(0, 3).map(({ sku, available, quantity }) => `${sku} (${available} of ${quantity})`)
    throw new Problem('wrong_state', `Not enough is available where it comes from: ${list.join(', ')}.`, {
      extra: { lacking },
    })
  }
  const said = {
    carrier: departure.carrier?.trim() ?? '',
    tracking: departure.tracking?.trim() ?? '',
    cartons: departure.cartons ?? null,
  }
  await takeStep(tx, 'ship', id, sql`select transfers.ship(${id}, ${json(said)}) as done`)
  await audit(tx, 'transfer.shipped', { kind: 'transfer', id }, said)
}

/** It arrived; nothing is counted yet. @throws Problem not_found, wrong_state */
export async function deliverTransfer(tx: Tx, id: string): Promise<void> {
  await takeStep(tx, 'deliver', id, sql`select transfers.deliver(${id}) as done`)
  await audit(tx, 'transfer.delivered', { kind: 'transfer', id })
}

/** The house records goods that the client had not said had left. @throws Problem not_found, not_permitted, wrong_state */
export async function arriveTransfer(tx: Tx, id: string): Promise<void> {
  await takeStep(tx, 'arrive', id, sql`select transfers.arrive(${id}) as done`)
  await audit(tx, 'transfer.arrived', { kind: 'transfer', id })
}
