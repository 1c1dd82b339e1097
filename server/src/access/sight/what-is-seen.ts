import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Audience, Permission } from '#kernel/permissions.ts'

/** Fields that not everybody sees, and the permission that shows them; a supplier sees the recipients of what he ships. */
const fieldsOf: Record<string, { staff: Permission; client?: Permission; supplier?: Permission }> = {
  recipient: { staff: 'orders:recipient', client: 'orders:recipient', supplier: 'queue:read' },
  contact: { staff: 'orders:contact', client: 'orders:contact' },
  phone: { staff: 'orders:phone', client: 'orders:contact' },
  amounts: { staff: 'orders:amounts', client: 'orders:amounts' },
  notes: { staff: 'orders:notes' },
  prices: { staff: 'products:prices' },
  costs: { staff: 'products:costs' },
  carrierCosts: { staff: 'shipping-costs:read' },
}
export const fields = ['recipient', 'contact', 'phone', 'amounts', 'notes', 'prices', 'costs', 'carrierCosts'] as const

/** Which fields a role of this audience shows, and by which permission. */
export const fieldsSeen = (audience: Audience, permissions: readonly string[]) =>
  fields.map((field) => {
    const by = fieldsOf[field]![audience] ?? null
    return { field, seen: by !== null && permissions.includes(by), by }
  })

/** Of how many rows the count is exact; beyond, it says that there are more. */
const exact = 100_000
const count = (from: Statement<unknown>) =>
  sql<{ count: number }>`select count(*) from (select 1 from ${from} limit ${exact + 1}) as seen`

/** What is counted: under the rights of whoever asks, by the policies alone. */
const countsOf = {
  orders: { staff: 'orders:read', client: 'orders:read', from: sql`orders.orders` },
  fulfillmentOrders: { staff: 'fulfillment:read', supplier: 'queue:read', from: sql`fulfillment.fulfillment_orders` },
  shipments: { staff: 'fulfillment:read', supplier: 'queue:read', from: sql`fulfillment.shipments` },
  products: { staff: 'products:read', from: sql`catalog.products` },
  stock: { staff: 'stock:read', from: sql`stock.levels` },
  transfers: { staff: 'transfers:read', from: sql`transfers.transfers` },
  clients: { staff: 'clients:read', from: sql`access.parties where kind = 'client'` },
  suppliers: { staff: 'suppliers:read', from: sql`access.parties where kind = 'supplier'` },
  rules: { staff: 'rules:read', from: sql`automation.rules` },
  users: { staff: 'users:read', from: sql`access.members where kind = 'person'` },
} as const satisfies Record<string, { [A in Audience]?: Permission } & { from: Statement<unknown> }>
type What = keyof typeof countsOf
export const counted = Object.keys(countsOf) as [What, ...What[]]

/** What an audience can see at all, and the statement that counts it; none for what the role does not open. */
export function countsFor(audience: Audience, permissions: readonly string[]) {
  return counted.flatMap((what) => {
    const one: { [A in Audience]?: Permission } & { from: Statement<unknown> } = countsOf[what]
    const by = one[audience]
    return by ? [{ what, statement: permissions.includes(by) ? count(one.from) : null }] : []
  })
}

export const asCount = (what: What, rows: { count: number }[] | undefined) => {
  const found = rows?.[0]?.count ?? 0
  return { what, count: Math.min(found, exact), orMore: found > exact }
}
