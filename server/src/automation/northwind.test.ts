import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { upsertProducts } from '#catalog'
import { addOrders, type NewOrder } from '#orders'
import { accounts } from '../testing/cast.ts'
import { line, orderDraft } from '../testing/scene.ts'
import { useWorld } from '../testing/world.ts'

const file = (name: string): Record<string, string>[] =>
  parse(readFileSync(new URL(`../../../server/src/intake/reading/fixtures/northwind/${name}.csv`, import.meta.url)), {
    columns: true,
    bom: true,
  })

/** The 830 orders with their 2,155 lines, without what rules do not read. */
function northwindOrders(): NewOrder[] {
  const byNumber = Map.groupBy(file('orders-flat'), (row) => row['Order No']!)
  return [...byNumber].map(([number, rows]) =>
    orderDraft(number, { lines: rows.map((row) => line(row.SKU!, Number(row.Qty), 1_000_000)) }),
  )
}

describe('Northwind: 830 orders and the 29 suppliers that its tags propose', () => {
  const world = useWorld(async (w) => {
    const products = file('products-flat').map((row) => ({
      ...{
        sku: row.SKU!,
        name: row.Name!,
        description: null,
        barcodes: [],
        discontinued: null,
        price: null,
        cost: null,
      },
      tags: [row.Tags!],
    }))
    await w.work('A2', (tx) => upsertProducts(tx, { products, mode: 'create' }))
  })

  it('S3.5 one click makes 29 suppliers with their rules, and they split the mixed orders by line within seconds', async () => {
    const { items } = (await world.as('A2', 'GET /suppliers/proposal')).body
    expect(items).toHaveLength(29)
    expect(items.map(({ name }: { name: string }) => name)).toContain('Pavlova, Ltd.')
    const chosen = items.map(({ tag, name }: { tag: string; name: string }) => ({ tag, name }))
    const made = await world.as('A2', 'POST /suppliers/proposal', { chosen })
    expect(made.body).toEqual({ suppliers: 29, rules: 29 })

    const { rows } = await world.owner.query('select id from channels.stores where account_id = $1', [accounts.two.id])
    const orders = northwindOrders()
    await world.work('A2', async (tx) => {
      await addOrders(tx, { storeId: rows[0].id, orders: orders.slice(0, 500) })
      await addOrders(tx, { storeId: rows[0].id, orders: orders.slice(500) })
    })
    const begun = performance.now()
    await world.drain()
    const seconds = (performance.now() - begun) / 1000
    expect(seconds).toBeLessThan(30)

    const counted = await world.owner.query(
      `select count(*)::int as parts, count(distinct order_id)::int as orders,
              (select count(*)::int from fulfillment.lines) as lines, (select count(*)::int from automation.traces) as traces,
              (select count(*)::int from (select from fulfillment.fulfillment_orders group by order_id having count(*) > 1) x) as mixed
         from fulfillment.fulfillment_orders`,
    )
    expect(counted.rows[0]).toEqual({
      orders: 830,
      lines: 2155,
      parts: expect.any(Number),
      traces: counted.rows[0].parts,
      mixed: 681,
    })
  }, 60_000)
})
