import { describe, expect, it } from 'vitest'
import { assignLines } from '#fulfillment'
import { sql } from '#kernel/db/sql.ts'
import { addOrders } from '#orders'
import { accounts, memberOf, type Name, parties, stores, warehouses } from '../../testing/cast.ts'
import { orderDraft } from '../../testing/scene.ts'
import { useWorld, type World } from '../../testing/world.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at, field by field
type Order = Record<string, any>
const add = async (world: World, number: string, storeId: string = stores.a) =>
  [...(await world.work('A1', (tx) => addOrders(tx, { storeId, orders: [orderDraft(number)] }))).values()][0]!

async function give(world: World, orderId: string, to: { warehouseId: string } | { supplierId: string }) {
  return await world.work('A1', async (tx) => {
    const line = await tx.first(sql<{ id: string }>`select id from orders.lines where order_id = ${orderId}`)
    await assignLines(tx, { lines: [{ orderId, orderLineId: line!.id }], to })
    return (await tx.first(
      sql<{
        id: string
      }>`select id from fulfillment.fulfillment_orders where order_id = ${orderId} and state <> 'unassigned'`,
    ))!.id
  })
}
const ship = (world: World, fulfillmentOrderId: string, trackingNumber: string) =>
  world.as('A1', `POST /fulfillment-orders/${fulfillmentOrderId}/ship`, { carrier: 'La Poste', trackingNumber })
const read = async (world: World, who: Name, id: string): Promise<Order> =>
  (await world.as(who, `GET /portal/orders/${id}`)).body

