import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { describe, expect, inject, it } from 'vitest'
import { sql } from '../server/src/kernel/db/sql.ts'
import { accounts } from '../server/src/testing/cast.ts'
import { houseStore } from '../server/src/testing/scene.ts'
import { inLanes, useStock } from '../server/src/testing/stock-scene.ts'

/** So many a second. */
async function rateOf<T>(lanes: number, items: T[], work: (item: T) => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await inLanes(lanes, items, work)
  return items.length / ((performance.now() - began) / 1000)
}

describe('stock at full size', () => {
  const { world, product, adjust, level, faults } = useStock({ poolSize: 12 })

  /** Three-line orders of twenty products, written as they stand before anything is kept for them. */
  async function bareOrders(count: number, products: string[]): Promise<string[]> {
    const storeId = await houseStore(world)
    const rows = Array.from({ length: count }, (_, n) => ({ id: uuidv7(), number: `B-${n}`, first: (n * 7) % 20 }))
    await world.owner.query(
      `insert into orders.orders (account_id, id, store_id, external_id, number, placed_at, placed_on, placed_precision, payment, line_count, quantity)
       select $1, r.id, $2, r.number, r.number, now(), '2026-01-01', 'time', 'payable', 3, 3 from jsonb_to_recordset($3) as r (id uuid, number text)`,
      [accounts.one.id, storeId, JSON.stringify(rows)],
    )
    await world.owner.query(
      `insert into orders.lines (account_id, id, order_id, store_id, position, product_id, sku, name, quantity)
       select $1, gen_random_uuid(), r.id, $2, n, ($4::uuid[])[1 + (r.first + n * 3) % 20], 'HOT', 'Hot', 1
         from jsonb_to_recordset($3) as r (id uuid, first integer), generate_series(1, 3) n`,
      [accounts.one.id, storeId, JSON.stringify(rows), products],
    )
    await world.owner.query('analyze orders.orders, orders.lines, catalog.products, stock.levels')
    return rows.map((row) => row.id)
  }

  it('F50 allocates three-line orders of twenty hot products at 800 a second or more, none oversold', async () => {
    const products: string[] = []
    for (let n = 0; n < 20; n++) products.push(await product(`HOT-${n}`))
    for (const id of products) await adjust(id, 1_000_000)
    const ids = await bareOrders(12_000, products)
    for (const [lanes, from, to] of [
      [1, 0, 2000],
      [4, 2000, 7000],
      [8, 7000, 12_000],
    ] as const) {
      const rate = await rateOf(lanes, ids.slice(from, to), (id) =>
        world.work('A1', (tx) => tx.rows(sql`select stock.allocate(array[${id}]::uuid[])`)),
      )
      console.log(`${lanes} at once: ${Math.round(rate)} orders a second`)
    }
    expect(await faults()).toEqual([])
  })

  it('F44 64 clients take the last 1,000 units in 10,000 tries', async () => {
    const last = await product('LAST')
    await adjust(last, 1000)
    const tries = Array.from({ length: 10_000 }, (_, n) => ({
      number: `L-${n}`,
      lines: [{ sku: 'LAST', quantity: 1 }],
    }))
    // Who is told to come again in a moment does.
    const statuses = await inLanes(64, tries, async (body) => {
      let { status } = await world.as('A1', 'POST /orders', body)
      while (status === 503) status = (await world.as('A1', 'POST /orders', body)).status
      return status
    })
    expect(new Set(statuses)).toEqual(new Set([201]))
    expect(await level(last)).toEqual({ onHand: 1000, allocated: 1000, backordered: 9000 })
    expect(await faults()).toEqual([])
  })
})

describe('a ledger of a million rows', () => {
  const { world, product, adjust } = useStock()

  it('S1.3 is compared and recomputed within 60 seconds', async () => {
    for (let n = 0; n < 20; n++) await adjust(await product(`ROW-${n}`), 10)
    const boss = new pg.Client({ ...inject('server').admin, database: world.owner.database } as pg.ClientConfig)
    await boss.connect()
    // References are not what is measured here.
    await boss.query('set session_replication_role = replica')
    await boss.query(
      `insert into stock.movements (account_id, id, warehouse_id, product_id, owner_party_id, kind, on_hand, actor, via)
       select l.account_id, gen_random_uuid(), l.warehouse_id, l.product_id, l.owner_party_id, 'adjusted', case when n % 2 = 0 then 3 else -3 end, 'A1', 'hand'
         from stock.levels l, generate_series(1, 50000) n`,
    )
    await boss.end()
    const began = performance.now()
    const { rows } = await world.owner.query('select * from stock.differences()')
    await world.owner.query('select stock.recompute()')
    const seconds = (performance.now() - began) / 1000
    console.log(`a million rows are compared and recomputed in ${seconds.toFixed(1)} s`)
    expect(rows).toEqual([])
    expect(seconds).toBeLessThan(60)
  })
})
