import { describe, expect, it } from 'vitest'
import { addOrders } from '#orders'
import { type Name, parties, stores } from '../testing/cast.ts'
import { line, orderDraft } from '../testing/scene.ts'
import { at, useWorld } from '../testing/world.ts'

const numbers = Array.from({ length: 14 }, (_, index) => `${2001 + index}`)

describe('shipping', () => {
  const orderIds: Record<string, string> = {}
  const world = useWorld(async (w) => {
    const lines = [line('NW-011', 3, 1), line('NW-042', 1, 1)]
    const orders = numbers.map((number) => orderDraft(number, { lines }))
    for (const [number, id] of await w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders })))
      orderIds[number] = id
  })
  const assign = (number: string, supplier: 'S1' | 'S2' = 'S1') =>
    world.as('F1', `POST /orders/${orderIds[number]}/assign`, { supplierId: parties[supplier].id })
  const part = async (who: Name, number: string) => (await world.as(who, `GET /queue?q=${number}`)).body.items[0]
  const order = async (number: string) => (await world.as('F1', `GET /orders/${orderIds[number]}`)).body

  it('S3.26 assigns many at once, order by order; an id one cannot see refuses the whole call', async () => {
    const ids = ['2001', '2002'].map((number) => orderIds[number]!)
    const body = { orderIds: ids, supplierId: parties.S1.id }
    expect(
      (await world.as('F1', 'POST /orders/assign', body)).body.rows.map((row: { result: string }) => row.result),
    ).toEqual(['assigned', 'assigned'])
    const again = await world.as('F1', 'POST /orders/assign', body)
    expect(again.body.rows[0].result).toBe('nothing_to_assign')
    const foreign = '01900000-0000-7000-8000-000000000000'
    const refused = await world.as('F1', 'POST /orders/assign', { ...body, orderIds: [orderIds['2003'], foreign] })
    expect(refused.status).toBe(404)
    expect((await world.as('F1', `GET /orders/${orderIds['2003']}/fulfillment-orders`)).body.items).toEqual([])
    expect((await world.as('F1', 'POST /orders/assign', { orderIds: ids })).status).toBe(400)
  })

  it('S3.21 ships a pasted list row by row, and the same list again changes nothing', async () => {
    for (const number of ['2003', '2004']) await assign(number)
    await assign('2005', 'S2')
    await world.as('C1', `POST /orders/${orderIds['2004']}/hold`, { reason: 'address' })
    const rows = [
      { number: ' 2001 ', trackingNumber: 'T-1' },
      { number: '2002', trackingNumber: 'T-2' },
      { number: '2003', trackingNumber: '' },
      { number: '2004', trackingNumber: 'T-4' },
      { number: '2005', trackingNumber: 'T-5' },
      { number: '999999', trackingNumber: 'T-6' },
      { number: '2001', trackingNumber: 'T-7' },
    ]
    const results = async () =>
      (await world.as('S1', 'POST /queue/ship', { carrier: 'DHL', rows })).body.rows.map(
        (row: { result: string }) => row.result,
      )
    expect(await results()).toEqual(['done', 'done', 'no_tracking', 'held', 'unknown', 'unknown', 'already_shipped'])
    expect(await results()).toEqual([
      'already_done',
      'already_done',
      'no_tracking',
      'held',
      'unknown',
      'unknown',
      'already_shipped',
    ])
    expect((await order('2001')).status).toBe('shipped')
    const { rows: shipments } = await world.owner.query('select count(*) from fulfillment.shipments')
    expect(shipments[0].count).toBe(2)
    expect((await part('S1', 't-1')).number).toBe('2001')
  })

  it('on hold nothing is accepted or shipped, but rejected it may be', async () => {
    const { id, can } = await part('S1', '2004')
    expect(can.ship).toMatch(/on hold/)
    for (const step of ['accept', 'ship'])
      expect(
        (await world.as('S1', `POST /queue/${id}/${step}`, step === 'ship' ? { carrier: 'DHL' } : {})).body.code,
      ).toBe('held')
    expect((await world.as('S1', `POST /queue/${id}/reject`, { reason: 'no' })).status).toBe(200)
  })

  it('two of one supplier ship the same at once: one wins', async () => {
    await assign('2006')
    const { id } = await part('S1', '2006')
    const ship = (who: Name) => world.as(who, `POST /queue/${id}/ship`, { carrier: 'DHL', trackingNumber: who })
    const answers = await Promise.all([ship('S1'), ship('S1p')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('two suppliers ship their parts at once: the order is shipped', async () => {
    const { unassigned } = (await world.as('F1', `GET /orders/${orderIds['2007']}/fulfillment-orders`)).body
    for (const [index, supplier] of (['S1', 'S2'] as const).entries())
      await world.as('F1', `POST /orders/${orderIds['2007']}/assign`, {
        supplierId: parties[supplier].id,
        lines: [{ lineId: unassigned[index].orderLineId }],
      })
    const ids = [(await part('S1', '2007')).id, (await part('S2', '2007')).id]
    const answers = await Promise.all([
      world.as('S1', `POST /queue/${ids[0]}/ship`, { carrier: 'DHL' }),
      world.as('S2', `POST /queue/${ids[1]}/ship`, { carrier: 'DHL' }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect((await order('2007')).status).toBe('shipped')
  })

  it('more than is his, a line of elsewhere, or a day after tomorrow is refused and changes nothing', async () => {
    await assign('2008')
    const { id, lines } = await part('S1', '2008')
    const ship = (body: object) => world.as('S1', `POST /queue/${id}/ship`, { carrier: 'DHL', ...body })
    expect((await ship({ lines: [{ lineId: lines[0].id, quantity: 4 }] })).body.errors[0].field).toBe(
      'lines.0.quantity',
    )
    expect((await ship({ lines: [{ lineId: (await part('S2', '2005')).lines[0].id }] })).status).toBe(404)
    expect((await ship({ shippedOn: '2999-01-01' })).body.errors[0].field).toBe('shippedOn')
    expect((await ship({ carrier: '  ' })).body.errors[0].field).toBe('carrier')
    expect((await part('S1', '2008')).state).toBe('offered')
  })

  it('S3.10 the warehouse marks an order as shipped by hand, part by part', async () => {
    const { lines } = await order('2009')
    const body = { carrier: 'Colissimo', trackingNumber: '6A 1', lines: [{ lineId: lines[0].id, quantity: 2 }] }
    const first = await world.as('W1', `POST /orders/${orderIds['2009']}/ship`, body)
    expect(first.status).toBe(200)
    expect((await order('2009')).status).toBe('partially_shipped')
    const tooMany = await world.as('W1', `POST /orders/${orderIds['2009']}/ship`, body)
    expect(tooMany.status).toBe(400)
    const rest = await world.as('W1', `POST /orders/${orderIds['2009']}/ship`, { carrier: 'Colissimo' })
    expect(rest.body.items.at(-1)).toMatchObject({ fulfiller: 'warehouse', state: 'shipped' })
    expect((await order('2009')).status).toBe('shipped')
    expect((await world.as('W1', `POST /orders/${orderIds['2009']}/ship`, { carrier: 'Colissimo' })).status).toBe(409)
    expect((await world.as('C1', `POST /orders/${orderIds['2009']}/ship`, { carrier: 'Colissimo' })).status).toBe(403)
  })

  it('S3.10 what a supplier has is not shipped by hand with the rest', async () => {
    await assign('2010')
    const refused = await world.as('F1', `POST /orders/${orderIds['2010']}/ship`, { carrier: 'DHL' })
    expect(refused.status).toBe(409)
    expect(refused.body.detail).toMatch(/suppliers/)
  })

  it('the house answers on behalf of a supplier, marked so', async () => {
    await assign('2011')
    const { items } = (await world.as('F1', `GET /orders/${orderIds['2011']}/fulfillment-orders`)).body
    expect(items[0].can).toMatchObject({ accept: true, reject: true, unassign: true, ship: true })
    await world.as('F1', `POST /fulfillment-orders/${items[0].id}/accept`, {})
    const { timeline } = await order('2011')
    expect(timeline[0]).toMatchObject({ kind: 'fulfillment.accepted', actor: 'F1', data: { onBehalf: true, units: 4 } })
  })

  it('what changes on the order changes on what is still to be shipped; a cancelled order is shown cancelled', async () => {
    await assign('2012')
    const edited = await world.as(
      'C1',
      `PATCH /orders/${orderIds['2012']}`,
      { recipient: { name: 'Marie Bertrand' } },
      at(1),
    )
    expect(edited.status).toBe(200)
    expect((await part('S1', 'bertrand')).recipient.name).toBe('Marie Bertrand')
    expect(
      (await world.as('S1', 'GET /queue?q=henriot')).body.items.map((item: { number: string }) => item.number),
    ).not.toContain('2012')
    expect(
      (await world.as('A1', `POST /orders/${orderIds['2012']}/cancel`, { reason: 'changed his mind' })).status,
    ).toBe(200)
    expect(await part('S1', '2012')).toMatchObject({ state: 'cancelled', lines: [{ cancelled: 3 }, { cancelled: 1 }] })
  })

  it('pages through the queue, what is due first', async () => {
    await world.as('C1', `PATCH /orders/${orderIds['2014']}`, { shipBy: '2026-01-02' }, at(1))
    for (const number of ['2013', '2014']) await assign(number)
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { items, nextCursor } = (await world.as('S1', `GET /queue?view=to_answer&limit=1${cursor}`)).body
      seen.push(...items.map((item: { number: string }) => item.number))
      if (!nextCursor) break
      cursor = `&cursor=${nextCursor}`
    }
    expect(seen[0]).toBe('2014')
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toContain('2013')
  })
})
