import { audit, auditEach } from '#kernel/audit.ts'
import { json, sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import { costOf, type KeptCost } from '../queries/shipments.ts'

/** What a carrier charges: minor units of a currency. */
export interface Cost {
  amount: number
  currency: string
}
const currencies = new Set(Intl.supportedValuesOf('currency'))

const needed = ['shipping-costs:read', 'fulfillment:ship'] as const
/** Nobody enters what he may not read. */
export const mayEnterCosts = (tx: Tx) => needed.every((permission) => tx.who.permissions.includes(permission))

/** @throws Problem not_permitted for who may not read costs or not mark as shipped; invalid_request */
export function checkCost(tx: Tx, cost: Cost, field = 'cost'): void {
  for (const permission of needed)
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

/**
 * Enters, corrects or removes what a shipment cost; version 0 is that of one without a cost yet.
 * @throws Problem not_found, not_permitted, changed_meanwhile, wrong_state, invalid_request
 */
export async function correctCost(tx: Tx, id: string, version: number, cost: Cost | null) {
  checkCost(tx, cost ?? { amount: 0, currency: 'EUR' })
  await lockOrdersOf(tx, id)
  const [shipments, kept] = await tx.all(
    sql<{ state: string }>`select state from fulfillment.shipments where id = ${id}`,
    sql<KeptCost>`select amount, currency, version from fulfillment.shipment_costs where shipment_id = ${id}`,
  )
  if (!shipments[0]) throw notFound()
  const before = costOf(kept[0])
  if (before.version !== version) throw changedMeanwhile(before, { cost })
  if (shipments[0].state === 'voided') throw new Problem('wrong_state', 'This shipment was voided: it costs nothing.')
  await tx.rows(sql`select fulfillment.set_costs(${json([{ id, ...(cost ?? { amount: null, currency: null }) }])})`)
  await audit(tx, 'shipment.costed', { kind: 'shipment', id }, { from: before.cost, to: cost })
  return { version: version + 1, cost }
}

async function lockOrdersOf(tx: Tx, shipmentId: string): Promise<void> {
  const held = await tx.rows(sql<{ id: string }>`
    select distinct l.fulfillment_order_id as id
      from fulfillment.parcels p
      join fulfillment.parcel_lines pl on pl.account_id = p.account_id and pl.parcel_id = p.id
      join fulfillment.lines l on l.account_id = pl.account_id and l.id = pl.line_id
     where p.shipment_id = ${shipmentId}`)
  await tx.rows(sql`select fulfillment.lock(${uuids(held.map(({ id }) => id))})`)
}
