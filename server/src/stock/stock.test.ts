import { describe, expect, it } from 'vitest'
import { line } from '../testing/scene.ts'
import { useStock } from '../testing/stock-scene.ts'

describe('stock is a ledger, and orders are served from it', () => {
  const { world, product, adjust, order, level, waiting } = useStock()

  it('S2.20 a product whose stock is not counted is neither kept nor waited for, and is shipped as before', async () => {
    const plain = await product('PLAIN')
    const { id } = await order('N-1', [line('PLAIN', 3, 0)])
    expect(await level(plain)).toEqual({ onHand: 0, allocated: 0, backordered: 0 })
    expect((await world.as('A1', `POST /orders/${id}/ship`, { carrier: 'DHL' })).status).toBe(200)
    expect(await level(plain)).toEqual({ onHand: 0, allocated: 0, backordered: 0 })
  })

  it('keeps what an order wants on arrival, lets it wait for the rest, and serves who ordered first when more comes', async () => {
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
})
