import { assignLines } from '#fulfillment'
import { addOrders, type NewOrder } from '#orders'
import { adjustStock } from '#stock'
import { warehouses } from './cast.ts'
import { houseStore, orderDraft } from './scene.ts'
import { useWorld } from './world.ts'

/** A world in which goods are counted, and what tests ask of it. Everything is in the first account, in its default store. */
export function useStock(options: { poolSize?: number } = {}) {
  const world = useWorld(async () => {}, options)
  return {
    world,
    /** A product of the house, or of a client. */
    async product(sku: string, clientId?: string): Promise<string> {
      const made = await world.as('A1', 'POST /products', { sku, name: sku, ...(clientId ? { clientId } : {}) })
      return made.body.id
    },
    adjust: (productId: string, by: number, warehouseId: string = warehouses.main) =>
      world.work('A1', (tx) => adjustStock(tx, { warehouseId, productId, by, reason: 'Opening' })),
    /** An order as it arrives, at a time of its own. */
    async order(number: string, lines: NewOrder['lines'], placedAt = '2026-01-01T00:00:00Z', storeId?: string) {
      const id = await world.work('A1', async (tx) => {
        const draft = { ...orderDraft(number, { lines }), placedAt, placedPrecision: 'time' as const }
        return (await addOrders(tx, { storeId: storeId ?? (await houseStore(world)), orders: [draft] })).get(number)!
      })
      const { rows } = await world.owner.query<{ id: string }>(
        'select id from orders.lines where order_id = $1 order by position',
        [id],
      )
      return { id, lines: rows.map((row) => row.id) }
    },
    async level(productId: string, warehouseId: string = warehouses.main) {
      const { rows } = await world.owner.query<Record<'onHand' | 'allocated' | 'backordered', number>>(
        `select coalesce(sum(on_hand), 0)::int as "onHand", coalesce(sum(allocated), 0)::int as allocated, coalesce(sum(backordered), 0)::int as backordered
           from stock.levels where product_id = $1 and warehouse_id = $2`,
        [productId, warehouseId],
      )
      return rows[0]!
    },
    /** How many open issues say that lines of an order wait. */
    async waiting(orderId: string): Promise<number> {
      const { rowCount } = await world.owner.query(
        "select 1 from orders.issues where order_id = $1 and kind = 'backordered' and resolved_at is null",
        [orderId],
      )
      return rowCount ?? 0
    },
    /** Gives lines of an order to somebody; the fulfillment order. */
    async assign(orderId: string, lines: string[], to: { supplierId: string } | { warehouseId: string }) {
      const given = await world.work('A1', (tx) =>
        assignLines(tx, { lines: lines.map((orderLineId) => ({ orderId, orderLineId })), to }),
      )
      return given[0]!.fulfillmentOrderId
    },
    /** The movements of a product, the newest first. */
    async ledger(productId: string) {
      const { rows } = await world.owner.query(
        'select * from stock.movements where product_id = $1 order by at desc, id desc',
        [productId],
      )
      return rows
    },
    /** What is wrong with levels, ledger and allocations; nothing, if all is well. */
    async faults(): Promise<unknown[]> {
      const { rows } = await world.owner.query(
        `select l.warehouse_id, l.product_id, l.on_hand, l.allocated, l.backordered, m.on_hand, m.allocated, m.backordered, a.allocated, a.backordered
           from stock.levels l
           cross join lateral (select coalesce(sum(m.on_hand), 0) as on_hand, coalesce(sum(m.allocated), 0) as allocated, coalesce(sum(m.backordered), 0) as backordered
             from stock.movements m where m.account_id = l.account_id and m.warehouse_id = l.warehouse_id and m.product_id = l.product_id) m
           cross join lateral (select coalesce(sum(a.allocated), 0) as allocated, coalesce(sum(a.backordered), 0) as backordered
             from stock.allocations a where a.account_id = l.account_id and a.warehouse_id = l.warehouse_id and a.product_id = l.product_id) a
          where (l.on_hand, l.allocated, l.backordered) <> (m.on_hand, m.allocated, m.backordered) or (l.allocated, l.backordered) <> (a.allocated, a.backordered)`,
      )
      return rows
    },
  }
}

/** Works through a list, so many at once; the answers in the order of the list. */
export async function inLanes<T, R>(lanes: number, items: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = []
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      const at = next++
      answers[at] = await work(items[at]!)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return answers
}
