import { describe, expect, it } from 'vitest'
import { sql } from '#kernel/db/sql.ts'
import { registered } from '#kernel/routes.ts'
import { addOrders } from '#orders'
import { parties, stores } from '../testing/cast.ts'
import { pdfText } from '../testing/pdf-text.ts'
import { line, orderDraft } from '../testing/scene.ts'
import { at, useWorld } from '../testing/world.ts'
import { slipsOf } from './queries/slips.ts'
import { printSlips } from './slip.ts'

const toS1 = { supplierId: parties.S1.id }
const toS2 = { supplierId: parties.S2.id }

describe('what a supplier sees', () => {
  const orderIds: Record<string, string> = {}
  const world = useWorld(async (w) => {
    const lines = [line('SKU-ONE', 2, 4_821_937_000_000), line('SKU-TWO', 1, 6_137_511_000_000)]
    const orders = ['MIX-1', 'MIX-2', 'MIX-3'].map((number) => ({
      ...orderDraft(number, { lines }),
      giftText: 'Příjemné čtení, přeje Žofie',
      buyerNote: '=cmd() à remettre en mains propres',
    }))
    for (const [number, id] of await w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders })))
      orderIds[number] = id
    for (const id of Object.values(orderIds)) {
      const { unassigned } = (await w.as('F1', `GET /orders/${id}/fulfillment-orders`)).body
      await w.as('F1', `POST /orders/${id}/assign`, { ...toS1, lines: [{ lineId: unassigned[0].orderLineId }] })
      await w.as('F1', `POST /orders/${id}/assign`, { ...toS2, lines: [{ lineId: unassigned[1].orderLineId }] })
    }
  })
  const queueOf = async (who: 'S1' | 'S2', filter = '') => (await world.as(who, `GET /queue?${filter}`)).body.items
  const partOf = async (who: 'S1' | 'S2', number: string) => (await queueOf(who, `q=${number}`))[0]

  it('S3.12 D9 of a mixed order only his own lines, in list, count, search and export', async () => {
    const items = await queueOf('S1')
    expect(items).toHaveLength(3)
    for (const item of items) expect(item.lines.map(({ sku }: { sku: string }) => sku)).toEqual(['SKU-ONE'])
    expect((await world.as('S1', 'GET /queue/counts')).body).toEqual({ to_answer: 3, to_ship: 0, shipped: 0, all: 3 })
    expect(await queueOf('S1', 'q=sku-one')).toHaveLength(3)
    expect(await queueOf('S1', 'q=sku-two')).toEqual([])
    const csv = await world.as('S1', 'GET /queue/export')
    expect(csv.text).toContain('SKU-ONE')
    expect(csv.text).not.toContain('SKU-TWO')
    expect(csv.text).toContain("'=cmd()")
  })

  it('S3.12 nothing he is given betrays money, contact, other suppliers or the order', async () => {
    const { id } = await partOf('S1', 'MIX-1')
    const answers = [
      await world.as('S1', 'GET /queue'),
      await world.as('S1', `GET /queue/${id}`),
      await world.as('S1', 'GET /queue/export'),
      await world.as('S1', `POST /queue/${id}/accept`, {}),
    ]
    const hidden = [
      '4821937',
      '4,821,937',
      'paul@example.com',
      '26.47.15.10',
      parties.S2.name,
      'SKU-TWO',
      orderIds['MIX-1']!,
      stores.a,
    ]
    hidden.push('awaiting_shipment', 'pending_fulfillment', 'Store a', 'F1')
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      for (const word of hidden) expect(answer.text, word).not.toContain(word)
    }
  })

  it('S3.13 prints a slip without prices, with every accent, one or many in a file', async () => {
    const [first, second] = await queueOf('S1')
    const slip = await world.as('S1', `GET /queue/${first.id}/slip`)
    expect(slip.headers['content-type']).toBe('application/pdf')
    expect((await world.as('S1', `GET /queue/slips?ids=${first.id}&ids=${second.id}&language=fr`)).status).toBe(200)
    const foreign = (await queueOf('S2'))[0].id
    expect((await world.as('S1', `GET /queue/slips?ids=${first.id}&ids=${foreign}`)).status).toBe(404)

    const data = await world.work('S1', (tx) => slipsOf(tx, [first.id]))
    const chunks: Buffer[] = []
    for await (const chunk of await printSlips(data, 'fr', { compress: false })) chunks.push(chunk as Buffer)
    const text = pdfText(Buffer.concat(chunks))
    for (const word of ['Aster Goods', 'Paul Henriot', "59 rue de l'Abbaye", 'FRANCE', 'SKU-ONE', 'Bon de livraison'])
      expect(text).toContain(word)
    expect(text).toContain('Příjemné čtení, přeje Žofie')
    for (const word of ['4,821,937', '4821937', 'SKU-TWO', parties.S2.name, 'paul@example.com'])
      expect(text).not.toContain(word)
  })

  it('S3.14 every request about a part of somebody else is answered as one about nothing', async () => {
    const foreign = (await partOf('S2', 'MIX-1')).id
    const never = '01900000-0000-7000-8000-000000000000'
    const bodies: Record<string, object> = {
      acceptQueueItem: {},
      rejectQueueItem: { reason: 'no' },
      shipQueueItem: { carrier: 'DHL' },
    }
    const before = (await world.owner.query('select * from fulfillment.fulfillment_orders order by id')).rows
    const routes = registered.filter(({ endpoint }) => endpoint.path.startsWith('/queue/:id'))
    expect(routes).toHaveLength(5)
    for (const { name, endpoint } of routes) {
      const ask = (id: string) => world.as('S1', `${endpoint.method} ${endpoint.path.replace(':id', id)}`, bodies[name])
      expect((await ask(foreign)).bare, name).toBe((await ask(never)).bare)
      expect((await ask(foreign)).status).toBe(404)
      expect((await ask(orderIds['MIX-1']!)).status).toBe(404)
    }
    expect((await world.owner.query('select * from fulfillment.fulfillment_orders order by id')).rows).toEqual(before)
  })

  it('his login reads nothing else even by SQL of his own', async () => {
    await world.work('S1', async (tx) => {
      const rows = await tx.rows(sql`select supplier_id from fulfillment.lines`)
      expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(
        new Set([JSON.stringify({ supplier_id: parties.S1.id })]),
      )
    })
    for (const table of ['orders.orders', 'orders.timeline', 'catalog.products', 'channels.stores'])
      await expect(world.work('S1', (tx) => tx.rows(sql`select * from ${sql.raw(table)}`))).rejects.toThrow()
    await expect(
      world.work('S1', (tx) => tx.rows(sql`select order_id from fulfillment.fulfillment_orders`)),
    ).rejects.toThrow()
    await expect(
      world.work('S1', (tx) => tx.rows(sql`update fulfillment.fulfillment_orders set state = 'shipped'`)),
    ).rejects.toThrow()
  })

  it('S3.23 what is taken back is gone at once, and S2 has it', async () => {
    const { id } = await partOf('S1', 'MIX-2')
    const taken = await world.as('F1', `POST /fulfillment-orders/${id}/unassign`)
    expect(taken.body.unassigned).toMatchObject([{ sku: 'SKU-ONE', quantity: 2 }])
    const gone = await world.as('S1', `GET /queue/${id}`)
    expect(gone.bare).toBe((await world.as('S1', 'GET /queue/01900000-0000-7000-8000-000000000000')).bare)
    expect((await world.as('S1', `POST /queue/${id}/accept`, {})).status).toBe(404)
    expect(await queueOf('S1', 'q=mix-2')).toEqual([])
    const left = await world.work('S1', (tx) =>
      tx.all(
        sql`select id from fulfillment.lines where fulfillment_order_id = ${id}`,
        sql`select name from fulfillment.recipients where fulfillment_order_id = ${id}`,
        sql`select word from fulfillment.search_words where fulfillment_order_id = ${id}`,
      ),
    )
    expect(left).toEqual([[], [], []])
    const assigned = await world.as('F1', `POST /orders/${orderIds['MIX-2']}/assign`, toS2)
    expect(assigned.status).toBe(200)
    expect((await partOf('S2', 'MIX-2')).lines).toHaveLength(2)
  })

  it('D10 what he has shipped stays readable after the rest was taken back, without what happened later', async () => {
    const { id, lines } = await partOf('S1', 'MIX-3')
    await world.as('S1', `POST /queue/${id}/ship`, {
      carrier: 'UPS',
      trackingNumber: '1Z999',
      lines: [{ lineId: lines[0].id, quantity: 1 }],
    })
    expect((await world.as('F1', `POST /fulfillment-orders/${id}/unassign`)).status).toBe(200)
    await world.as('C1', `PATCH /orders/${orderIds['MIX-3']}`, { recipient: { name: 'Somebody Else' } }, at(1))
    const kept = await world.as('S1', `GET /queue/${id}`)
    expect(kept.body).toMatchObject({
      state: 'shipped',
      recipient: { name: 'Paul Henriot' },
      lines: [{ quantity: 1, shipped: 1 }],
      shipments: [{ parcels: [{ trackingNumber: '1Z999' }] }],
    })
    expect((await world.as('S1', `POST /queue/${id}/ship`, { carrier: 'UPS' })).status).toBe(409)
  })
})
