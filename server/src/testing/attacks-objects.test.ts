import { describe, expect, it } from 'vitest'
import { sql } from '#kernel/db/sql.ts'
import { useAttackScene } from './attack-scene.ts'
import { memberOf, type Name, parties, stores } from './cast.ts'

const never = '0c000000-0000-7000-8000-0000000000ff'

/** Objects of others, and what betrays that they exist; each by its number in the list of attacks. */
describe('what is not yours', () => {
  const { at, world, owner } = useAttackScene()
  const same = async (who: Name, call: (id: string) => string, id: string, body?: object) => {
    const answer = await world.as(who, call(id), body)
    expect(answer.status, `${who} ${call(id)}`).toBe(404)
    expect(answer.bare.replaceAll(id, never), `${who} ${call(id)}`).toBe((await world.as(who, call(never), body)).bare)
  }
  const order = (id: string) => `GET /orders/${id}`

  it('1 2 9 121 an order of another account, client or store is as one that never was', async () => {
    for (const who of ['A1', 'P1', 'Ka'] as const) expect((await world.as(who, order(at.a))).status).toBe(200)
    await same('A2', order, at.a)
    await same('P1', order, at.b)
    await same('Ka', order, at.b)
    await same('C1s', order, at.b)
    await same('A1', order, at.two)
  })

  it('5 7 26 65 a supplier finds nothing by the id of an order, of another part, or of one that was taken back', async () => {
    const part = (id: string) => `GET /queue/${id}`
    expect((await world.as('S1', part(at.s1))).status).toBe(200)
    await same('S1', part, at.s2)
    await same('S1', part, at.a)
    const made = await world.as('A1', 'POST /orders', {
      storeId: stores.a,
      number: 'N-RECALL',
      lines: [{ sku: 'S', quantity: 1 }],
    })
    await world.as('A1', `POST /orders/${made.body.id}/assign`, { supplierId: parties.S1.id })
    const [{ id }] = (await owner('select id from fulfillment.fulfillment_orders where order_id = $1', [
      made.body.id,
    ])) as [{ id: string }]
    expect((await world.as('S1', part(id))).status).toBe(200)
    await same('S1', (x) => `POST /queue/${x}/accept`, at.s2, {})
    expect((await world.as('A1', `POST /fulfillment-orders/${id}/unassign`, {})).status).toBeLessThan(300)
    await same('S1', part, id)
    await same('S1', (x) => `POST /queue/${x}/accept`, id, {})
    expect((await world.as('S1', `POST /orders/${at.a}/assign`, { supplierId: parties.S1.id })).status).toBe(403)
    const [job] = (await owner(
      "insert into jobs.jobs (account_id, id, member_id, kind) select account_id, gen_random_uuid(), id, 'x' from access.members where id = $1 returning id",
      [memberOf('A1')],
    )) as [{ id: string }]
    await same('C1', (x) => `GET /jobs/${x}`, job.id)
    await owner('delete from jobs.jobs where id = $1', [job.id])
  })

  it('10 15 a search for what is hidden finds what a search for nothing finds', async () => {
    const found = async (who: Name, q: string) => (await world.as(who, `GET /orders?q=${q}`)).body.items.length
    expect(await found('P1', 'N-1')).toBe(1)
    await world.as('A1', 'POST /orders', { storeId: stores.b, number: 'ONLYB', lines: [{ sku: 'CNRYB', quantity: 1 }] })
    for (const q of ['ONLYB', 'CNRYB']) {
      expect(await found('P2', q)).toBe(1)
      expect(await found('P1', q)).toBe(0)
      expect((await world.as('P1', `GET /orders?q=${q}`)).text).toBe(
        (await world.as('P1', 'GET /orders?q=NOSUCH')).text,
      )
    }
    expect((await world.as('S1', 'GET /queue?q=SKU-2')).body.items).toEqual([])
    expect((await world.as('S1', 'GET /queue?q=SKU-1')).body.items).toHaveLength(1)
  })

  it('11 a list takes no ids to try', async () => {
    expect((await world.as('P1', `GET /orders?ids=${at.a}&ids=${at.b}`)).status).toBe(400)
  })

  it('21 a client reads neither internal notes, nor the story, nor who told it', async () => {
    await world.as('A1', `POST /orders/${at.a}/comments`, { visibility: 'internal', text: 'CNRY-internal' })
    await world.as('A1', `POST /orders/${at.a}/hold`, { reason: 'CNRY-reason' })
    await world.as('A1', `POST /orders/${at.a}/release`)
    const seen = await world.as('P1', order(at.a))
    expect(seen.body.timeline).toEqual([])
    expect(seen.text).not.toMatch(/CNRY|@example\.com.*A1|Exotic Liquids|S2-TRACK/)
  })

  it('31 an answer is kept by nobody on its way', async () => {
    for (const who of ['A1', 'P1'] as const)
      expect((await world.as(who, order(at.a))).headers['cache-control']).toBe('no-store')
  })

  it('33 what another kept for exports opens no column that is not one’s own', async () => {
    const kept = await world.as('A1', 'PUT /orders/export-presets', {
      name: 'With contact',
      columns: [{ key: 'order_number' }, { key: 'email' }],
    })
    expect(kept.status).toBeLessThan(300)
    const columns = [{ key: 'order_number' }, { key: 'email' }]
    expect((await world.as('A1', 'POST /orders/export', { columns })).text).toContain('paul@example.com')
    const tried = await world.as('$1', 'POST /orders/export', { columns })
    expect(tried.status).toBe(400)
    expect(tried.text).not.toContain('paul@')
  })

  it('35 89 90 a field that is not for a role is in no answer: list, record, changed record, file', async () => {
    const texts = async (who: Name) => {
      const answers = [await world.as(who, order(at.a)), await world.as(who, 'GET /orders')]
      if (who === '$1') answers.push(await world.as(who, 'POST /orders/export', {}))
      return answers.map(({ text }) => text).join()
    }
    expect(await texts('A1')).toMatch(/paul@example\.com/)
    for (const who of ['V1', '$1'] as const) expect(await texts(who)).not.toMatch(/paul@example|26\.47|Henriot|Abbaye/)
    for (const who of ['V1', 'W1', 'C1'] as const) expect(await texts(who)).not.toMatch(/"total"|unitPriceMicros/)
    const got = await world.as('S1', `GET /queue/${at.s1}`)
    const accepted = await world.as('S1', `POST /queue/${at.s1}/accept`, {})
    expect(Object.keys(accepted.body).sort()).toEqual(Object.keys(got.body).sort())
    const file = await world.as('S1', 'GET /queue/export')
    for (const text of [got.text, accepted.text, file.text]) expect(text).not.toMatch(/paul@|10000000|price|SKU-2/i)
  })

  it('37 41 the same names in two accounts, and a name that is taken: nothing tells of the other, nor of the tables', async () => {
    const product = { sku: 'SAME', name: 'Same' }
    expect((await world.as('A1', 'POST /products', product)).status).toBe(201)
    expect((await world.as('A2', 'POST /products', product)).status).toBe(201)
    const again = await world.as('A1', 'POST /products', product)
    expect(again.status).toBe(409)
    expect(again.text).not.toMatch(/products_|constraint|catalog\.|duplicate key|account_id/)
    const supplier = await world.as('A2', 'POST /suppliers', { name: parties.S1.name })
    expect(supplier.status).toBe(201)
    const stray = await world.as('A1', `POST /orders/${at.a}/assign`, { supplierId: supplier.body.id })
    expect(stray.status).toBeGreaterThanOrEqual(400)
    expect(stray.text).not.toMatch(/fkey|constraint|fulfillment\./)
  })

  it('47 49 50 53 66 what customer service, a client and a supplier may not do is refused by name', async () => {
    const expectRefused = async (who: Name, call: string, body: object = {}, headers?: Record<string, string>) =>
      expect([400, 403, 404], `${who} ${call}`).toContain((await world.as(who, call, body, headers)).status)
    const version = { 'if-match': '"1"' }
    await expectRefused('C1', 'POST /products', { sku: 'X', name: 'X' })
    await expectRefused('C1', 'POST /orders', { storeId: stores.a, number: 'X', lines: [{ sku: 'S', quantity: 1 }] })
    await expectRefused('C1', 'POST /orders/export', {})
    await expectRefused('C1', `PATCH /orders/${at.a}`, { lines: [] }, version)
    await expectRefused('C1', `PATCH /orders/${at.a}`, { amounts: { total: 1 } }, version)
    await expectRefused('C1', `PATCH /members/${memberOf('C1')}`, { role: 'administrator' }, version)
    for (const who of ['S1', 'P1'] as const)
      await expectRefused(who, `PATCH /orders/${at.a}`, { recipient: { name: 'Thief' } }, version)
    const [{ name }] = (await owner('select name from orders.recipients where order_id = $1', [at.a])) as [
      { name: string },
    ]
    expect(name).toBe('Paul Henriot')
    expect((await owner('select 1 from catalog.products where sku = $1', ['X'])).length).toBe(0)
  })

  it('45 averages take no filter, and say nothing of few orders', async () => {
    expect((await world.as('C1', 'GET /orders/averages')).status).toBe(200)
    for (const filter of ['q=N-1', `storeId=${stores.a}`, 'day=2026-01-01', `orderId=${at.a}`])
      expect((await world.as('C1', `GET /orders/averages?${filter}`)).status, filter).toBe(400)
    const { body } = await world.as('C1', 'GET /orders/averages')
    expect(body.leastOrders).toBe(10)
    for (const { cost, handling } of body.months) expect([...cost, ...handling]).toEqual([])
  })

  it('79 191 235 there is no debug page, and no header of a proxy is believed or told back', async () => {
    for (const path of ['/api/v1/debug', '/api/v1/metrics', '/api/v1/docs', '/metrics', '/debug', '/swagger']) {
      const answer = await world.app.inject({ method: 'GET', url: path, headers: { accept: 'application/json' } })
      expect([404, 200], path).toContain(answer.statusCode)
      expect(answer.payload, path).not.toMatch(/process_|heap|stack/)
    }
    const headers = {
      'x-forwarded-host': 'evil.example',
      'x-original-url': '/api/v1/members',
      'x-rewrite-url': '/api/v1/members',
    }
    const plainAnswer = await world.as('P1', order(at.a))
    expect((await world.as('P1', order(at.a), undefined, headers)).bare).toBe(plainAnswer.bare)
  })

  it('69 a note, a name or an SKU of a buyer that reads like a tag moves no rule', async () => {
    const rule = await world.as('A1', 'POST /rules', {
      name: 'By tag',
      condition: { match: 'all', of: [{ about: 'line_tag', lines: 'any', tag: 'VIP' }] },
      actions: [{ do: 'assign', supplierId: parties.S2.id, lines: 'matching' }],
      stopAfter: false,
    })
    expect(rule.status).toBe(201)
    const { body } = await world.as('A1', 'POST /orders', {
      storeId: stores.a,
      number: 'VIP',
      buyerNote: 'VIP',
      recipient: { name: 'VIP', line1: 'VIP', city: 'VIP', country: 'FR' },
      lines: [{ sku: 'VIP', name: 'VIP', quantity: 1 }],
    })
    await world.drain()
    expect(body.id).toBeTruthy()
    expect(await owner('select 1 from fulfillment.fulfillment_orders where order_id = $1', [body.id])).toEqual([])
  })

  it('83 201 a client changes no order, by route or by hand', async () => {
    const change = { buyerNote: 'x' }
    expect((await world.as('P1', `PATCH /orders/${at.a}`, change, { 'if-match': '"1"' })).status).toBe(403)
    await expect(
      world.work('P1', (tx) => tx.rows(sql`update orders.orders set number = 'x' where id = ${at.a}`)),
    ).rejects.toThrow()
  })

  it('155 of many that a supplier marks as shipped, those of another are unknown, as numbers that never were', async () => {
    const { body } = await world.as('A1', 'POST /orders', {
      storeId: stores.a,
      number: 'S2-ONLY',
      lines: [{ sku: 'S', quantity: 1 }],
    })
    await world.as('A1', `POST /orders/${body.id}/assign`, { supplierId: parties.S2.id })
    const [{ number: its }] = (await owner('select number from fulfillment.fulfillment_orders where order_id = $1', [
      body.id,
    ])) as [{ number: string }]
    const before = await owner(
      'select * from fulfillment.lines where fulfillment_order_id in (select id from fulfillment.fulfillment_orders where order_id = $1)',
      [body.id],
    )
    const rows = [its, '987654'].map((number) => ({ number, trackingNumber: 'X1' }))
    const tried = await world.as('S1', 'POST /queue/ship', { carrier: 'UPS', rows })
    expect(tried.status).toBe(200)
    expect(tried.body.rows.map(({ result }: { result: string }) => result)).toEqual(['unknown', 'unknown'])
    expect(
      await owner(
        'select * from fulfillment.lines where fulfillment_order_id in (select id from fulfillment.fulfillment_orders where order_id = $1)',
        [body.id],
      ),
    ).toEqual(before)
  })

  it('157 a quote and a comment of SQL in any parameter change nothing', async () => {
    for (const who of ['A1', 'P1', 'S1'] as const)
      for (const path of ['/orders', '/queue', '/products', '/members', '/jobs', '/audit'])
        for (const name of ['q', 'sort', 'cursor', 'status', 'tag', 'state', 'action'])
          expect(
            (await world.as(who, `GET ${path}?${name}=${encodeURIComponent("' or 1=1; --")}`)).status,
            path,
          ).toBeLessThan(500)
  })
})
