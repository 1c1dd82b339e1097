import { audit, auditEach } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'

/** What a carrier charges: minor units of a currency. */
export interface Cost {
  amount: number
  currency: string
}
const currencies = new Set(Intl.supportedValuesOf('currency'))

/** @throws Problem not_permitted for who may not read costs or not mark as shipped; invalid_request */
export function checkCost(tx: Tx, cost: Cost, field = 'cost'): void {
  for (const permission of ['shipping-costs:read', 'fulfillment:ship'])
    if (!tx.who.permissions.includes(permission))
      throw new Problem('not_permitted', undefined, { extra: { permission } })
  if (!currencies.has(cost.currency))
    throw invalid(`${field}.currency`, 'is not a currency: write its three letters, such as EUR')
}

/** Notes what new shipments cost. */
export async function keepCosts(tx: Tx, costs: { shipmentId: string; cost: Cost }[]): Promise<void> {
  for (const { cost } of costs) checkCost(tx, cost)
  if (costs.length === 0) return
  const rows = costs.map(({ shipmentId, cost }) => ({ id: shipmentId, ...cost }))
  await tx.rows(sql`select fulfillment.set_costs(${json(rows)})`)
  await auditEach(
    tx,
    'shipment.costed',
    'shipment',
    rows.map(({ id, amount, currency }) => ({ id, changes: { amount, currency } })),
  )
}

/** Enters, corrects or removes what a shipment cost. @throws Problem not_found, not_permitted, wrong_state, invalid_request */
export async function correctCost(tx: Tx, id: string, cost: Cost | null): Promise<void> {
  checkCost(tx, cost ?? { amount: 0, currency: 'EUR' })
  const [shipments, before] = await tx.all(
    sql<{ state: string }>`select state from fulfillment.shipments where id = ${id}`,
    sql<Cost>`select amount, currency from fulfillment.shipment_costs where shipment_id = ${id}`,
  )
  if (!shipments[0]) throw notFound()
  if (shipments[0].state === 'voided') throw new Problem('wrong_state', 'This shipment was voided: it costs nothing.')
  await tx.rows(sql`select fulfillment.set_costs(${json([{ id, ...(cost ?? { amount: null, currency: null }) }])})`)
  await audit(tx, 'shipment.costed', { kind: 'shipment', id }, { from: before[0] ?? null, to: cost })
}
