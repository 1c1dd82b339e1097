import { describe, expect, it } from 'vitest'
import { sql } from '#kernel/db/sql.ts'
import { stores } from '../testing/cast.ts'
import { line, orderDraft } from '../testing/scene.ts'
import { at, useWorld } from '../testing/world.ts'
import { addOrders } from './index.ts'

describe('what one may not read is nowhere', () => {
  let id = ''
  const world = useWorld(async (w) => {
    const draft = orderDraft('4711', { buyerName: 'Zoë Martin', lines: [line('NW-011', 1, 987_654_321)] })
    const order = { ...draft, buyerNote: 'Ring at Zoë', giftText: 'For Zoë', shippingTotal: 76_543, taxTotal: 65_432 }
    const made = await w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [order] }))
    id = made.get('4711')!
  })
  const amounts = ['987654321', '98765', '987.65', '76543', '65432', '240740', '2407.40', 'currency', 'EUR']

  it('S1.17 no amount reaches customer service, warehouse or viewer: list, count, search, order, refusal, export', async () => {
    const admin = await world.as('A1', `GET /orders/${id}`)
    expect(admin.text).toContain('987654321')
    for (const who of ['C1', 'W1', 'V1'] as const) {
      for (const [call, body] of [
        ['GET /orders'],
        ['GET /orders?q=4711'],
        ['GET /orders/count?q=98765'],
        ['GET /orders/counts'],
        [`GET /orders/${id}`],
        [`PATCH /orders/${id}`, { recipient: { city: 'Lyon' } }],
        ['POST /orders/export', { columns: [{ key: 'order_total' }] }],
        ['GET /orders/export-presets'],
      ] as [string, unknown?][]) {
        const { text } = await world.as(who, call, body, at(99))
        for (const amount of amounts) expect([who, call, text.includes(amount)]).toEqual([who, call, false])
      }
    }
  })

  it('a search does not match what the role may not read', async () => {
    for (const q of ['zoe', 'martin', 'henriot', 'paul@example.com', 'paul', '26.47.15.10']) {
      const found = async (who: 'C1' | 'V1' | '$1') => (await world.as(who, `GET /orders?q=${q}`)).body.items.length
      expect([q, await found('C1'), await found('V1'), await found('$1')]).toEqual([q, 1, 0, 0])
      expect((await world.as('V1', `GET /orders/count?q=${q}`)).body.value).toBe(0)
    }
    expect((await world.as('V1', 'GET /orders?q=4711')).body.items).toHaveLength(1)
    expect((await world.as('V1', 'GET /orders?q=nw-011')).body.items).toHaveLength(1)
  })

  it('35 the warehouse reads the phone number for the carrier, and the e-mail address of the buyer nowhere', async () => {
    expect((await world.as('C1', `GET /orders/${id}`)).body).toMatchObject({
      contact: { email: 'paul@example.com', phone: '26.47.15.10' },
      phone: '26.47.15.10',
    })
    const packer = await world.as('W1', `GET /orders/${id}`)
    expect(packer.body.phone).toBe('26.47.15.10')
    expect(packer.body.contact).toBe(undefined)
    for (const call of ['GET /orders', `GET /orders/${id}`, 'GET /orders?q=paul@example.com'])
      expect((await world.as('W1', call)).text).not.toContain('paul@')
    expect((await world.as('W1', 'GET /orders?q=paul@example.com')).body.items).toEqual([])
    const phone = (who: 'W1' | 'V1' | 'C1s' | 'A2', order: string) =>
      world.work(
        who,
        async (tx) => await tx.first(sql<{ phone: string }>`select orders.carrier_phone(${order}) as phone`),
      )
    expect(await phone('W1', id)).toEqual({ phone: '26.47.15.10' })
    for (const who of ['V1', 'A2'] as const) expect(await phone(who, id)).toEqual({ phone: null })
    const other = await world.work('A1', (tx) => addOrders(tx, { storeId: stores.b, orders: [orderDraft('B-1')] }))
    expect(await phone('C1s', other.get('B-1')!)).toEqual({ phone: null })
    await expect(world.work('W1', (tx) => tx.rows(sql`select email from orders.contacts`))).resolves.toEqual([])
  })

  it('names, address, contact and notes are absent for viewer and accountant; country and postcode stay', async () => {
    expect((await world.as('C1', `GET /orders/${id}`)).body).toMatchObject({
      buyerNote: 'Ring at Zoë',
      giftText: 'For Zoë',
    })
    for (const who of ['V1', '$1'] as const) {
      for (const call of ['GET /orders', `GET /orders/${id}`]) {
        const { text } = await world.as(who, call)
        for (const secret of ['Zoë', 'Henriot', 'Abbaye', 'paul@', '26.47'])
          expect([who, call, secret, text.includes(secret)]).toEqual([who, call, secret, false])
      }
      const { body } = await world.as(who, `GET /orders/${id}`)
      expect(body).toMatchObject({ country: 'FR', region: '', postcode: '51100' })
    }
  })
})
