import { describe, expect, it } from 'vitest'
import { stores } from '../testing/cast.ts'
import { orderDraft } from '../testing/scene.ts'
import { useWorld } from '../testing/world.ts'
import { addOrders } from './index.ts'

describe('orders, told through HTTP', () => {
  const world = useWorld(async (w) => {
    await w.work('A1', (tx) =>
      addOrders(tx, {
        storeId: stores.a,
        orders: [orderDraft('1001'), orderDraft('1002', { buyerName: 'Zoë Martin' })],
      }),
    )
    await w.work('A1', (tx) => addOrders(tx, { storeId: stores.b, orders: [orderDraft('1001')] }))
  })

  it('S1.15 staff list and open the orders of every store', async () => {
    const list = await world.as('A1', 'GET /orders')
    expect(list.body.items.map((item: { number: string }) => item.number).sort()).toEqual(['1001', '1001', '1002'])
    const one = await world.as('A1', `GET /orders/${list.body.items[0].id}`)
    expect(one.status).toBe(200)
    expect(one.body.amounts.total).toBe(2_590)
  })

  it('S2.11 a client sees the orders of the store granted to it, and no other', async () => {
    const list = await world.as('P1', 'GET /orders')
    expect(list.body.items).toHaveLength(2)
    const others = await world.as('P2', 'GET /orders')
    expect(others.body.items).toHaveLength(1)
    const foreign = others.body.items[0].id
    expect((await world.as('P2', `GET /orders/${foreign}`)).status).toBe(200)
    const hidden = await world.as('P1', `GET /orders/${foreign}`)
    const never = await world.as('P1', 'GET /orders/01900000-0000-7000-8000-000000000000')
    expect(hidden.status).toBe(404)
    expect(hidden.bare).toBe(never.bare)
  })

  it('S1.17 customer service reads an order without any amount', async () => {
    const list = await world.as('C1', 'GET /orders')
    expect(list.body.items[0].total).toBeUndefined()
    const one = await world.as('C1', `GET /orders/${list.body.items[0].id}`)
    expect(one.body.recipient.name).toBe('Paul Henriot')
    expect(one.body.amounts).toBeUndefined()
    expect(one.body.lines[0].unitPriceMicros).toBeUndefined()
  })

  it('S3.12 a supplier may not ask for orders at all', async () => {
    const refused = await world.as('S1', 'GET /orders')
    expect(refused.status).toBe(403)
    expect(refused.body.permission).toBe('orders:read')
  })

  it('pages by a cursor that is sealed to caller and filter', async () => {
    const first = await world.as('A1', 'GET /orders?limit=2')
    expect(first.body.items).toHaveLength(2)
    const rest = await world.as('A1', `GET /orders?limit=2&cursor=${first.body.nextCursor}`)
    expect(rest.body.items).toHaveLength(1)
    expect(rest.body.nextCursor).toBeNull()
    expect((await world.as('P1', `GET /orders?limit=2&cursor=${first.body.nextCursor}`)).status).toBe(400)
  })

  it('finds an order by number, name and SKU, by the beginning of a word', async () => {
    for (const [query, found] of [
      ['1002', 1],
      ['zoe', 1],
      ['nw-011', 3],
      ['011', 3],
      ['henr', 3],
      ['nothing', 0],
    ] as const) {
      const list = await world.as('C1', `GET /orders?q=${query}`)
      expect([query, list.body.items.length]).toEqual([query, found])
    }
  })

  it('refuses unknown fields by name, and what is no session', async () => {
    const refused = await world.as('A1', 'GET /orders?colour=red')
    expect(refused.status).toBe(400)
    expect(refused.body.errors[0].field).toBe('colour')
    expect((await world.as(null, 'GET /orders')).status).toBe(401)
  })
})
