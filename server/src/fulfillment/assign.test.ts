import { describe, expect, it } from 'vitest'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { addOrders } from '#orders'
import { parties, stores } from '../testing/cast.ts'
import { line, orderDraft } from '../testing/scene.ts'
import { useWorld } from '../testing/world.ts'
import { assignLines } from './index.ts'

const toS1: { supplierId: string } = { supplierId: parties.S1.id }
const toS2: { supplierId: string } = { supplierId: parties.S2.id }
const twoLines = { lines: [line('NW-011', 3, 1), line('NW-042', 1, 1)] }

const linesOf = (tx: Tx, number: string) =>
  tx.rows(sql<{ orderId: string; orderLineId: string }>`
    select l.order_id as "orderId", l.id as "orderLineId" from orders.lines l
      join orders.orders o on o.account_id = l.account_id and o.id = l.order_id where o.number = ${number} order by l.position`)

describe('assigning lines', () => {
  const world = useWorld(async (w) => {
    const numbers = ['1', '2', '3', '4']
    await w.work('A1', (tx) =>
      addOrders(tx, { storeId: stores.a, orders: numbers.map((number) => orderDraft(number, twoLines)) }),
    )
  })

  it('S3.4 gives each fulfiller his lines as a fulfillment order, and nothing twice', async () => {
    await world.work('F1', async (tx) => {
      const [first, second] = await linesOf(tx, '1')
      const toFirst = await assignLines(tx, { lines: [{ ...first!, quantity: 2 }], to: toS1 })
      expect(toFirst).toMatchObject([{ number: '1', lines: 1 }])
      const toSecond = await assignLines(tx, { lines: [first!, second!], to: toS2 })
      expect(toSecond).toMatchObject([{ number: '1', lines: 2 }])
      expect(await assignLines(tx, { lines: [first!, second!], to: toS1 })).toEqual([])
    })
    const { rows } = await world.owner.query(
      "select f.fulfiller_name as name, l.sku, l.quantity from fulfillment.lines l join fulfillment.fulfillment_orders f on f.id = l.fulfillment_order_id where f.number = '1' order by 1, 2",
    )
    expect(rows).toEqual([
      { name: parties.S1.name, sku: 'NW-011', quantity: 2 },
      { name: parties.S2.name, sku: 'NW-011', quantity: 1 },
      { name: parties.S2.name, sku: 'NW-042', quantity: 1 },
    ])
  })

  it('adds to the offer of the same fulfiller that nobody has answered yet', async () => {
    await world.work('F1', async (tx) => {
      const [first, second] = await linesOf(tx, '2')
      await assignLines(tx, { lines: [{ ...first!, quantity: 1 }], to: toS1 })
      const more = await assignLines(tx, { lines: [first!, second!], to: toS1 })
      expect(more).toMatchObject([{ number: '2', lines: 2 }])
    })
  })

  it('two at once assign a line once', async () => {
    const race = (to: typeof toS1) =>
      world.work('F1', async (tx) => assignLines(tx, { lines: await linesOf(tx, '3'), to }))
    const results = await Promise.all([race(toS1), race(toS2)])
    expect(results.map((result) => result.length).sort()).toEqual([0, 1])
  })

  it('passes over cancelled orders, and knows no supplier of elsewhere', async () => {
    await world.owner.query("update orders.orders set cancelled_at = now(), status = 'cancelled' where number = '4'")
    await world.work('F1', async (tx) => {
      const lines = await linesOf(tx, '4')
      expect(await assignLines(tx, { lines, to: toS1 })).toEqual([])
      await expect(assignLines(tx, { lines, to: { supplierId: parties.P1.id } })).rejects.toThrow('Not found')
    })
  })
})