describe("a client's orders", () => {
  const world = useWorld()

  it('S2.16 an order of a granted store is there at once, another is not, and a store that is taken away hides its orders', async () => {
    const own = await add(world, 'C-1')
    const other = await add(world, 'C-2', stores.b)
    const numbers = async () => (await world.as('P1', 'GET /portal/orders')).body.items.map((row: Order) => row.number)
    expect(await numbers()).toEqual(['C-1'])
    expect((await world.as('P1', `GET /portal/orders/${own}`)).status).toBe(200)
    expect((await world.as('P1', `GET /portal/orders/${other}`)).status).toBe(404)
    await world.owner.query('delete from access.member_stores where member_id = $1', [memberOf('P1')])
    expect(await numbers()).toEqual([])
    expect((await world.as('P1', `GET /portal/orders/${own}`)).status).toBe(404)
    await world.owner.query('insert into access.member_stores values ($1, $2, $3)', [
      accounts.one.id,
      memberOf('P1'),
      stores.a,
    ])
  })

  it('S2.11 he may not create, edit, cancel or ship', async () => {
    const id = await add(world, 'C-3')
    for (const [call, body] of [
      ['POST /orders', { storeId: stores.a, number: 'x', lines: [{ sku: 'S', quantity: 1 }] }],
      [`POST /orders/${id}/cancel`, { reason: 'r' }],
      [`POST /orders/${id}/ship`, { carrier: 'La Poste' }],
    ] as const)
      expect((await world.as('P1', call, body)).status, call).toBe(403)
    const edit = await world.as('P1', `PATCH /orders/${id}`, { recipient: { city: 'Lyon' } }, { 'if-match': '"1"' })
    expect(edit.status).toBe(403)
  })

  it('S2.13 sees status, tracking and story as the host changes them, in the name of the host and without other warehouses', async () => {
    const id = await add(world, 'C-4')
    await world.as('A1', `POST /orders/${id}/comments`, { text: 'psst', visibility: 'internal' })
    await world.as('A1', `POST /orders/${id}/tags`, { tag: 'vip-internal' })
    await world.as('A1', `POST /orders/${id}/hold`, { reason: 'secret reason' })
    expect(await read(world, 'P1', id)).toMatchObject({ status: 'on_hold', holds: [], tags: [] })
    await world.as('A1', `POST /orders/${id}/release`)
    await ship(world, await give(world, id, { warehouseId: warehouses.north }), 'NORTH-1')
    const answer = await world.as('P1', `GET /portal/orders/${id}`)
    const order = answer.body as Order
    expect(order).toMatchObject({
      status: 'shipped',
      shipments: [{ carrier: 'La Poste', trackingNumbers: ['NORTH-1'], warehouse: null, state: 'handed_over' }],
    })
    expect(order.timeline.map((entry: Order) => entry.kind)).toEqual([
      'fulfillment.shipped',
      'order.released',
      'order.held',
      'order.created',
    ])
    expect(new Set(order.timeline.map((entry: Order) => entry.actor))).toEqual(new Set([accounts.one.name]))
    for (const word of ['North', 'secret', 'psst', 'vip', 'A1']) expect(answer.text).not.toContain(word)
    const [row] = (await world.as('P1', 'GET /portal/orders?q=C-4')).body.items
    expect(row).toMatchObject({
      status: 'shipped',
      recipientName: 'Paul Henriot',
      parcels: [{ trackingNumber: 'NORTH-1' }],
    })
    // Found by its tracking; a granted warehouse is named.
    expect((await world.as('P1', 'GET /portal/orders?q=NORTH-1')).body.items).toHaveLength(1)
    const here = await add(world, 'C-5')
    await ship(world, await give(world, here, { warehouseId: warehouses.main }), 'MAIN-1')
    expect((await read(world, 'P1', here)).shipments[0].warehouse).toMatch(/warehouse/i)
  })

  it('S2.17 his tags are his: marked for the host, who adds and never removes them; he sees no other', async () => {
    const id = await add(world, 'C-6')
    expect((await world.as('A1', `POST /orders/${id}/tags`, { tag: 'internal' })).status).toBe(200)
    expect((await world.as('P1', `POST /orders/${id}/tags`, { tag: 'urgent' })).status).toBe(200)
    // The same word as one of the house tells him nothing, and changes nothing there.
    expect((await world.as('P1', `POST /orders/${id}/tags`, { tag: 'internal' })).status).toBe(200)
    expect((await world.as('P1', `POST /orders/${id}/tags`, { tag: 'x', side: 'host' })).status).toBe(403)
    expect((await world.as('A1', `POST /orders/${id}/tags`, { tag: 'from-host', side: 'client' })).status).toBe(200)
    for (const who of ['C1', 'W1'] as const) {
      const answer = await world.as(who, `POST /orders/${id}/tags`, { tag: 'mine', side: 'client' })
      expect([who, answer.status]).toEqual([who, 403])
    }
    expect((await world.as('A1', `GET /orders/${id}`)).body).toMatchObject({
      tags: ['internal'],
      clientTags: ['from-host', 'internal', 'urgent'],
    })
    await world.as('A1', `DELETE /orders/${id}/tags?tag=urgent`)
    await world.as('P1', `DELETE /orders/${id}/tags?tag=internal`)
    expect((await world.as('A1', `GET /orders/${id}`)).body).toMatchObject({
      tags: ['internal'],
      clientTags: ['from-host', 'urgent'],
    })
    const found = async (who: Name, tag: string) => (await world.as(who, `GET /orders/count?tag=${tag}`)).body.value
    expect([await found('A1', 'internal'), await found('P1', 'internal'), await found('P1', 'urgent')]).toEqual([
      1, 0, 1,
    ])
    expect((await world.as('P1', 'GET /portal/orders?tag=urgent')).body.items[0].tags).toEqual(['from-host', 'urgent'])
  })

  it('S2.18 comments are read on both sides with what is new, and internal notes by none of the client', async () => {
    const id = await add(world, 'C-7')
    await world.as('C1', `POST /orders/${id}/comments`, { text: 'note', visibility: 'internal' })
    expect((await world.as('P1', `POST /orders/${id}/comments`, { text: 'x', visibility: 'internal' })).status).toBe(
      403,
    )
    expect((await world.as('P1', `POST /orders/${id}/comments`, { text: 'When?', visibility: 'client' })).status).toBe(
      201,
    )
    const seen = (await world.as('C1', `GET /orders/${id}`)).body
    expect(seen).toMatchObject({ unread: 1, store: { client: parties.P1.name } })
    expect(seen.comments.map((one: Order) => [one.author, one.side])).toEqual([
      ['C1', 'host'],
      ['P1', 'client'],
    ])
    expect((await world.as('C1', 'GET /orders?q=C-7')).body.items[0].unread).toBe(1)
    const until = seen.comments.at(-1).createdAt
    expect((await world.as('C1', `POST /orders/${id}/comments/read`, { until })).status).toBe(200)
    expect((await world.as('C1', `GET /orders/${id}`)).body.unread).toBe(0)
    expect((await world.as('A1', `GET /orders/${id}`)).body.unread).toBe(1)
    await world.as('C1', `POST /orders/${id}/comments`, { text: 'Tomorrow.', visibility: 'client' })
    const mine = await read(world, 'P1', id)
    expect(mine.unread).toBe(1)
    expect(mine.comments.map((one: Order) => [one.author, one.text])).toEqual([
      ['P1', 'When?'],
      [accounts.one.name, 'Tomorrow.'],
    ])
    expect((await world.as('P1', 'GET /portal/orders?q=C-7')).body.items[0].unread).toBe(1)
    await world.as('P1', `POST /orders/${id}/comments/read`, { until: mine.comments.at(-1).createdAt })
    expect((await read(world, 'P1', id)).unread).toBe(0)
    const other = await world.as('P2', `POST /orders/${id}/comments/read`, { until })
    expect(other.status).toBe(404)
  })

  it('D14 each side releases only what it holds itself', async () => {
    const id = await add(world, 'C-8')
    expect((await world.as('P1', `POST /orders/${id}/hold`, { reason: 'Wrong colour' })).status).toBe(200)
    const order = (await world.as('A1', `GET /orders/${id}`)).body
    expect(order).toMatchObject({ status: 'on_hold', holds: [{ side: 'client', placedBy: 'P1' }] })
    expect(order.can.release).toMatch(/other side/)
    expect((await world.as('A1', `POST /orders/${id}/release`)).status).toBe(409)
    expect((await read(world, 'P1', id)).can.release).toBe(true)
    expect((await world.as('P1', `POST /orders/${id}/release`)).status).toBe(200)
    expect((await read(world, 'P1', id)).status).toBe('awaiting_shipment')
    await world.as('A1', `POST /orders/${id}/hold`, { reason: 'r' })
    expect((await world.as('P1', `POST /orders/${id}/release`)).status).toBe(409)
  })

  it('D14 he asks, the host answers in one step, and reads nothing of what the house asks itself', async () => {
    const id = await add(world, 'C-9')
    expect((await read(world, 'P1', id)).asks).toEqual(expect.arrayContaining(['cancel', 'edit']))
    const inside = await world.as('C1', `POST /orders/${id}/requests`, {
      reason: 'inside',
      edit: { recipient: { country: 'BE' } },
    })
    expect(inside.status).toBe(201)
    const asked = await world.as('P1', `POST /orders/${id}/requests`, {
      reason: 'Moved',
      edit: { recipient: { city: 'Lyon' } },
    })
    expect(asked.status).toBe(201)
    const queue = (await world.as('F1', 'GET /orders/requests')).body.items
    expect(queue.find((one: Order) => one.id === asked.body.id)).toMatchObject({
      askedBy: 'P1',
      origin: 'client',
      clientName: parties.P1.name,
      fields: [{ field: 'recipient.city', old: 'Reims', wanted: 'Lyon' }],
    })
    expect((await world.as('F1', `POST /orders/requests/${asked.body.id}/approve`, {})).status).toBe(200)
    const cancel = await world.as('P1', `POST /orders/${id}/requests`, { reason: 'No longer', cancel: {} })
    await world.as('F1', `POST /orders/requests/${cancel.body.id}/refuse`, { answer: 'It is packed.' })
    const mine = (await world.as('P1', `GET /orders/requests?state=all&orderId=${id}`)).body.items
    expect(mine.map((one: Order) => [one.kind, one.state, one.answer, one.answeredBy])).toEqual([
      ['cancel', 'refused', 'It is packed.', accounts.one.name],
      ['edit', 'approved', '', accounts.one.name],
    ])
    expect((await read(world, 'P1', id)).recipient.city).toBe('Lyon')
    expect((await world.as('P1', `POST /orders/requests/${cancel.body.id}/approve`, {})).status).toBe(403)
    // What has left can come back, once the host agrees.
    expect((await world.as('P1', `POST /orders/${id}/requests`, { reason: 'r', takeBack: {} })).status).toBe(409)
    await ship(world, await give(world, id, { warehouseId: warehouses.main }), 'T-9')
    const back = await world.as('P1', `POST /orders/${id}/requests`, { reason: 'Broken', takeBack: {} })
    expect(back.status).toBe(201)
    expect((await world.as('F1', `POST /orders/requests/${back.body.id}/approve`, {})).status).toBe(200)
  })

  it('D14 switched off by the host, holding and asking are hidden and refused', async () => {
    const id = await add(world, 'C-10')
    await world.owner.query(
      'insert into portal.clients (account_id, client_id, may_ask) values ($1, $2, false) on conflict (account_id, client_id) do update set may_ask = false',
      [accounts.one.id, parties.P1.id],
    )
    const order = await read(world, 'P1', id)
    expect([order.can.hold, order.asks]).toEqual([undefined, []])
    expect((await world.as('P1', `POST /orders/${id}/hold`, { reason: 'r' })).status).toBe(403)
    expect((await world.as('P1', `POST /orders/${id}/requests`, { reason: 'r', cancel: {} })).status).toBe(403)
    await world.owner.query('update portal.clients set may_ask = true, strict_warehouses = false')
  })

  it('3 D12 kept to his warehouses, an order wholly served from elsewhere is nowhere; a mixed one stays', async () => {
    const [waiting, here, there, dropped] = [
      await add(world, 'D-1'),
      await add(world, 'D-2'),
      await add(world, 'D-3'),
      await add(world, 'D-4'),
    ]
    await give(world, here, { warehouseId: warehouses.main })
    await give(world, there, { warehouseId: warehouses.north })
    await give(world, dropped, { supplierId: parties.S1.id })
    const numbers = async () =>
      (await world.as('P1', 'GET /portal/orders?q=D-')).body.items.map((row: Order) => row.number).sort()
    expect(await numbers()).toEqual(['D-1', 'D-2', 'D-3', 'D-4'])
    await world.owner.query(
      'insert into portal.clients (account_id, client_id, strict_warehouses) values ($1, $2, true) on conflict (account_id, client_id) do update set strict_warehouses = true',
      [accounts.one.id, parties.P1.id],
    )
    expect(await numbers()).toEqual(['D-1', 'D-2'])
    expect((await world.as('P1', 'GET /orders/count?q=D-')).body.value).toBe(2)
    const { status } = (await world.as('P1', 'GET /orders/counts')).body
    const all = (await world.as('P1', 'GET /orders/count')).body.value
    expect(Object.values(status as Record<string, number>).reduce((sum, one) => sum + one, 0)).toBe(all)
    for (const id of [there, dropped]) {
      for (const call of [
        `GET /portal/orders/${id}`,
        `GET /orders/${id}`,
        `POST /orders/${id}/tags`,
        `POST /orders/${id}/comments`,
      ])
        expect(
          (await world.as('P1', call, call.endsWith('tags') ? { tag: 't' } : { text: 't', visibility: 'client' }))
            .status,
          call,
        ).toBe(404)
    }
    expect((await world.as('P1', `GET /portal/orders/${waiting}`)).status).toBe(200)
    await world.owner.query('update portal.clients set may_ask = true, strict_warehouses = false')
  })

  it('is how clients look: the house is sent to its own pages', async () => {
    const id = await add(world, 'C-11')
    expect((await world.as('A1', 'GET /portal/orders')).status).toBe(403)
    expect((await world.as('A1', `GET /portal/orders/${id}`)).status).toBe(403)
  })
})
