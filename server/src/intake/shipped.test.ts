import { describe, expect, it } from 'vitest'
import { keepAverages } from '#fulfillment'
import { sql } from '#kernel/db/sql.ts'
import { addOrders } from '#orders'
import { type Name, stores } from '../testing/cast.ts'
import { orderDraft } from '../testing/scene.ts'
import { importAll, newStore } from '../testing/upload.ts'
import { useWorld } from '../testing/world.ts'

const heading = 'Order number,Ordered on,SKU,Quantity,Country,Currency,Shipped Date,Carrier,Tracking,Carrier cost'
const csv = (...rows: string[]) => `${[heading, ...rows].join('\n')}\n`
const day = (back: number, date = 15) => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, date)).toISOString().slice(0, 10)
}
const fromToday = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

describe('orders that come in as already shipped', () => {
  const world = useWorld()
  const numberOf = async (query: string) => Number((await world.owner.query(query)).rows[0].count)
  const warnings = (survey: { warnings: { code: string; params: object }[] }) =>
    Object.fromEntries(survey.warnings.map(({ code, params }) => [code, params]))
  const orderOf = async (number: string, who: Name = 'A1') => {
    const { id } = (await world.as(who, `GET /orders?q=${number}`)).body.items[0]
    const [order, parts] = await Promise.all([
      world.as(who, `GET /orders/${id}`),
      world.as(who, `GET /orders/${id}/fulfillment-orders`),
    ])
    return { order: order.body, parts: parts.body, text: order.text + parts.text }
  }
  const file = csv(
    'H-1,1996-07-04,TEA-01,12,FR,EUR,1996-07-16,Federal Shipping,FS 77,32.38',
    'H-1,1996-07-04,CUP-07,1,FR,EUR,1996-07-16,Federal Shipping,FS 77,32.38',
    'H-2,1996-07-05,TEA-01,1,FR,EUR,,Speedy Express,,',
    'H-3,1996-07-05,TEA-01,1,FR,EUR,,,Z9,4.10',
  )

  it('S1.8 is told before: how many, with how many costs, that nobody hears of it, and which costs no shipment carries', async () => {
    const { draft, checked, done } = await importAll(world, 'A1', 'orders', file)
    const fields = draft.columns.map(({ field }: { field: string | null }) => field).slice(6)
    expect(fields).toEqual(['shipped_on', 'carrier', 'tracking', 'carrier_cost'])
    expect(warnings(checked.survey)).toMatchObject({
      warn_shipped: { count: 1, costs: 1 },
      warn_cost_without_shipment: { count: 1, value: 'H-3', line: 5 },
      warn_tracking_without_shipment: { count: 1, value: 'H-3' },
      warn_skus_unknown: { count: 2, line: 4 },
    })
    expect(checked.survey.warnings[0].message).toContain('Nobody is told')
    expect(done).toMatchObject({ state: 'done', created: 3, rejected: 0 })
  })

  it('S1.8 the whole order left from the default warehouse, in one parcel, on its day; its cost counts once', async () => {
    const { order, parts } = await orderOf('H-1')
    expect([order.status, order.issues]).toEqual(['shipped', []])
    expect(parts.unassigned).toEqual([])
    expect(parts.items).toMatchObject([
      {
        number: 'H-1',
        fulfiller: 'warehouse',
        state: 'shipped',
        shipments: [
          {
            carrier: 'Federal Shipping',
            shippedOn: '1996-07-16',
            parcels: [{ trackingNumber: 'FS 77' }],
            cost: { amount: 3238, currency: 'EUR' },
          },
        ],
      },
    ])
    expect(parts.items[0].shipments[0].parcels[0].lines.map(({ quantity }: { quantity: number }) => quantity)).toEqual([
      12, 1,
    ])
    expect(order.timeline[0]).toMatchObject({
      kind: 'fulfillment.came-shipped',
      via: 'import',
      data: { shippedOn: '1996-07-16', carrier: 'Federal Shipping' },
    })
    expect((await world.as('A1', 'GET /orders?q=FS77')).body.items).toHaveLength(1)
    expect((await orderOf('H-2')).order).toMatchObject({ status: 'awaiting_shipment', service: 'Speedy Express' })
    expect((await orderOf('H-3')).parts).toMatchObject({ items: [], unassigned: [{ quantity: 1 }] })
  })

  it('S1.8 nobody is told and no rule looks at it, while what came in open is looked at', async () => {
    expect(await numberOf('select count(*) from fulfillment.shipments where notify_buyer or notify_channel')).toBe(0)
    const { rows } = await world.owner.query("select payload from jobs.jobs where kind = 'automation.arrival'")
    const { rows: open } = await world.owner.query("select id from orders.orders where number in ('H-2', 'H-3')")
    expect(rows.flatMap(({ payload }) => payload.orderIds).sort()).toEqual(open.map(({ id }) => id).sort())
  })

  it('S1.17 customer service sees what left and no cost; neither do client and viewer', async () => {
    for (const who of ['C1', 'V1'] as const) {
      const { text } = await orderOf('H-1', who)
      expect(text).toContain('1996-07-16')
      expect(text).not.toMatch(/3238|32\.38|"cost/)
      const kept = await world.work(who, (tx) => tx.rows(sql`select amount from fulfillment.shipment_costs`))
      expect(kept).toEqual([])
    }
  })

  it('S1.8 the same file again makes no second shipment, and says what stays as it is', async () => {
    const { checked, done } = await importAll(world, 'A1', 'orders', file)
    expect(warnings(checked.survey)).toMatchObject({ warn_shipped_known: { count: 1, value: 'H-1', line: 2 } })
    expect(warnings(checked.survey)).not.toHaveProperty('warn_shipped')
    expect(done).toMatchObject({ created: 0, unchanged: 3 })
    expect(await numberOf('select count(*) from fulfillment.shipments')).toBe(1)
  })

  it('S1.8 refuses a cost that is none and a day that cannot be, each with its sentence; the others come', async () => {
    const row = (number: string, rest: string) => `${number},2026-01-10,TEA-01,1,FR,EUR,${rest}`
    const { checked, done } = await importAll(
      world,
      'A1',
      'orders',
      csv(
        row('B-1', '2026-01-12,DHL,,-1.00'),
        row('B-2', '2026-01-12,DHL,,cheap'),
        row('B-3', `${fromToday(3)},DHL,,1.00`),
        row('B-4', '2026-01-09,DHL,,1.00'),
        row('B-5', '2026-01-12,DHL,,1.005'),
        row('B-6', 'soon,DHL,,1.00'),
        row('B-7', '2026-01-12,DHL,,USD 1.00'),
      ),
      { storeId: await newStore(world, 'bad days') },
    )
    const { items } = (await world.as('A1', `GET /imports/${done.id}/rejections`)).body
    expect(items.map(({ line, heading, code }: Record<string, unknown>) => [line, heading, code])).toEqual([
      [2, 'Carrier cost', 'negative'],
      [3, 'Carrier cost', 'not_a_number'],
      [4, 'Shipped Date', 'shipped_in_future'],
      [5, 'Shipped Date', 'shipped_before_ordered'],
      [6, 'Carrier cost', 'too_many_decimals'],
      [7, 'Shipped Date', 'not_a_date'],
    ])
    expect(items[3].message).toBe(
      'Order B-4 was placed on “2026-01-10”, so it cannot have been shipped on “2026-01-09”.',
    )
    expect([checked.survey.rejected, done.created]).toEqual([6, 1])
    expect((await orderOf('B-7')).parts.items[0].shipments[0].cost).toEqual({ amount: 100, currency: 'USD' })
  })

  it('S1.8 who may not read costs brings the orders in without them, and is told', async () => {
    await world.owner.query(
      "update access.roles set permissions = array_remove(permissions, 'shipping-costs:read') where slug = 'full-access'",
    )
    const { checked } = await importAll(
      world,
      'F1',
      'orders',
      csv('N-1,2026-01-10,TEA-01,1,FR,EUR,2026-01-11,DHL,,9.99'),
    )
    await world.owner.query(
      "update access.roles set permissions = permissions || array['shipping-costs:read'] where slug = 'full-access'",
    )
    expect(warnings(checked.survey)).toHaveProperty('warn_costs_not_yours')
    const { order, parts } = await orderOf('N-1')
    expect([order.status, parts.items[0].shipments[0].cost]).toEqual(['shipped', undefined])
  })

  it('S1.8 without the column everything is open, whatever the carrier, and importing marks no other order as shipped', async () => {
    const text = file
      .split('\n')
      .map((row) => row.split(',').toSpliced(6, 1).join(','))
      .join('\n')
    const { draft, done } = await importAll(world, 'A1', 'orders', text, {
      storeId: await newStore(world, 'all open'),
    })
    expect(draft.columns[6]).toMatchObject({ heading: 'Carrier', field: 'service' })
    expect(done).toMatchObject({ created: 3 })
    expect(
      await numberOf(
        "select count(*) from orders.orders o join channels.stores s on s.id = o.store_id where s.name = 'all open' and o.status = 'shipped'",
      ),
    ).toBe(0)
    const [id] = (
      await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [orderDraft('open')] }))
    ).values()
    const [uuid] = (await world.owner.query('select gen_random_uuid() as id')).rows
    const row = {
      orderId: id,
      fulfillmentOrderId: uuid.id,
      shipmentId: uuid.id,
      parcelId: uuid.id,
      storyId: uuid.id,
      shippedOn: '2026-01-01',
      carrier: '',
      service: '',
      trackingNumber: '',
      words: [],
    }
    await expect(
      world.work('A1', (tx) => tx.rows(sql`select fulfillment.take_in_shipped(${JSON.stringify([row])}::jsonb)`)),
    ).rejects.toMatchObject({ code: 'wrong_state' })
  })

  it('S1.8 S1.25 the averages have real figures from a file: freight on each line counts once an order', async () => {
    const rows = Array.from({ length: 24 }, (_, at) => {
      const order = `A-${at},${day(2, 1 + (at % 5))},TEA-01,1,FR,EUR,${day(2, 8)},${at % 2 ? 'DHL' : 'UPS'},,${at % 2 ? '5.00' : '7.00'}`
      return [order, order.replace('TEA-01', 'CUP-07')]
    })
    const { done } = await importAll(world, 'A1', 'orders', csv(...rows.flat()))
    expect(done).toMatchObject({ created: 24, rejected: 0 })
    await keepAverages(world.deps)
    const { months } = (await world.as('C1', 'GET /orders/averages')).body
    const { cost, handling } = months.find(({ month }: { month: string }) => month === day(2, 1))
    const of = (dimension: string) =>
      cost.flatMap((one: { dimension: string; name: string; average: { amount: number } }) =>
        one.dimension === dimension ? [[one.name, one.average.amount]] : [],
      )
    expect(of('overall')).toEqual([['', 600]])
    expect(of('carrier')).toEqual([
      ['DHL', 500],
      ['UPS', 700],
    ])
    expect(handling[0].days).toBeGreaterThan(3)
  })
})
