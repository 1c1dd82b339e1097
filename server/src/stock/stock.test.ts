import { describe, expect, it } from 'vitest'
import { sql, uuids } from '#kernel/db/sql.ts'
import { parties, stores, warehouses } from '../testing/cast.ts'
import { line } from '../testing/scene.ts'
import { useStock } from '../testing/stock-scene.ts'
import { at } from '../testing/world.ts'
import { adjustStock, answerCount, countStock } from './index.ts'

describe('stock is a ledger, and orders are served from it', () => {
  const { world, product, adjust, order, level, waiting, faults, ledger, assign } = useStock()
  const ship = (id: string, lines?: { lineId: string; quantity: number }[]) =>
    world.as('A1', `POST /orders/${id}/ship`, { carrier: 'DHL', ...(lines ? { lines } : {}) })

  it('S1.3 a product whose stock is not counted is neither kept nor waited for, and is shipped as before', async () => {
    const plain = await product('PLAIN')
    const { id } = await order('N-1', [line('PLAIN', 3, 0)])
    expect((await ship(id)).status).toBe(200)
    expect(await level(plain)).toEqual({ onHand: 0, allocated: 0, backordered: 0 })
    expect(await ledger(plain)).toEqual([])
  })

  it('S1.5 keeps what an order wants on arrival, lets the rest wait, and serves who ordered first when more comes', async () => {
    const tea = await product('TEA')
    await adjust(tea, 5)
    const first = await order('N-2', [line('TEA', 4, 0)], '2026-01-02T00:00:00Z')
    const second = await order('N-3', [line('TEA', 4, 0)], '2026-01-03T00:00:00Z')
    const third = await order('N-4', [line('TEA', 1, 0)], '2026-01-01T00:00:00Z')
    expect(await level(tea)).toEqual({ onHand: 5, allocated: 5, backordered: 4 })
    expect(await waiting(first.id)).toBe(0)
    expect([await waiting(second.id), await waiting(third.id)]).toEqual([1, 1])
    await adjust(tea, 2)
    expect(await level(tea)).toEqual({ onHand: 7, allocated: 7, backordered: 2 })
    expect([await waiting(second.id), await waiting(third.id)]).toEqual([1, 0])
    await adjust(tea, 2)
    expect(await level(tea)).toEqual({ onHand: 9, allocated: 9, backordered: 0 })
    expect(await waiting(second.id)).toBe(0)
  })

  it('S1.3 an order that is cancelled, in part or whole, lets go of what was kept, and the next in line gets it', async () => {
    const mug = await product('MUG')
    await adjust(mug, 4)
    const first = await order('N-5', [line('MUG', 4, 0)], '2026-01-02T00:00:00Z')
    const second = await order('N-6', [line('MUG', 3, 0)], '2026-01-03T00:00:00Z')
    expect(await waiting(second.id)).toBe(1)
    const fewer = await world.as(
      'A1',
      `PATCH /orders/${first.id}`,
      { lines: [{ lineId: first.lines[0], quantity: 2 }] },
      at(1),
    )
    expect(fewer.status).toBe(200)
    expect(await level(mug)).toEqual({ onHand: 4, allocated: 4, backordered: 1 })
    await world.as('A1', `POST /orders/${first.id}/cancel`, { reason: 'Changed his mind' })
    expect(await level(mug)).toEqual({ onHand: 4, allocated: 3, backordered: 0 })
    expect(await waiting(second.id)).toBe(0)
    const more = await world.as(
      'A1',
      `PATCH /orders/${second.id}`,
      { lines: [{ lineId: second.lines[0], quantity: 6 }] },
      at(1),
    )
    expect(more.status).toBe(200)
    expect(await level(mug)).toEqual({ onHand: 4, allocated: 4, backordered: 2 })
  })

  it('S1.3 what a supplier ships is not kept here; what he rejects, or is taken back from him, is kept again', async () => {
    const jam = await product('JAM')
    await adjust(jam, 5)
    const { id, lines } = await order('N-7', [line('JAM', 5, 0)])
    const part = await assign(id, lines, { supplierId: parties.S1.id })
    expect(await level(jam)).toEqual({ onHand: 5, allocated: 0, backordered: 0 })
    await world.as('S1', `POST /queue/${part}/reject`, { reason: 'Out of stock' })
    expect(await level(jam)).toEqual({ onHand: 5, allocated: 5, backordered: 0 })
    const again = await assign(id, lines, { supplierId: parties.S2.id })
    expect(await level(jam)).toEqual({ onHand: 5, allocated: 0, backordered: 0 })
    expect((await world.as('A1', `POST /fulfillment-orders/${again}/unassign`)).status).toBe(200)
    expect(await level(jam)).toEqual({ onHand: 5, allocated: 5, backordered: 0 })
    const third = await assign(id, lines, { supplierId: parties.S1.id })
    expect((await world.as('S1', `POST /queue/${third}/ship`, { carrier: 'DHL' })).status).toBe(200)
    expect(await level(jam)).toEqual({ onHand: 5, allocated: 0, backordered: 0 })
  })

  it('S1.5 shipping takes what left out of stock, in the name of its order; of what is not there it names SKU, warehouse and how many', async () => {
    const cup = await product('CUP')
    await adjust(cup, 5)
    const first = await order('N-8', [line('CUP', 3, 0)], '2026-01-02T00:00:00Z')
    const second = await order('N-9', [line('CUP', 4, 0)], '2026-01-03T00:00:00Z')
    const refused = await ship(second.id)
    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject({ code: 'not_in_stock', sku: 'CUP', warehouse: 'Main warehouse', available: 2 })
    expect(refused.body.detail).toContain('Of CUP there are 2 in Main warehouse')
    expect((await ship(second.id, [{ lineId: second.lines[0]!, quantity: 2 }])).status).toBe(200)
    expect(await level(cup)).toEqual({ onHand: 3, allocated: 3, backordered: 2 })
    expect((await ship(first.id)).status).toBe(200)
    expect(await level(cup)).toEqual({ onHand: 0, allocated: 0, backordered: 2 })
    const [last] = await ledger(cup)
    expect(last).toMatchObject({
      kind: 'shipped',
      on_hand: -3,
      allocated: -3,
      document_kind: 'order',
      document_id: first.id,
      document: 'N-8',
      actor: 'A1',
    })
  })

  it('S1.5 a pasted list is answered row by row: what is in stock leaves, and the row that lacks is told', async () => {
    const bowl = await product('BOWL')
    await adjust(bowl, 5)
    await adjust(await product('LID'), 2)
    const asked = [
      ['R-1', 'BOWL', 3],
      ['R-2', 'BOWL', 4],
      ['R-3', 'LID', 2],
    ] as const
    for (const [number, sku, quantity] of asked) {
      const { id, lines } = await order(number, [line(sku, quantity, 0)])
      await assign(id, lines, { warehouseId: warehouses.main })
    }
    const rows = ['R-1', 'R-2', 'R-2', 'R-3', 'R-0'].map((number) => ({ number, trackingNumber: `T ${number}` }))
    const list = async () => {
      const answer = await world.as('A1', 'POST /fulfillment-orders/ship', { carrier: 'DHL', rows })
      return answer.body.rows.map(({ result }: { result: string }) => result)
    }
    expect(await list()).toEqual(['done', 'not_in_stock', 'not_in_stock', 'done', 'unknown'])
    expect(await level(bowl)).toEqual({ onHand: 2, allocated: 2, backordered: 2 })
    expect(await list()).toEqual(['already_done', 'not_in_stock', 'not_in_stock', 'already_done', 'unknown'])
    await adjust(bowl, 2)
    expect((await list())[1]).toBe('done')
    expect(await level(bowl)).toEqual({ onHand: 0, allocated: 0, backordered: 0 })
  })

  it('S1.3 an order is kept in the first warehouse of its store that has all of it, else each line in the first that has the line', async () => {
    const [pen, ink] = [await product('PEN', parties.P2.id), await product('INK', parties.P2.id)]
    await world.work('A1', (tx) =>
      tx.rows(sql`insert into stock.store_warehouses (account_id, store_id, warehouse_id, position)
        values (app.account_id(), ${stores.b}, ${warehouses.north}, 1), (app.account_id(), ${stores.b}, ${warehouses.main}, 2)`),
    )
    await adjust(pen, 5, warehouses.north)
    await adjust(pen, 5)
    await adjust(ink, 5)
    await order('R-1', [line('PEN', 1, 0), line('INK', 1, 0)], undefined, stores.b)
    expect([await level(pen, warehouses.north), await level(pen)]).toMatchObject([{ allocated: 0 }, { allocated: 1 }])
    await order('R-2', [line('PEN', 5, 0), line('INK', 1, 0)], undefined, stores.b)
    expect([await level(pen, warehouses.north), await level(ink)]).toMatchObject([{ allocated: 5 }, { allocated: 2 }])
    const late = await order('R-3', [line('PEN', 6, 0)], undefined, stores.b)
    expect(await level(pen, warehouses.north)).toEqual({ onHand: 5, allocated: 5, backordered: 6 })
    // Goods that come into another warehouse of the store serve it too.
    await adjust(pen, 2)
    expect([await level(pen, warehouses.north), await level(pen)]).toMatchObject([
      { backordered: 0 },
      { onHand: 7, allocated: 7 },
    ])
    expect(await waiting(late.id)).toBe(0)
    const part = await ship(late.id)
    expect(part.status).toBe(200)
    expect(await level(pen)).toEqual({ onHand: 1, allocated: 1, backordered: 0 })
  })

  it('S1.3 lines of the same goods count together when it is asked who has all of an order', async () => {
    const cap = await product('CAP', parties.P2.id)
    await adjust(cap, 5, warehouses.north)
    await adjust(cap, 6)
    await order('R-4', [line('CAP', 3, 0), line('CAP', 3, 0)], undefined, stores.b)
    expect([await level(cap, warehouses.north), await level(cap)]).toMatchObject([{ allocated: 0 }, { allocated: 6 }])
    await order('R-5', [line('CAP', 4, 0), line('CAP', 4, 0)], undefined, stores.b)
    expect(await level(cap, warehouses.north)).toEqual({ onHand: 5, allocated: 5, backordered: 3 })
    expect(await level(cap)).toEqual({ onHand: 6, allocated: 6, backordered: 0 })
  })

  it('S1.3 what is given to another warehouse is kept there', async () => {
    const hat = await product('HAT')
    await adjust(hat, 3)
    await adjust(hat, 2, warehouses.north)
    const { id, lines } = await order('N-10', [line('HAT', 2, 0)])
    expect([await level(hat), await level(hat, warehouses.north)]).toMatchObject([{ allocated: 2 }, { allocated: 0 }])
    await assign(id, lines, { warehouseId: warehouses.north })
    expect([await level(hat), await level(hat, warehouses.north)]).toMatchObject([{ allocated: 0 }, { allocated: 2 }])
  })

  it('S1.3 orders that came before a product was counted have it kept from its first movement on', async () => {
    const bag = await product('BAG')
    const { id } = await order('N-11', [line('BAG', 2, 0)])
    await adjust(bag, 1)
    expect(await level(bag)).toEqual({ onHand: 1, allocated: 1, backordered: 1 })
    expect(await waiting(id)).toBe(1)
  })

  it('S1.19 two clients have a TSHIRT-M each, and a SKU of another is never matched', async () => {
    const ofP1 = await product('TSHIRT-M', parties.P1.id)
    const ofP2 = await product('TSHIRT-M', parties.P2.id)
    expect(ofP1).not.toBe(ofP2)
    await product('HOUSE-ONLY')
    const a = await order('T-1', [line('TSHIRT-M', 1, 0), line('HOUSE-ONLY', 1, 0)], undefined, stores.a)
    const { rows } = await world.owner.query(
      'select product_id from orders.lines where order_id = $1 order by position',
      [a.id],
    )
    expect(rows).toEqual([{ product_id: ofP1 }, { product_id: null }])
    const mine = await world.work('P1', (tx) =>
      tx.rows(sql`select id from catalog.products where sku in ('TSHIRT-M', 'HOUSE-ONLY')`),
    )
    expect(mine).toEqual([{ id: ofP1 }])
    // A product that comes later finds the lines of its owner's stores alone.
    await product('LATER', parties.P2.id)
    const b = await order('T-2', [line('LATER-2', 1, 0)], undefined, stores.a)
    await product('LATER-2', parties.P2.id)
    await product('LATER-2')
    expect((await world.owner.query('select product_id from orders.lines where order_id = $1', [b.id])).rows).toEqual([
      { product_id: null },
    ])
    const right = await product('LATER-2', parties.P1.id)
    expect((await world.owner.query('select product_id from orders.lines where order_id = $1', [b.id])).rows).toEqual([
      { product_id: right },
    ])
  })

  it('a shop that sells by the box has as many eaches kept as the box holds', async () => {
    const nail = await product('NAIL')
    await adjust(nail, 25)
    await world.owner.query(
      "insert into channels.listings (account_id, store_id, external_sku, product_id, multiplier) select account_id, id, 'NAIL-BOX', $1, 10 from channels.stores where id = $2",
      [nail, await storeOf()],
    )
    const { id } = await order('N-12', [line('NAIL-BOX', 2, 0)])
    expect(await level(nail)).toEqual({ onHand: 25, allocated: 20, backordered: 0 })
    expect((await ship(id)).status).toBe(200)
    expect(await level(nail)).toEqual({ onHand: 5, allocated: 0, backordered: 0 })
  })
  const storeOf = async () =>
    (await world.owner.query('select store_id from orders.orders where number = $1', ['N-1'])).rows[0].store_id

  it('adjusts by whole eaches with a reason, and never below what is kept', async () => {
    const key = await product('KEY')
    await adjust(key, 5)
    await order('N-13', [line('KEY', 4, 0)])
    const change = (by: number, reason = 'Broken', who: 'A1' | 'W1' | 'C1' = 'A1') =>
      world.work(who, (tx) => adjustStock(tx, { warehouseId: warehouses.main, productId: key, by, reason }))
    await change(-1)
    await expect(change(-1)).rejects.toMatchObject({ code: 'kept_for_orders', extra: { onHand: 4, allocated: 4 } })
    await expect(change(0)).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(change(1, ' ')).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(change(1_000_001)).rejects.toMatchObject({ code: 'invalid_request' })
    for (const who of ['W1', 'C1'] as const)
      await expect(change(1, 'Found', who)).rejects.toMatchObject({ code: 'not_permitted' })
    expect((await ledger(key))[0]).toMatchObject({ kind: 'adjusted', on_hand: -1, reason: 'Broken' })
  })

  it('counts against what was expected; a large difference waits for who may adjust', async () => {
    const box = await product('BOX')
    await adjust(box, 100)
    const count = (expected: number, counted: number, who: 'A1' | 'W1' = 'W1') =>
      world.work(who, (tx) => countStock(tx, { warehouseId: warehouses.main, productId: box, expected, counted }))
    expect(await count(100, 95)).toMatchObject({ state: 'applied' })
    await expect(count(100, 95)).rejects.toMatchObject({ code: 'changed_meanwhile', extra: { onHand: 95 } })
    const large = await count(95, 50)
    expect(large.state).toBe('waiting')
    expect(await level(box)).toMatchObject({ onHand: 95 })
    await adjust(box, 5)
    const answer = (who: 'A1' | 'W1', approve: boolean) =>
      world.work(who, (tx) => answerCount(tx, large.id, 1, approve))
    await expect(answer('W1', true)).rejects.toMatchObject({ code: 'not_permitted' })
    await answer('A1', true)
    expect(await level(box)).toMatchObject({ onHand: 55 })
    await expect(answer('A1', true)).rejects.toMatchObject({ code: 'changed_meanwhile' })
    const second = await count(55, 0)
    await world.work('A1', (tx) => answerCount(tx, second.id, 1, false))
    expect(await level(box)).toMatchObject({ onHand: 55 })
    expect(await count(55, 5, 'A1')).toMatchObject({ state: 'applied' })
    expect(await count(5, 5)).toMatchObject({ state: 'applied' })
  })

  it('S1.5 a line that waits is promised for the day on which enough is expected for it and for all before it', async () => {
    const oil = await product('OIL')
    await adjust(oil, 1)
    const first = await order('P-1', [line('OIL', 3, 0)], '2026-01-02T00:00:00Z')
    const second = await order('P-2', [line('OIL', 2, 0)], '2026-01-03T00:00:00Z')
    const third = await order('P-3', [line('OIL', 9, 0)], '2026-01-04T00:00:00Z')
    for (const [quantity, expectedOn] of [
      [3, '2026-03-01'],
      [1, '2026-04-01'],
    ] as const) {
      const made = await world.as('A1', 'POST /transfers', {
        warehouseId: warehouses.main,
        supplierId: parties.S1.id,
        expectedOn,
        lines: [{ sku: 'OIL', quantity }],
      })
      expect(made.status, made.text).toBe(201)
    }
    const promised = (who: 'A1' | 'C1s' = 'A1') =>
      world.work(who, (tx) =>
        tx.rows(sql<{ order_line_id: string; promised_on: string | null }>`
          select * from stock.promised(${uuids([first.id, second.id, third.id])})`),
      )
    const days = new Map((await promised()).map((row) => [row.order_line_id, row.promised_on]))
    expect([first, second, third].map(({ lines }) => days.get(lines[0]!))).toEqual(['2026-03-01', '2026-04-01', null])
    expect(await promised('C1s')).toEqual([])
  })

  it('S1.3 levels, ledger and what is kept for orders agree after all of this', async () => {
    expect(await faults()).toEqual([])
  })
})
