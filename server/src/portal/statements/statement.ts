import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, notFound } from '#kernel/problem.ts'

export interface Asked {
  month: string
  clientId?: string | undefined
}
interface Goods {
  received: number
  damaged: number
  shipped: number
  onHand: number
  storageDays: number
}
interface Shipments {
  orders: number
  lines: number
}
type Named = Record<'id' | 'name', string>
type Month = { client: string; month: string; through: string | null; soFar: boolean; toCome: boolean }
type Product = Goods & { warehouse: Named; sku: string; name: string }

const none = { received: 0, damaged: 0, shipped: 0, onHand: 0, storageDays: 0 }
const add = (one: Goods, other: Goods): Goods => ({
  received: one.received + other.received,
  damaged: one.damaged + other.damaged,
  shipped: one.shipped + other.shipped,
  onHand: one.onHand + other.onHand,
  storageDays: one.storageDays + other.storageDays,
})

/**
 * What was done for a client in a month, in eaches, by warehouse and by product, of what the caller reaches.
 * @throws Problem not_found for a client he does not know; invalid_request for a month to come, or where the house names no client
 */
export async function readStatement(tx: Tx, { month, clientId }: Asked) {
  const client = sql`coalesce(${clientId ?? null}::uuid, app.party_id())`
  const day = sql`${`${month}-01`}::date`
  const [months, products, shipped] = await tx.all(
    sql<Month>`select client, to_char(month, 'YYYY-MM') as month, through, so_far as "soFar", to_come as "toCome" from portal.month_of_statement(${client}, ${day})`,
    sql<Product>`
      select json_build_object('id', warehouse_id, 'name', warehouse) as warehouse, sku, name, received, damaged, shipped,
             on_hand as "onHand", storage_days as "storageDays" from portal.goods_of_statement(${client}, ${day})`,
    sql<
      Shipments & Named
    >`select warehouse_id as id, warehouse as name, orders, lines from portal.orders_of_statement(${client}, ${day})`,
  )
  if (!months[0] && !clientId) throw invalid('clientId', 'is required: say whose statement you want')
  if (!months[0]) throw notFound()
  const { toCome, ...head } = months[0]
  if (toCome) throw invalid('month', 'is yet to come')
  return { ...head, ...summed(products, shipped), products }
}

/** The figures of each warehouse, by name, and of all of them; an order that left from two counts once in all. */
function summed(products: Product[], shipped: (Shipments & Named)[]) {
  const all = shipped.find(({ id }) => id === null)
  const warehouses = new Map<string, Goods & Shipments & { warehouse: Named }>()
  const of = (warehouse: Named) => {
    const known = warehouses.get(warehouse.id) ?? { warehouse, ...none, orders: 0, lines: 0 }
    warehouses.set(warehouse.id, known)
    return known
  }
  for (const { id, name, orders, lines } of shipped) if (id !== null) Object.assign(of({ id, name }), { orders, lines })
  for (const product of products) {
    const known = of(product.warehouse)
    Object.assign(known, add(known, product))
  }
  const total = { ...products.reduce(add, none as Goods), orders: all?.orders ?? 0, lines: all?.lines ?? 0 }
  const sorted = [...warehouses.values()].sort((one, other) => one.warehouse.name.localeCompare(other.warehouse.name))
  return { total, warehouses: sorted }
}
