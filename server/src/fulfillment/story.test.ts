import { describe, expect, it } from 'vitest'
import { addOrders } from '#orders'
import { parties, stores } from '../testing/cast.ts'
import { line, orderDraft } from '../testing/scene.ts'
import { useWorld } from '../testing/world.ts'

describe('an order shipped by two suppliers, told through HTTP', () => {
  let orderId: string
  const world = useWorld(async (w) => {
    const lines = [line('NW-011', 3, 5_000_000), line('NW-042', 1, 7_000_000)]
    const made = await w.work('A1', (tx) =>
      addOrders(tx, { storeId: stores.a, orders: [orderDraft('10248', { lines })] }),
    )
    orderId = made.get('10248')!
  })
  const status = async () => (await world.as('C1', `GET /orders/${orderId}`)).body.status
  const queueOf = async (who: 'S1' | 'S2', view = 'all') => (await world.as(who, `GET /queue?view=${view}`)).body.items
  const rejections = async () =>
    (await world.as('C1', `GET /orders/${orderId}`)).body.issues.filter(
      ({ kind }: { kind: string }) => kind === 'rejected',
    )
  const parts = async () => (await world.as('F1', `GET /orders/${orderId}/fulfillment-orders`)).body

  it('S3.4 S3.27 assigned lines are in the queue of the supplier at once, as his part and no more', async () => {
    const before = await parts()
    const first = before.unassigned[0]
    expect(before.unassigned).toHaveLength(2)
    const assigned = await world.as('F1', `POST /orders/${orderId}/assign`, {
      supplierId: parties.S1.id,
      lines: [{ lineId: first.orderLineId }],
    })
    expect(assigned.status).toBe(200)
    expect(assigned.body.items).toMatchObject([{ number: '10248', state: 'offered', fulfillerName: 'Exotic Liquids' }])
    const [item] = await queueOf('S1')
    expect(item).toMatchObject({ number: '10248', merchantName: 'Aster Goods', recipient: { name: 'Paul Henriot' } })
    expect(item.lines.map((entry: { sku: string }) => entry.sku)).toEqual(['NW-011'])
    expect(await queueOf('S2')).toEqual([])
  })

  it('S3.13 accepts two of three, rejects the rest with a reason, which is an issue of the order', async () => {
    const [item] = await queueOf('S1')
    const lineId = item.lines[0].id
    const accepted = await world.as('S1', `POST /queue/${item.id}/accept`, { lines: [{ lineId, quantity: 2 }] })
    expect(accepted.body).toMatchObject({ state: 'offered', lines: [{ quantity: 3, accepted: 2 }] })
    expect(await status()).toBe('pending_fulfillment')
    const tooMany = await world.as('S1', `POST /queue/${item.id}/accept`, { lines: [{ lineId, quantity: 2 }] })
    expect(tooMany.status).toBe(400)
    expect(tooMany.body.errors[0].field).toBe('lines.0.quantity')
    const rejected = await world.as('S1', `POST /queue/${item.id}/reject`, {
      reason: 'Only two in stock',
      lines: [{ lineId, quantity: 1 }],
    })
    expect(rejected.body).toMatchObject({ state: 'accepted', lines: [{ accepted: 2, rejected: 1 }] })
    expect(await rejections()).toMatchObject([
      { kind: 'rejected', detail: { reason: 'Only two in stock', sku: 'NW-011' } },
    ])
  })

  it('S3.26 assigns what is free to another supplier, which settles the issue', async () => {
    const assigned = await world.as('F1', `POST /orders/${orderId}/assign`, { supplierId: parties.S2.id })
    expect(assigned.body.items[1]).toMatchObject({ number: '10248', lines: [{ quantity: 1 }, { quantity: 1 }] })
    expect(assigned.body.unassigned).toEqual([])
    expect(await rejections()).toEqual([])
    const again = await world.as('F1', `POST /orders/${orderId}/assign`, { supplierId: parties.S1.id })
    expect(again.status).toBe(409)
  })

  it('S3.20 both ship: the order is partially shipped, then shipped, and its tracking is found', async () => {
    const [mine] = await queueOf('S1')
    const body = { carrier: 'DHL', trackingNumber: 'JD 0146 0000', shippedOn: '2020-01-02' }
    const shipped = await world.as('S1', `POST /queue/${mine.id}/ship`, body)
    expect(shipped.body).toMatchObject({
      state: 'shipped',
      shipments: [{ carrier: 'DHL', shippedOn: '2020-01-02', parcels: [{ trackingNumber: 'JD 0146 0000' }] }],
    })
    expect(await status()).toBe('partially_shipped')
    expect((await world.as('S1', `POST /queue/${mine.id}/ship`, body)).status).toBe(409)
    const [other] = await queueOf('S2')
    expect((await world.as('S2', `POST /queue/${other.id}/ship`, { carrier: 'UPS' })).body.state).toBe('shipped')
    expect(await status()).toBe('shipped')
    expect((await world.as('C1', 'GET /orders?q=jd01460000')).body.items).toHaveLength(1)
    expect((await world.as('S1', 'GET /queue?q=jd01460000')).body.items).toHaveLength(1)
    expect((await world.as('S2', 'GET /queue?q=jd01460000')).body.items).toHaveLength(0)
  })

  it('S3.24 the timeline says who did what', async () => {
    const { timeline } = (await world.as('C1', `GET /orders/${orderId}`)).body
    const told = timeline.map((entry: { kind: string; actor: string }) => `${entry.kind} by ${entry.actor}`).reverse()
    expect(told).toEqual([
      'order.created by A1',
      'lines.assigned by F1',
      'fulfillment.accepted by S1 · Exotic Liquids',
      'fulfillment.rejected by S1 · Exotic Liquids',
      'lines.assigned by F1',
      'fulfillment.shipped by S1 · Exotic Liquids',
      'fulfillment.shipped by S2 · Pavlova, Ltd.',
    ])
  })
})
