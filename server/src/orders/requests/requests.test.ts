import { describe, expect, it } from 'vitest'
import { assignLines } from '#fulfillment'
import { sql } from '#kernel/db/sql.ts'
import { parties, stores } from '../../testing/cast.ts'
import { line, orderDraft } from '../../testing/scene.ts'
import { at, useWorld } from '../../testing/world.ts'
import { addOrders } from '../index.ts'

describe('what customer service may not do itself it asks for', () => {
  const ids: Record<string, string> = {}
  const world = useWorld(async (w) => {
    const numbers = ['open', 'work', 'stop', 'stale', 'two', 'lines', 'price', 'gone', 'country', 'hid', 'drop']
    const orders = numbers.map((number) =>
      orderDraft(number, { lines: [line('A', 4, 10_000_000), line('B', 1, 7_310_000)] }),
    )
    const made = await w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders }))
    for (const [number, id] of made) ids[number] = id
    const other = await w.work('A1', (tx) => addOrders(tx, { storeId: stores.b, orders: [orderDraft('other')] }))
    ids.other = other.get('other')!
    for (const number of ['work', 'stop', 'stale', 'gone', 'two', 'drop']) await accepted(number)
  })
  /** S1 has accepted all of it. */
  const accepted = async (number: string) => {
    const made = await world.work('A1', async (tx) => {
      const lines = await tx.rows(sql<{ orderId: string; orderLineId: string }>`
        select order_id as "orderId", id as "orderLineId" from orders.lines where order_id = ${ids[number]}`)
      return await assignLines(tx, { lines, to: { supplierId: parties.S1.id } })
    })
    ids[`${number}'s`] = made[0]!.fulfillmentOrderId
    expect((await world.as('S1', `POST /queue/${ids[`${number}'s`]}/accept`, {})).status).toBe(200)
  }
  const open = async (number: string, who: 'A1' | 'C1' | 'F1' = 'C1') =>
    (await world.as(who, `GET /orders/${ids[number]}`)).body
  const ask = async (number: string, wish: object, who: 'C1' | 'C1s' | 'F1' = 'C1') =>
    await world.as(who, `POST /orders/${ids[number]}/requests`, { reason: 'the customer called', ...wish })
  const listed = async (number: string, who: 'C1' | 'F1' | 'C1s' = 'F1', state = 'all') =>
    (await world.as(who, `GET /orders/requests?state=${state}&orderId=${ids[number]}`)).body.items
  const approve = async (id: string, body = {}) => await world.as('F1', `POST /orders/requests/${id}/approve`, body)

  it('S1.16 what he may do himself is nothing to ask for; what is too late, or never his, he is told how to ask for', async () => {
    const direct = await ask('open', { edit: { recipient: { city: 'Lyon' } } })
    expect([direct.status, direct.body.detail]).toEqual([409, 'You may do this yourself: there is nobody to ask.'])
    expect((await open('open')).asks).toEqual(['changeCountry', 'editLines'])
    expect((await open('open', 'F1')).asks).toEqual([])

    const { version, asks } = await open('work')
    expect(asks.sort()).toEqual(['cancel', 'changeCountry', 'edit', 'editLines', 'hold'])
    const late = await world.as('C1', `PATCH /orders/${ids.work}`, { recipient: { city: 'Lyon' } }, at(version))
    expect([late.status, late.body.ask, late.body.detail]).toEqual([
      409,
      true,
      expect.stringContaining('ask for the change'),
    ])
    for (const [verb, body] of [
      ['hold', { reason: 'r' }],
      ['cancel', { reason: 'r' }],
    ] as const)
      expect((await world.as('C1', `POST /orders/${ids.work}/${verb}`, body)).status).toBe(409)
    const nothing = await ask('work', { edit: { recipient: { city: 'Reims' } } })
    expect([nothing.status, nothing.body.errors[0].field]).toEqual([400, 'edit'])
    expect((await ask('work', { hold: {}, cancel: {} })).status).toBe(400)
  })

  it('S1.16 D3 a change request: asked, seen by who may approve, approved with one click; the supplier sees the new address and that it changed', async () => {
    const asked = await ask('work', { edit: { recipient: { city: 'Lyon', line1: '9 rue Neuve' } } })
    expect([asked.status, asked.body.proposal]).toEqual([201, false])
    expect((await world.as('F1', 'GET /orders/requests/counts')).body).toEqual({ open: 1, mine: 0 })
    expect((await world.as('C1', 'GET /orders/requests/counts')).body).toEqual({ open: 1, mine: 1 })
    const [request] = await listed('work')
    expect(request).toMatchObject({
      orderNumber: 'work',
      askedBy: 'C1',
      state: 'open',
      mine: false,
      can: { answer: true, withdraw: false },
      fields: [
        { field: 'recipient.line1', old: "59 rue de l'Abbaye", wanted: '9 rue Neuve' },
        { field: 'recipient.city', old: 'Reims', wanted: 'Lyon' },
      ].sort(
        (a, b) =>
          request.fields.findIndex((f: { field: string }) => f.field === a.field) -
          request.fields.findIndex((f: { field: string }) => f.field === b.field),
      ),
    })
    expect((await world.as('C1', `POST /orders/requests/${request.id}/approve`, {})).body).toMatchObject({
      status: 403,
      permission: 'orders:approve',
    })

    expect((await approve(request.id)).body).toEqual({ state: 'approved' })
    const after = await open('work')
    expect([
      after.recipient.city,
      after.timeline.slice(0, 2).map((e: { kind: string; actor: string }) => [e.kind, e.actor]),
    ]).toEqual([
      'Lyon',
      expect.arrayContaining([
        ['order.edited', 'F1'],
        ['change.approved', 'F1'],
      ]),
    ])
    const queued = (await world.as('S1', `GET /queue/${ids["work's"]}`)).body
    expect([queued.recipient.city, queued.changed, queued.state]).toEqual(['Lyon', ['address'], 'accepted'])
    expect(queued.changedAt).not.toBeNull()
    const [mine] = await listed('work', 'C1')
    expect(mine).toMatchObject({
      state: 'approved',
      answeredBy: 'F1',
      mine: true,
      can: { answer: false, withdraw: false },
    })
    const again = await approve(request.id)
    expect([again.status, again.body.detail]).toEqual([409, 'It is approved already.'])
    const { rows } = await world.owner.query(
      "select array_agg(action order by action) as actions from access.audit where subject_id = $1 and action like 'change.%'",
      [ids.work],
    )
    expect(rows[0].actions).toEqual(['change.approved', 'change.requested'])
  })

  it('S1.16 refused with a sentence, or withdrawn by the asker alone; both stand in the story', async () => {
    const { body } = await ask('two', { hold: {} })
    expect((await ask('two', { hold: {} })).status).toBe(409) // it waits already
    expect((await world.as('F1', `POST /orders/requests/${body.id}/withdraw`)).status).toBe(409)
    expect(
      (await world.as('F1', `POST /orders/requests/${body.id}/refuse`, { answer: 'It is on the lorry.' })).body.state,
    ).toBe('refused')
    expect((await listed('two', 'C1'))[0]).toMatchObject({
      state: 'refused',
      answer: 'It is on the lorry.',
      answeredBy: 'F1',
    })
    const second = await ask('two', { cancel: {} })
    expect((await world.as('C1', `POST /orders/requests/${second.body.id}/withdraw`)).body.state).toBe('withdrawn')
    expect((await approve(second.body.id)).body.detail).toBe('It was withdrawn by the one who asked.')
    expect(
      (await open('two')).timeline
        .map((e: { kind: string }) => e.kind)
        .slice(0, 4)
        .sort(),
    ).toEqual(['change.refused', 'change.requested', 'change.requested', 'change.withdrawn'])
  })

  it('S1.16 a stop and a cancellation are approved: what has not left is stopped, and taken from who works on it', async () => {
    const stop = await ask('stop', { hold: {} })
    expect((await approve(stop.body.id)).status).toBe(200)
    expect((await open('stop')).status).toBe('on_hold')
    const drop = await ask('drop', { cancel: {} })
    expect((await approve(drop.body.id)).status).toBe(200)
    expect((await open('drop')).status).toBe('cancelled')
    expect((await world.as('S1', `GET /queue/${ids["drop's"]}`)).body.state).toBe('cancelled')
  })

  it('S1.16 what changed meanwhile is shown and not overwritten; what has left makes the request outdated', async () => {
    const { body } = await ask('stale', { edit: { recipient: { city: 'Lyon' } } })
    const { version } = await open('stale', 'F1')
    expect(
      (await world.as('F1', `PATCH /orders/${ids.stale}`, { recipient: { city: 'Nice' } }, at(version))).status,
    ).toBe(200)
    const stale = await approve(body.id)
    expect([stale.status, stale.body.fields]).toEqual([412, { 'recipient.city': { yours: 'Lyon', theirs: 'Nice' } }])
    expect((await open('stale')).recipient.city).toBe('Nice')
    expect((await listed('stale'))[0].state).toBe('open')
    expect((await approve(body.id, { evenIfChanged: true })).status).toBe(200)
    expect((await open('stale')).recipient.city).toBe('Lyon')

    const late = await ask('gone', { edit: { recipient: { city: 'Lyon' } } })
    expect((await world.as('S1', `POST /queue/${ids["gone's"]}/ship`, { carrier: 'DHL' })).status).toBe(200)
    expect((await listed('gone'))[0].state).toBe('outdated')
    expect((await approve(late.body.id)).body.detail).toContain('outdated')
    expect((await ask('gone', { edit: { recipient: { city: 'Nice' } } })).status).toBe(409)
  })

  it('of two who answer at once, one is told that he came second', async () => {
    const { body } = await ask('two', { edit: { recipient: { city: 'Lyon' } } })
    const answers = await Promise.all([
      approve(body.id),
      world.as('A1', `POST /orders/requests/${body.id}/refuse`, { answer: 'no' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('49 customer service changes no quantity, price or discount, and proposes it; another country likewise', async () => {
    const { version, lines } = await open('lines')
    const [first, second] = lines
    for (const fields of [{ quantity: 1 }, { unitPriceMicros: 1 }, { discountRate: 0.5 }]) {
      const refused = await world.as(
        'C1',
        `PATCH /orders/${ids.lines}`,
        { lines: [{ lineId: first.id, ...fields }] },
        at(version),
      )
      expect([refused.status, refused.body.permission, refused.body.ask]).toEqual([403, 'orders:approve', true])
    }
    expect((await world.as('C1', `PATCH /orders/${ids.lines}`, { taxTotal: 0 }, at(version))).status).toBe(400)
    const country = await world.as('C1', `PATCH /orders/${ids.country}`, { recipient: { country: 'BE' } }, at(1))
    expect([country.status, country.body.ask]).toEqual([403, true])
    expect((await open('lines', 'F1')).lines.map((one: { quantity: number }) => one.quantity)).toEqual([4, 1])

    const asked = await ask('lines', {
      edit: {
        lines: [
          { lineId: first.id, quantity: 2 },
          { lineId: second.id, quantity: 3 },
        ],
      },
    })
    expect([asked.status, asked.body.proposal]).toEqual([201, true])
    expect((await approve(asked.body.id)).status).toBe(200)
    const after = await open('lines', 'F1')
    expect(
      after.lines.map((one: { quantity: number; cancelledQuantity: number }) => [one.quantity, one.cancelledQuantity]),
    ).toEqual([
      [4, 2],
      [3, 0],
    ])
    expect(after.amounts.total).toBe(4 * 1000 + 3 * 731 + 590)
    const back = await ask('country', { edit: { recipient: { country: 'BE' } } })
    expect((await approve(back.body.id)).status).toBe(200)
    expect((await open('country')).country).toBe('BE')
  })

  it('S1.16 more is ordered only while nobody works on it, and nothing is cancelled that has left', async () => {
    const { lines } = await open('work')
    const more = await ask('work', { edit: { lines: [{ lineId: lines[0].id, quantity: 9 }] } })
    const refused = await approve(more.body.id)
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      'More units can be ordered only while nobody works on it.',
    ])
    const fewer = await ask('work', { edit: { lines: [{ lineId: lines[0].id, quantity: 0 }] } })
    expect((await approve(fewer.body.id)).status).toBe(200)
    const queued = (await world.as('S1', `GET /queue/${ids["work's"]}`)).body
    expect(queued.lines.map((one: { cancelled: number }) => one.cancelled)).toEqual([4, 0])
  })

  it('S1.17 a price is proposed blind: the old one is the approver’s to see, never the asker’s', async () => {
    const { lines } = await open('price')
    expect(lines[0].unitPriceMicros).toBeUndefined()
    // The same price as there is: the answer must not tell.
    const same = await ask('price', { edit: { lines: [{ lineId: lines[1].id, unitPriceMicros: 7_310_000 }] } })
    const asked = await ask('price', {
      edit: { lines: [{ lineId: lines[0].id, unitPriceMicros: 9_000_000, discountRate: 0.1 }] },
    })
    expect([same.status, asked.status]).toEqual([201, 201])
    const mine = (await listed('price', 'C1')).find(({ id }: { id: string }) => id === asked.body.id)
    expect(mine.fields.map((f: { wanted: unknown; old?: unknown }) => [f.wanted, f.old])).toEqual([
      [9_000_000, undefined],
      [0.1, undefined],
    ])
    expect(JSON.stringify(await listed('price', 'C1s'))).not.toContain('9000000') // a colleague sees that prices are asked for, not which
    const theirs = (await listed('price', 'F1')).find(({ id }: { id: string }) => id === asked.body.id)
    expect(theirs.fields[0]).toMatchObject({ old: 10_000_000, wanted: 9_000_000, line: { position: 1, sku: 'A' } })
    expect((await approve(asked.body.id)).status).toBe(200)
    expect((await open('price', 'F1')).amounts.total).toBe(4 * 900 * 0.9 + 731 + 590)
    expect(JSON.stringify((await world.as('C1', `GET /orders/${ids.price}`)).body)).not.toMatch(
      /9000000|7310000|10000000/,
    )
    const repriced = await world.owner.query(
      "select count(*)::int as n from access.audit where action = 'order.repriced' and subject_id = $1",
      [ids.price],
    )
    expect(repriced.rows[0].n).toBe(1)
  })

  it('S3.14 nobody asks, sees or answers outside his stores: 404, byte for byte that of none', async () => {
    const { body } = await ask('other', { edit: { recipient: { country: 'BE' } } })
    expect((await listed('other', 'C1')).length).toBe(1)
    expect(await listed('other', 'C1s')).toEqual([])
    const never = '0a000000-0000-7000-8000-0000000000ff'
    for (const [who, verb, sent] of [
      ['Ka', 'approve', {}],
      ['C1s', 'withdraw', undefined],
    ] as const) {
      const foreign = await world.as(who, `POST /orders/requests/${body.id}/${verb}`, sent)
      expect([who, foreign.status >= 403]).toEqual([who, true])
      expect(foreign.bare).toBe((await world.as(who, `POST /orders/requests/${never}/${verb}`, sent)).bare)
    }
    expect((await ask('other', { edit: { recipient: { country: 'NL' } } }, 'C1s')).status).toBe(404)
    for (const who of ['V1', 'W1', '$1', 'S1'] as const)
      expect([who, (await world.as(who, 'GET /orders/requests')).status]).toEqual([who, 403])
  })
})
