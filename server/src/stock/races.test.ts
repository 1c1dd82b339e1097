import { describe, expect, it } from 'vitest'
import { parties } from '../testing/cast.ts'
import { line } from '../testing/scene.ts'
import { inLanes, useStock } from '../testing/stock-scene.ts'

/** What many do to the same goods at once. Losers are answered, nothing is oversold, and the ledger adds up. */
describe('stock under many hands', () => {
  const { world, product, adjust, order, level, faults, ledger } = useStock({ poolSize: 8 })
  const ship = (id: string) => world.as('A1', `POST /orders/${id}/ship`, { carrier: 'DHL' })
  const statuses = async (calls: Promise<{ status: number }>[]) =>
    (await Promise.all(calls)).map(({ status }) => status)

  it('F44 F50 sixty-four take the last thirty units of three products: as many are granted as there are, and nobody waits for ever', async () => {
    const skus = ['HOT-1', 'HOT-2', 'HOT-3']
    const products = []
    for (const sku of skus) products.push(await product(sku))
    for (const id of products) await adjust(id, 30)
    const tries = Array.from({ length: 64 }, (_, n) => ({
      number: `H-${n}`,
      // Each names the products in an order of its own.
      lines: skus.map((_, k) => ({ sku: skus[(n + k) % 3], quantity: 1 })),
    }))
    const answers = await inLanes(8, tries, (body) => world.as('A1', 'POST /orders', body))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    for (const id of products) expect(await level(id)).toEqual({ onHand: 30, allocated: 30, backordered: 34 })
    expect(await faults()).toEqual([])
  })

  it('F44 many ship the last units that nobody has kept: what is there goes out once, the others are told', async () => {
    const gem = await product('GEM')
    const orders = []
    for (let n = 0; n < 12; n++) orders.push(await order(`G-${n}`, [line('GEM', 1, 0)]))
    await adjust(gem, 5)
    const answers = (await inLanes(8, orders, ({ id }) => ship(id))).map(({ status }) => status)
    expect(answers.filter((status) => status === 200)).toHaveLength(5)
    expect(answers.filter((status) => status === 409)).toHaveLength(7)
    expect(await level(gem)).toEqual({ onHand: 0, allocated: 0, backordered: 7 })
    expect(await faults()).toEqual([])
  })

  it('F43 an order that is shipped and cancelled at the same moment leaves stock as one of them after the other would', async () => {
    const cup = await product('CUP')
    await adjust(cup, 40)
    for (let n = 0; n < 8; n++) {
      const { id } = await order(`C-${n}`, [line('CUP', 5, 0)])
      const [shipped, cancelled] = await statuses([
        ship(id),
        world.as('A1', `POST /orders/${id}/cancel`, { reason: 'Late' }),
      ])
      expect([shipped, cancelled].filter((status) => status === 200)).toHaveLength(1)
    }
    const gone = (await ledger(cup)).filter(({ kind }) => kind === 'shipped').length
    expect(await level(cup)).toEqual({ onHand: 40 - 5 * gone, allocated: 0, backordered: 0 })
    expect(await faults()).toEqual([])
  })

  it('F42 goods that come in while orders arrive serve each of them once', async () => {
    const jar = await product('JAR', parties.P1.id)
    const plain = await product('JAR')
    await adjust(plain, 1)
    const deeds = Array.from({ length: 40 }, (_, n) => n)
    await inLanes(8, deeds, async (n) => {
      if (n % 2) await adjust(plain, 2)
      else await order(`J-${n}`, [line('JAR', 2, 0)])
    })
    expect(await level(plain)).toEqual({ onHand: 41, allocated: 40, backordered: 0 })
    expect(await level(jar)).toEqual({ onHand: 0, allocated: 0, backordered: 0 })
    expect(await faults()).toEqual([])
  })
})
