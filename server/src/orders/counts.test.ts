import { describe, expect, it } from 'vitest'
import { stores } from '../testing/cast.ts'
import { orderDraft } from '../testing/scene.ts'
import { useWorld } from '../testing/world.ts'
import { addOrders, foldCounts } from './index.ts'

describe('counts by status', () => {
  const ids: string[] = []
  const world = useWorld(async (w) => {
    for (const storeId of [stores.a, stores.b]) {
      const orders = ['1', '2', '3'].map((number) => orderDraft(number))
      const unpaid = { ...orderDraft('4'), payment: 'unpaid' as const }
      const made = await w.work('A1', (tx) => addOrders(tx, { storeId, orders: [...orders, unpaid] }))
      ids.push(...made.values())
    }
  })
  const counts = async (who: 'A1' | 'C1s' | 'P1') => (await world.as(who, 'GET /orders/counts')).body.status
  const really = async (where = 'true') => {
    const { rows } = await world.owner.query(
      `select status, count(*) from orders.orders where ${where} group by status`,
    )
    return Object.fromEntries(rows.map((row) => [row.status, Number(row.count)]))
  }

  it('S1.23 S2.13 are of what the caller may see, before and after they are folded', async () => {
    for (const fold of [false, true]) {
      if (fold) await foldCounts(world.deps)
      expect(await counts('A1')).toMatchObject({ awaiting_shipment: 6, awaiting_payment: 2, shipped: 0 })
      expect(await counts('C1s')).toMatchObject({ awaiting_shipment: 3, awaiting_payment: 1 })
      expect(await counts('P1')).toMatchObject({ awaiting_shipment: 3, awaiting_payment: 1 })
    }
    expect((await world.owner.query('select from orders.count_deltas')).rowCount).toBe(0)
  })

  it('follow every step', async () => {
    await world.as('A1', `POST /orders/${ids[0]}/hold`, { reason: 'r' })
    await world.as('A1', `POST /orders/${ids[1]}/cancel`, { reason: 'r' })
    await world.as('A1', `POST /orders/${ids[2]}/ship`, { carrier: 'c' })
    expect(await counts('A1')).toMatchObject(await really())
    await world.as('A1', `POST /orders/${ids[0]}/release`)
    await foldCounts(world.deps)
    expect(await counts('A1')).toMatchObject(await really())
    expect((await counts('A1')).on_hold).toBe(0)
  })

  it('are counted anew by the operator, who is told how many were wrong', async () => {
    const recount = async () => (await world.owner.query('select orders.recount() as wrong')).rows[0].wrong
    expect(await recount()).toBe(0)
    await world.owner.query("update orders.counts set value = value + 7 where status in ('shipped', 'on_hold')")
    expect(await recount()).toBeGreaterThan(0)
    expect(await counts('A1')).toMatchObject(await really())
  })
})
