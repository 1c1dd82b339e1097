import { describe, expect, it } from 'vitest'
import { parties, stores, warehouses } from '../../testing/cast.ts'
import { line } from '../../testing/scene.ts'
import { useStock } from '../../testing/stock-scene.ts'
import { at } from '../../testing/world.ts'
import { openStatuses, underWay } from './dashboard.ts'

describe("a client's dashboard", () => {
  const { world, product, adjust, order, assign } = useStock()
  const figures = async (who: 'P1' | 'P2') => (await world.as(who, 'GET /portal/dashboard')).body
  const many = (name: string, values: readonly string[]) => values.map((one) => `${name}=${one}`).join('&')
  const listed = async (call: string) => (await world.as('P1', `GET ${call}`)).body.items.length

  it('S2.8 S2.16 shows figures of his own company alone, and each is what the list with its filter says', async () => {
    expect(await figures('P1')).toMatchObject({
      open: 0,
      onHold: 0,
      shippedLately: 0,
      waiting: 0,
      transfers: 0,
      unread: 0,
    })
    const tea = await product('TEA', parties.P1.id)
    await product('RUM', parties.P2.id)
    await adjust(tea, 4)
    const sold = (number: string, units: number) => order(number, [line('TEA', units, 1_000_000)], undefined, stores.a)
    const first = await sold('N-1', 3)
    const second = await sold('N-2', 3)
    await sold('N-3', 1)
    await order('N-4', [line('RUM', 1, 1_000_000)], undefined, stores.b)
    await assign(first.id, first.lines, { warehouseId: warehouses.main })
    const left = await world.as('A1', `POST /orders/${first.id}/ship`, { carrier: 'DHL' })
    expect([left.status, left.text]).toEqual([200, expect.anything()])
    const held = await world.as('A1', `POST /orders/${second.id}/hold`, { reason: 'Wait' })
    expect([held.status, held.text]).toEqual([200, expect.anything()])
    const said = await world.as('A1', `POST /orders/${second.id}/comments`, { text: 'Soon', visibility: 'client' })
    expect([said.status, said.text]).toEqual([201, expect.anything()])
    // Low in both warehouses, of which he has one; and one that never moved.
    const cup = await product('CUP', parties.P1.id)
    for (const [productId, warehouseId, level] of [
      [tea, warehouses.main, 10],
      [tea, warehouses.north, 10],
      [cup, warehouses.main, 1],
    ] as const)
      await world.as('A1', 'PUT /stock/low-levels', { productId, warehouseId, level }, at(1))
    const lines = [{ sku: 'TEA', quantity: 5 }]
    await world.as('P1', 'POST /transfers', { warehouseId: warehouses.main, lines })
    const mine = await figures('P1')
    expect(mine).toMatchObject({ open: 1, onHold: 1, shippedLately: 1, transfers: 1, unread: 1, lowStock: 2 })
    expect(mine.waiting).toBeGreaterThan(0)
    expect(mine.stores).toEqual([{ id: stores.a, name: 'Store a', open: 1, onHold: 1 }])
    expect(await listed(`/portal/orders?${many('status', openStatuses)}`)).toBe(mine.open)
    expect(await listed('/portal/orders?status=on_hold')).toBe(mine.onHold)
    expect(await listed(`/transfers?${many('state', underWay)}`)).toBe(mine.transfers)
    for (const [only, figure] of [
      ['waiting', mine.waiting],
      ['shipped_lately', mine.shippedLately],
      ['unread', mine.unread],
    ] as const) {
      expect(await listed(`/portal/orders?only=${only}`), only).toBe(figure)
      expect((await world.as('P1', `GET /orders/count?only=${only}`)).body.value, only).toBe(figure)
      const file = await world.as('P1', 'POST /orders/export', { filter: { only } })
      expect(file.text.trim().split(/\r?\n/), only).toHaveLength(figure + 1)
      expect((await world.as('A1', `GET /orders/count?only=${only}`)).status).toBe(403)
      expect(
        await world.as('P2', `GET /portal/orders?only=${only}`).then(({ body }) => JSON.stringify(body)),
      ).not.toMatch(/N-[123]/)
    }
    expect(await listed('/stock?low=true')).toBe(mine.lowStock)
    expect((await world.as('P1', 'GET /stock?low=true')).text).not.toContain('lowLevel')
    expect(await figures('P2')).toMatchObject({
      open: 1,
      onHold: 0,
      shippedLately: 0,
      waiting: 0,
      transfers: 0,
      unread: 0,
    })
    for (const who of ['A1', 'S1', 'C1'] as const)
      expect((await world.as(who, 'GET /portal/dashboard')).status).toBe(403)
  })
})
