import { describe, expect, it } from 'vitest'
import { memberOf, stores } from '../testing/cast.ts'
import { line, orderDraft } from '../testing/scene.ts'
import { at, useWorld } from '../testing/world.ts'
import { addOrders } from './index.ts'
import { releaseDueHolds } from './release-due-holds.ts'

const soon = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)

describe('customer service works on one order at a time', () => {
  const ids: Record<string, string> = {}
  const world = useWorld(async (w) => {
    const numbers = ['edit', 'two', 'late', 'hold', 'due', 'cancel', 'part', 'talk', 'sku']
    const orders = numbers.map((number) =>
      orderDraft(number, { lines: [line('NW-011', 2, 10_000_000), line('NW-042', 1, 5_000_000)] }),
    )
    const made = await w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders }))
    for (const [number, id] of made) ids[number] = id
    const other = await w.work('A1', (tx) => addOrders(tx, { storeId: stores.b, orders: [orderDraft('other')] }))
    ids.other = other.get('other')!
  })
  const open = async (number: string, who: 'A1' | 'C1' = 'C1') =>
    (await world.as(who, `GET /orders/${ids[number]}`)).body
  const audited = async (action: string, number: string) =>
    (
      await world.owner.query(
        'select member_id, changes from access.audit a left join access.audit_values v on v.audit_id = a.id where action = $1 and subject_id = $2',
        [action, ids[number]],
      )
    ).rows
  /** Lays out that a warehouse works on the first line. */
  const giveOut = async (number: string) => {
    await world.owner.query(
      `with o as (select * from orders.orders where id = $1),
            w as (insert into stock.warehouses (account_id, id, name) select account_id, gen_random_uuid(), 'Depot ' || o.number from o returning account_id, id),
            f as (insert into fulfillment.fulfillment_orders (account_id, id, order_id, store_id, number, fulfiller, warehouse_id, fulfiller_name, merchant_name, state, placed_on)
                  select o.account_id, gen_random_uuid(), o.id, o.store_id, o.number || '-1', 'warehouse', w.id, 'Depot', 'Aster', 'released', o.placed_on from o, w
                  returning account_id, id, order_id, store_id)
       insert into fulfillment.lines (account_id, id, fulfillment_order_id, store_id, order_line_id, position, sku, name, quantity)
       select f.account_id, gen_random_uuid(), f.id, f.store_id, l.id, l.position, l.sku, l.name, l.quantity
         from f join orders.lines l on l.account_id = f.account_id and l.order_id = f.order_id and l.position = 1`,
      [ids[number]],
    )
  }

  it('S1.16 corrects name, address and contact; the log keeps old and new, the story the fields alone', async () => {
    const before = await open('edit')
    const wish = {
      recipient: { name: '  Ève Martin ', line1: '1 rue Neuve', postcode: '75001' },
      contact: { phone: '+33 1 02 03 04 05' },
      shipBy: '2031-02-03',
    }
    const answer = await world.as('C1', `PATCH /orders/${ids.edit}`, wish, at(before.version))
    expect(answer.status).toBe(200)
    const after = await open('edit')
    expect(after.recipient).toMatchObject({
      name: 'Ève Martin',
      line1: '1 rue Neuve',
      postcode: '75001',
      city: 'Reims',
    })
    expect(after.contact).toEqual({ email: 'paul@example.com', phone: '+33 1 02 03 04 05' })
    expect([after.shipBy, after.version]).toEqual(['2031-02-03', before.version + 1])
    expect(after.timeline[0]).toMatchObject({ kind: 'order.edited', actor: 'C1', via: 'hand' })
    expect(JSON.stringify(after.timeline)).not.toContain('rue Neuve')
    const [entry] = await audited('order.edited', 'edit')
    expect(entry.member_id).toBe(memberOf('C1'))
    expect(entry.changes['recipient.line1']).toEqual({ from: "59 rue de l'Abbaye", to: '1 rue Neuve' })
    // Found under the new name, no longer under the old one.
    const found = async (q: string) =>
      (await world.as('C1', `GET /orders?q=${q}`)).body.items.map((row: { number: string }) => row.number)
    expect(await found('eve')).toEqual(['edit'])
    expect(await found('henriot')).not.toContain('edit')
  })

  it('S1.16 refuses an e-mail address as phone, a wrong e-mail, a country that is none, and fields it does not know', async () => {
    const { version } = await open('edit')
    const wrong = {
      contact: { phone: 'eve@example.com', email: 'eve at example' },
      recipient: { country: 'XX' },
    }
    const refused = await world.as('A1', `PATCH /orders/${ids.edit}`, wrong, at(version))
    expect(refused.status).toBe(400)
    expect(refused.body.errors.map((error: { field: string }) => error.field).sort()).toEqual([
      'contact.email',
      'contact.phone',
      'recipient.country',
    ])
    const unknown = await world.as('C1', `PATCH /orders/${ids.edit}`, { total: 1 }, at(version))
    expect(unknown.body.errors).toEqual([{ field: 'total', message: 'is not a field of this request' }])
    expect((await open('edit')).version).toBe(version)
  })

  it('S1.16 another country is for who may create orders', async () => {
    const { version } = await open('edit')
    const body = { recipient: { country: 'BE' } }
    expect((await world.as('F1', `PATCH /orders/${ids.edit}`, body, at(version))).status).toBe(200)
    const back = { recipient: { country: 'FR' } }
    const refused = await world.as('C1', `PATCH /orders/${ids.edit}`, back, at(version + 1))
    expect([refused.status, refused.body.permission]).toEqual([403, 'orders:create'])
    expect(refused.body.detail).toContain('administrator')
    expect((await open('edit')).can.changeCountry).toBeUndefined()
    expect((await open('edit', 'A1')).can.changeCountry).toBe(true)
  })

  it('S1.16 refuses with a reason once somebody works on it; dates stay open', async () => {
    const { version } = await open('late')
    await giveOut('late')
    const refused = await world.as('C1', `PATCH /orders/${ids.late}`, { recipient: { city: 'Lyon' } }, at(version))
    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject({ code: 'wrong_state', state: 'submitted', from: ['open'] })
    expect(refused.body.detail).toContain('working on it')
    expect((await open('late')).can).toMatchObject({ edit: refused.body.detail, schedule: true, tag: true })
    expect((await world.as('C1', `PATCH /orders/${ids.late}`, { priority: true }, at(version))).status).toBe(200)
  })

  it('two people at once: the second is shown both values and nothing is overwritten', async () => {
    const { version } = await open('two')
    const first = { recipient: { city: 'Paris' } }
    expect((await world.as('A1', `PATCH /orders/${ids.two}`, first, at(version))).status).toBe(200)
    const second = await world.as('C1', `PATCH /orders/${ids.two}`, { recipient: { city: 'Lyon' } }, at(version))
    expect(second.status).toBe(412)
    expect(second.body).toMatchObject({
      code: 'changed_meanwhile',
      version: version + 1,
      fields: { 'recipient.city': { yours: 'Lyon', theirs: 'Paris' } },
    })
    expect((await open('two')).recipient.city).toBe('Paris')
  })

  it('S1.16 holds with a reason until a day, and releases', async () => {
    const held = await world.as('C1', `POST /orders/${ids.hold}/hold`, {
      reason: 'Buyer asked to wait',
      until: soon,
    })
    expect(held.status).toBe(200)
    const order = await open('hold')
    expect(order.status).toBe('on_hold')
    expect(order.holds[0]).toMatchObject({
      reason: 'Buyer asked to wait',
      until: soon,
      placedBy: 'C1',
      releasedAt: null,
    })
    expect(order.timeline[0]).toMatchObject({
      kind: 'order.held',
      data: { reason: 'Buyer asked to wait', until: soon },
    })
    expect((await world.as('C1', `POST /orders/${ids.hold}/release`)).status).toBe(200)
    const released = await open('hold')
    expect([released.status, released.holds[0].releasedBy]).toEqual(['awaiting_shipment', 'C1'])
    const again = await world.as('C1', `POST /orders/${ids.hold}/release`)
    expect([again.status, again.body.detail]).toEqual([409, 'It is not on hold.'])
  })

  it('refuses to hold until a day that has begun, or without a reason', async () => {
    const path = `POST /orders/${ids.hold}/hold`
    expect((await world.as('C1', path, { reason: 'x', until: '2020-01-01' })).body.errors[0].field).toBe('until')
    expect((await world.as('C1', path, { reason: '   ' })).body.errors).toEqual([
      { field: 'reason', message: 'is required' },
    ])
  })

  it('a hold whose day has come in the account’s zone is released by itself; another stays', async () => {
    await world.as('C1', `POST /orders/${ids.due}/hold`, { reason: 'Until then', until: soon })
    await releaseDueHolds(world.deps)
    expect((await open('due')).status).toBe('on_hold')
    await world.owner.query(
      "update orders.holds set until = (app.now() at time zone 'Europe/Paris')::date where order_id = $1",
      [ids.due],
    )
    await releaseDueHolds(world.deps)
    const order = await open('due')
    expect(order.status).toBe('awaiting_shipment')
    expect(order.timeline[0]).toMatchObject({ kind: 'order.released', actor: 'Crossdock', via: 'rule' })
  })

  it('S1.16 cancels what nobody works on; given out, it is for who may recall', async () => {
    expect((await world.as('C1', `POST /orders/${ids.cancel}/cancel`, { reason: 'Ordered twice' })).status).toBe(200)
    const order = await open('cancel')
    expect(order.status).toBe('cancelled')
    expect(order.lines.map((l: { cancelledQuantity: number }) => l.cancelledQuantity)).toEqual([2, 1])
    expect(order.timeline[0]).toMatchObject({ kind: 'order.cancelled', data: { reason: 'Ordered twice', units: 3 } })
    expect((await world.as('C1', `POST /orders/${ids.cancel}/hold`, { reason: 'x' })).body.detail).toBe(
      'It is cancelled.',
    )

    await giveOut('part')
    const refused = await world.as('C1', `POST /orders/${ids.part}/cancel`, { reason: 'Too late' })
    expect([refused.status, refused.body.state]).toEqual([409, 'submitted'])
    expect((await world.as('A1', `POST /orders/${ids.part}/cancel`, { reason: 'The rest' })).status).toBe(200)
    expect((await open('part')).lines.map((l: { cancelledQuantity: number }) => l.cancelledQuantity)).toEqual([0, 1])
    const nothingLeft = await world.as('A1', `POST /orders/${ids.part}/cancel`, { reason: 'Again' })
    expect([nothingLeft.status, nothingLeft.body.code]).toEqual([409, 'wrong_state'])
  })

  it('tags and takes tags off; a role without the right to tag still reads them', async () => {
    expect((await world.as('C1', `POST /orders/${ids.talk}/tags`, { tag: ' gift, wrapped ' })).status).toBe(200)
    expect((await world.as('C1', `POST /orders/${ids.talk}/tags`, { tag: 'gift, wrapped' })).status).toBe(200)
    expect((await open('talk')).tags).toEqual(['gift, wrapped'])
    const byTag = `GET /orders?tag=${encodeURIComponent('gift, wrapped')}`
    expect((await world.as('V1', byTag)).body.items).toHaveLength(1)
    expect((await world.as('V1', `POST /orders/${ids.talk}/tags`, { tag: 'mine' })).status).toBe(403)
    const gone = `DELETE /orders/${ids.talk}/tags?tag=${encodeURIComponent('gift, wrapped')}`
    expect((await world.as('C1', gone)).status).toBe(200)
    const order = await open('talk')
    expect(order.tags).toEqual([])
    expect(order.timeline.map((entry: { kind: string }) => entry.kind)).toEqual([
      'order.untagged',
      'order.tagged',
      'order.created',
    ])
  })

  it('S1.15 comments: internal ones are read by who may read notes alone, and the story tells no text', async () => {
    const say = (text: string, visibility: string) =>
      world.as('C1', `POST /orders/${ids.talk}/comments`, { text, visibility })
    expect((await say('Called twice', 'internal')).status).toBe(201)
    expect((await say('We ship on Monday', 'client')).status).toBe(201)
    const order = await open('talk')
    expect(order.comments).toMatchObject([
      { visibility: 'internal', author: 'C1', text: 'Called twice' },
      { visibility: 'client', text: 'We ship on Monday' },
    ])
    expect(JSON.stringify(order.timeline)).not.toContain('Called')
    const viewer = (await world.as('V1', `GET /orders/${ids.talk}`)).body
    expect(viewer.comments).toBeUndefined()
    expect(
      (await world.as('V1', `POST /orders/${ids.talk}/comments`, { text: 'Me too', visibility: 'client' })).status,
    ).toBe(403)
  })

  it('S1.23 an issue is shown, and resolved by who may edit', async () => {
    const order = await open('sku')
    expect(order.issues.map((issue: { kind: string }) => issue.kind)).toEqual(['unmapped_line', 'unmapped_line'])
    const path = `POST /orders/issues/${order.issues[0].id}/resolve`
    expect((await world.as('V1', path)).status).toBe(403)
    expect((await world.as('C1', path)).status).toBe(200)
    expect((await open('sku')).issues).toHaveLength(1)
  })

  it('S3.14 nobody touches an order of a store outside his scope: 404, byte for byte that of none', async () => {
    const steps = (id: string): [string, unknown?][] => [
      [`PATCH /orders/${id}`, { recipient: { city: 'Lyon' } }],
      [`POST /orders/${id}/hold`, { reason: 'x' }],
      [`POST /orders/${id}/release`],
      [`POST /orders/${id}/cancel`, { reason: 'x' }],
      [`POST /orders/${id}/tags`, { tag: 'x' }],
      [`DELETE /orders/${id}/tags?tag=x`],
      [`POST /orders/${id}/comments`, { text: 'x', visibility: 'internal' }],
      [`POST /orders/issues/${id}/resolve`],
    ]
    expect((await world.as('C1s', `GET /orders/${ids.talk}`)).status).toBe(200)
    const never = steps('01900000-0000-7000-8000-000000000000')
    for (const [index, [call, body]] of steps(ids.other!).entries()) {
      const hidden = await world.as('C1s', call, body, at(1))
      const none = await world.as('C1s', never[index]![0], body, at(1))
      expect([call, hidden.status]).toEqual([call, 404])
      expect(hidden.bare).toBe(none.bare)
    }
    expect((await open('other')).timeline).toHaveLength(1)
  })
})
