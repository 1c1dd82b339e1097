import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { parties, stores } from '../testing/cast.ts'
import { line, orderDraft } from '../testing/scene.ts'
import { at, useWorld } from '../testing/world.ts'
import { addOrders } from './index.ts'

describe('an order that suppliers work on', () => {
  let id = ''
  const world = useWorld(async (w) => {
    const lines = [line('NW-011', 3, 5_000_000), line('NW-042', 2, 7_000_000)]
    const made = await w.work('A1', (tx) =>
      addOrders(tx, { storeId: stores.a, orders: [orderDraft('10248', { lines })] }),
    )
    id = made.get('10248')!
    const { unassigned } = (await w.as('F1', `GET /orders/${id}/fulfillment-orders`)).body
    for (const [at, supplierId] of [parties.S1.id, parties.S2.id].entries())
      await w.as('F1', `POST /orders/${id}/assign`, { supplierId, lines: [{ lineId: unassigned[at].orderLineId }] })
  })
  const order = async () => (await world.as('C1', `GET /orders/${id}`)).body
  const edit = async (recipient: object) =>
    await world.as('C1', `PATCH /orders/${id}`, { recipient }, at((await order()).version))
  const queueOf = async (who: 'S1' | 'S2') => (await world.as(who, 'GET /queue?view=all')).body.items

  it('S1.16 what is offered still follows a correction; a hold stops it and a release lets it go on', async () => {
    expect((await edit({ line1: '1 rue Neuve', city: 'Lyon' })).status).toBe(200)
    const [item] = await queueOf('S1')
    expect(item.recipient).toMatchObject({ line1: '1 rue Neuve', city: 'Lyon' })
    await world.as('C1', `POST /orders/${id}/hold`, { reason: 'Address unclear' })
    const refused = await world.as('S1', `POST /queue/${item.id}/accept`, {})
    expect([refused.status, refused.text.includes('unclear')]).toEqual([409, false])
    await world.as('C1', `POST /orders/${id}/release`)
    expect((await world.as('S1', `POST /queue/${item.id}/accept`, {})).status).toBe(200)
  })

  it('S1.16 once one of them has accepted, customer service neither edits nor cancels; who may recall cancels the rest', async () => {
    const refused = await edit({ city: 'Paris' })
    expect([refused.status, refused.body.state]).toEqual([409, 'submitted'])
    expect((await world.as('C1', `POST /orders/${id}/cancel`, { reason: 'Too late' })).status).toBe(409)
    expect((await world.as('A1', `POST /orders/${id}/cancel`, { reason: 'The rest' })).status).toBe(200)
    const { lines } = await order()
    expect(lines.map((one: { cancelledQuantity: number }) => one.cancelledQuantity)).toEqual([0, 2])
    expect((await queueOf('S2'))[0].state).toBe('cancelled')
    expect((await queueOf('S1'))[0].state).toBe('accepted')
  })

  it('S3.18 the export says what left with which tracking number; what was cancelled did not', async () => {
    const [item] = await queueOf('S1')
    const shipment = { carrier: 'DHL', trackingNumber: 'JD0146', shippedOn: '2020-01-02' }
    expect((await world.as('S1', `POST /queue/${item.id}/ship`, shipment)).status).toBe(200)
    expect((await order()).status).toBe('shipped')
    const { text } = await world.as('A1', 'POST /orders/export', {})
    const rows = parse(text, { columns: true, bom: true }) as Record<string, string>[]
    expect(rows[0]).toMatchObject({
      'Shipped Quantity': '3',
      'Shipped On': '2020-01-02',
      'Shipped With': 'DHL',
      'Tracking Number': 'JD0146',
    })
    expect(rows[1]).toMatchObject({ 'Cancelled Quantity': '2', 'Shipped Quantity': '', 'Tracking Number': '' })
    expect((await edit({ city: 'Paris' })).body.detail).toBe('It has left already.')
  })
})
