import { describe, expect, it } from 'vitest'
import { assignLines } from '#fulfillment'
import { sql } from '#kernel/db/sql.ts'
import { addOrders } from '#orders'
import { accounts, memberOf, parties, portal, stores } from '../../testing/cast.ts'
import { accept, bringIn, cookieOf, reveal, signIn } from '../../testing/people.ts'
import { orderDraft } from '../../testing/scene.ts'
import { at, useWorld } from '../../testing/world.ts'

type Row = { id: string; number: string }

describe('a grant and its reach', () => {
  const ids: Record<string, string> = {}
  const parts: Record<string, string> = {}
  let warehouse = ''
  const world = useWorld(async (w) => {
    const add = async (storeId: string, ...numbers: string[]) => {
      const made = await w.work('A1', (tx) => addOrders(tx, { storeId, orders: numbers.map((n) => orderDraft(n)) }))
      for (const [number, id] of made) ids[number] = id
    }
    await add(stores.a, 'a1', 'a2', 'a3')
    await add(stores.b, 'b1', 'b2')
    warehouse = (await w.owner.query('select id from stock.warehouses where account_id = $1', [accounts.one.id]))
      .rows[0].id
    const give = (number: string, to: { supplierId: string } | { warehouseId: string }) =>
      w.work('A1', async (tx) => {
        const lines = await tx.rows(sql<{ orderId: string; orderLineId: string }>`
          select order_id as "orderId", id as "orderLineId" from orders.lines where order_id = ${ids[number]!}`)
        parts[number] = (await assignLines(tx, { lines, to }))[0]!.fulfillmentOrderId
      })
    await give('a1', { supplierId: parties.S1.id })
    await give('a2', { supplierId: parties.S2.id })
    await give('a3', { warehouseId: warehouse })
    await give('b1', { supplierId: parties.S1.id })
  })
  const as = (cookie: string, call: string, body?: object) => world.as(null, call, body, { cookie })
  const seen = async (cookie: string) =>
    ((await as(cookie, 'GET /orders')).body.items as Row[]).map(({ number }) => number).sort()
  const memberId = async (email: string) =>
    (await world.owner.query('select id from access.members where email = $1', [email])).rows[0].id as string
  const counts = async (cookie: string) => {
    const { status } = (await as(cookie, 'GET /orders/counts')).body
    return Object.values(status as Record<string, number>).reduce((sum, one) => sum + one, 0)
  }
  const all = ['a1', 'a2', 'a3', 'b1', 'b2']

  it('S1.30 a grant is changed as a whole, counts from the next request, and is recorded old and new by name', async () => {
    const cookie = await bringIn(world, { email: 'nora@example.com' })
    const id = await memberId('nora@example.com')
    let version = 1
    const give = async (scope: object) => {
      const answer = await world.as('A1', `PATCH /members/${id}`, { role: 'customer-service', scope }, at(version))
      expect([answer.status, answer.text]).toEqual([200, expect.anything()])
      version = answer.body.version
    }
    const everything = { stores: 'all', clients: 'all', suppliers: 'all', warehouses: 'all', ownOnly: false }
    expect(await seen(cookie)).toEqual(all)
    for (const [scope, expected] of [
      [{ stores: [stores.a] }, ['a1', 'a2', 'a3']],
      [{ stores: 'all', clients: [parties.P2.id] }, ['b1', 'b2']],
      [{ clients: 'all', suppliers: [parties.S1.id], warehouses: [warehouse] }, ['a1', 'a3', 'b1']],
      [{ stores: [stores.a] }, ['a1', 'a3']],
      [{ ownOnly: true }, []],
      [everything, all],
    ] as const) {
      await give(scope)
      expect(await seen(cookie)).toEqual(expected)
      expect(await counts(cookie)).toBe(expected.length)
      expect((await as(cookie, 'GET /orders/count')).body.value).toBe(expected.length)
      for (const number of all)
        expect((await as(cookie, `GET /orders/${ids[number]}`)).status).toBe(
          expected.includes(number as never) ? 200 : 404,
        )
      expect((await as(cookie, 'GET /orders?q=a1')).body.items.length).toBe(expected.includes('a1' as never) ? 1 : 0)
    }
    const { rows } = await world.owner.query(
      `select changes from access.audit a join access.audit_values v on v.audit_id = a.id
        where action = 'member.grant-changed' and subject_id = $1 order by at`,
      [id],
    )
    expect(rows[0].changes).toEqual({ stores: ['all', ['Store a']] })
    expect(rows[1].changes).toEqual({ stores: [['Store a'], 'all'], clients: ['all', ['Client Rivet']] })
    const listed = (await world.as('A1', 'GET /members')).body.items.find((one: Row) => one.id === id)
    expect(listed.scope).toEqual({ ...everything, from: null, until: null, hours: null })
    expect((await world.as('A1', `PATCH /members/${id}`, { role: 'viewer' }, at(1))).status).toBe(412)
  })

  it('S2.8 a scope is validated against the account and the audience, naming the field', async () => {
    const never = '01900000-0000-7000-8000-000000000000'
    const foreign = (await world.owner.query('select id from channels.stores where account_id = $1', [accounts.two.id]))
      .rows[0].id
    const client = { role: 'client-admin', partyId: parties.P1.id }
    const cases: [body: object, field: string][] = [
      [{ scope: { stores: [never] } }, 'scope.stores'],
      [{ scope: { stores: [foreign] } }, 'scope.stores'],
      [{ scope: { stores: [] } }, 'scope.stores'],
      [{ scope: { clients: [parties.S1.id] } }, 'scope.clients'],
      [{ scope: { suppliers: [parties.P1.id] } }, 'scope.suppliers'],
      [{ scope: { warehouses: [never] } }, 'scope.warehouses'],
      [{ scope: { from: '2999-02-01', until: '2999-01-01' } }, 'scope.until'],
      [{ scope: { until: '2001-01-01' } }, 'scope.until'],
      [{ scope: { hours: [{ day: 8, from: '09:00', until: '10:00' }] } }, 'scope.hours.0.day'],
      [{ scope: { hours: [{ day: 1, from: '9:00', until: '10:00' }] } }, 'scope.hours.0.from'],
      [{ scope: { hours: [{ day: 1, from: '22:00', until: '06:00' }] } }, 'scope.hours'],
      [client, 'scope.stores'],
      [{ ...client, scope: { stores: [stores.a] } }, 'scope.warehouses'],
      [{ ...client, scope: { stores: [stores.b], warehouses: [warehouse] } }, 'scope.stores'],
      [{ ...client, scope: { stores: 'all', warehouses: [warehouse] } }, 'scope.stores'],
      [{ role: 'supplier-packer', partyId: parties.S1.id, scope: { stores: [stores.a] } }, 'scope.stores'],
    ]
    for (const [body, field] of cases) {
      const answer = await world.as('A1', 'POST /invitations', {
        email: 'never@example.com',
        role: 'customer-service',
        ...body,
      })
      expect([JSON.stringify(body), answer.status, answer.body.errors?.[0].field]).toEqual([
        JSON.stringify(body),
        400,
        field,
      ])
    }
    const whole = { ...client, scope: { stores: [stores.a], warehouses: [warehouse] } }
    const cookie = await bringIn(world, { email: 'portal@example.com', ...whole })
    expect((await as(cookie, `GET ${portal.base}/api/v1/me`)).body.audience).toBe('client')
    const { rows } = await world.owner.query(
      "select all_stores, all_warehouses from access.members where email = 'portal@example.com'",
    )
    expect(rows).toEqual([{ all_stores: false, all_warehouses: false }])
  })

  it('nobody grants more than he holds', async () => {
    const email = 'narrow@example.com'
    const cookie = await bringIn(world, {
      email,
      role: 'administrator',
      scope: { stores: [stores.a], until: '2998-12-31' },
    })
    const by = (body: object) => as(cookie, 'POST /invitations', { email: 'x@example.com', role: 'viewer', ...body })
    expect((await by({ email: 'ok@example.com', scope: { stores: [stores.a], until: '2998-01-01' } })).status).toBe(201)
    for (const [scope, field] of [
      [undefined, 'scope.stores'],
      [{ stores: 'all' }, 'scope.stores'],
      [{ stores: [stores.a, stores.b] }, 'scope.stores'],
      [{ stores: [stores.a] }, 'scope.until'],
      [{ stores: [stores.a], until: '2999-01-01' }, 'scope.until'],
    ] as const) {
      const answer = await by({ scope })
      expect([answer.status, answer.body.errors?.[0].field]).toEqual([400, field])
    }
    // Not himself either, and not who has more by another role.
    const id = await memberId(email)
    const { version } = (await world.as('A1', 'GET /members')).body.items.find((one: Row) => one.id === id)
    const wider = await world.as(
      null,
      `PATCH /members/${id}`,
      { role: 'administrator', scope: { stores: 'all' } },
      { cookie, ...at(version) },
    )
    expect(wider.body.errors[0].field).toBe('scope.stores')
    const other = await world.as(
      null,
      `PATCH /members/${memberOf('V1')}`,
      { role: 'administrator' },
      { cookie, ...at(1) },
    )
    expect(other.body.errors[0].field).toBe('scope.stores')
  })

  it('S1.27 the owner keeps everything, and one administrator whom nothing narrows stays', async () => {
    const owner = await world.as(
      'A1',
      `PATCH /members/${memberOf('A1')}`,
      { role: 'administrator', scope: { stores: [stores.a] } },
      at(1),
    )
    expect(owner.status).toBe(409)
    expect((await world.as('A1', `PATCH /members/${memberOf('A1')}`, { role: 'viewer' }, at(1))).status).toBe(409)
  })

  it('previews a grant: what the database would count under it, the fields and the permissions', async () => {
    const cookie = await bringIn(world, { email: 'pre@example.com', scope: { stores: [stores.b] } })
    const memberId = (await world.owner.query("select id from access.members where email = 'pre@example.com'")).rows[0]
      .id
    const preview = async (body: object) => (await world.as('A1', 'POST /members/preview-grant', body)).body
    const wide = await preview({ memberId, role: 'full-access', scope: { stores: 'all' } })
    expect(wide).toMatchObject({ of: 'orders', orders: { before: 2, after: 5, gained: 3, lost: 0 } })
    expect(wide.fields).toEqual({ gained: expect.arrayContaining(['buyer_paid', 'unit_cost']), lost: [] })
    expect(wide.permissions.gained).toContain('orders:create')
    expect((await preview({ memberId, role: 'customer-service', scope: { stores: [stores.a] } })).orders).toEqual({
      before: 2,
      after: 3,
      gained: 3,
      lost: 2,
    })
    expect((await preview({ memberId, role: 'customer-service', scope: { ownOnly: true } })).orders).toEqual({
      before: 2,
      after: 0,
      gained: 0,
      lost: 2,
    })
    const viewer = await preview({ memberId, role: 'viewer' })
    expect(viewer.fields.lost).toEqual(expect.arrayContaining(['buyer_phone', 'address']))
    // Nothing was changed, and nobody was added.
    expect(await seen(cookie)).toEqual(['b1', 'b2'])
    const supplier = await preview({ role: 'supplier-packer', partyId: parties.S1.id })
    expect(supplier).toMatchObject({ of: 'fulfillment_orders', orders: { before: 0, after: 2, gained: 2, lost: 0 } })
    const own = await preview({ role: 'supplier-packer', partyId: parties.S1.id, scope: { ownOnly: true } })
    expect(own.orders.after).toBe(0)
    const client = {
      role: 'client-admin',
      partyId: parties.P1.id,
      scope: { stores: [stores.a], warehouses: [warehouse] },
    }
    expect((await preview(client)).orders.after).toBe(3)
    const { rows } = await world.owner.query("select count(*)::int as n from access.members where name = ''")
    expect(rows).toEqual([{ n: 0 }])
    // It refuses what giving it would refuse.
    expect((await world.as('A1', 'POST /members/preview-grant', { memberId, role: 'api' })).status).toBe(400)
    expect(
      (await world.as('A1', 'POST /members/preview-grant', { memberId: memberOf('A2'), role: 'viewer' })).status,
    ).toBe(404)
    // What was previewed is what he sees once it is given, for every kind of scope.
    const { version } = (await world.as('A1', 'GET /members')).body.items.find((one: Row) => one.id === memberId)
    const scope = { stores: [stores.a], suppliers: [parties.S2.id] }
    const said = (await preview({ memberId, role: 'customer-service', scope })).orders
    await world.as('A1', `PATCH /members/${memberId}`, { role: 'customer-service', scope }, at(version))
    expect((await seen(cookie)).length).toBe(said.after)
  })

  it('210, 211 a store taken out of a grant is gone with the next request, also for what arrives there later', async () => {
    const cookie = await bringIn(world, { email: 'poll@example.com', scope: { stores: [stores.a, stores.b] } })
    const id = await memberId('poll@example.com')
    expect(await seen(cookie)).toEqual(all)
    const body = { role: 'customer-service', scope: { stores: [stores.b] } }
    expect((await world.as('A1', `PATCH /members/${id}`, body, at(1))).status).toBe(200)
    for (let n = 0; n < 5; n++) {
      await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [orderDraft(`enemy${n}`)] }))
      expect(await seen(cookie)).toEqual(['b1', 'b2'])
    }
  })

  it('211 a store that is given again from a later day shows nothing before it, whatever arrives; from then on what the grant names', async () => {
    const scope = { stores: [stores.a] }
    const email = 'again@example.com'
    const cookie = await bringIn(world, { email, scope })
    const id = await memberId(email)
    const before = await seen(cookie)
    expect(before).toContain('a1')
    const grant = async (from: string | null, version: number) =>
      expect(
        (
          await world.as(
            'A1',
            `PATCH /members/${id}`,
            { role: 'customer-service', scope: { ...scope, from } },
            at(version),
          )
        ).status,
      ).toBe(200)
    await grant('2998-12-31', 1)
    for (const number of ['gap1', 'gap2']) {
      await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [orderDraft(number)] }))
      for (const call of ['GET /orders', 'GET /orders?q=gap', 'GET /orders/counts', `GET /orders/${ids.a1}`, 'GET /me'])
        expect([call, (await as(cookie, call)).status]).toEqual([call, 401])
    }
    const now = await world.owner.query(
      'select valid_from > now() as waits, (select count(*)::int from access.member_stores s where s.member_id = m.id) as stores from access.members m where id = $1',
      [id],
    )
    expect(now.rows).toEqual([{ waits: true, stores: 1 }])
    // The day has come: what the grant names, old and new, and of no other store.
    await world.owner.query("update access.members set valid_from = now() - interval '1 minute' where id = $1", [id])
    expect(await seen(cookie)).toEqual([...before, 'gap1', 'gap2'].sort())
    expect((await as(cookie, `GET /orders/${ids.b1}`)).status).toBe(404)
  })

  it('211 who is invited from a later day accepts now, and neither comes in nor sees an order until then', async () => {
    const later = { email: 'later@example.com', scope: { stores: [stores.b], from: '2998-12-31' } }
    await world.as('A1', 'POST /invitations', { role: 'customer-service', ...later })
    const accepted = await accept(world, await reveal(world, later.email))
    expect([accepted.status, accepted.body]).toEqual([200, { audience: null, choices: [], pending: null }])
    expect(accepted.headers['set-cookie']).toBe(undefined)
    expect((await signIn(world, later.email)).status).toBe(401)
    await world.owner.query("update access.members set valid_from = now() - interval '1 minute' where email = $1", [
      later.email,
    ])
    expect(await seen(cookieOf(await signIn(world, later.email)))).toEqual(['b1', 'b2'])
  })

  it('S1.22 hours: outside of them everything is refused, and it says why', async () => {
    const email = 'hours@example.com'
    const cookie = await bringIn(world, { email })
    const id = await memberId(email)
    const { rows } = await world.owner.query(
      "select extract(isodow from now() at time zone 'Europe/Paris')::int as today",
    )
    const other = [1, 2, 3, 4, 5, 6, 7].filter((day) => day !== rows[0].today && day !== (rows[0].today % 7) + 1)
    const set = async (days: number[], version: number) => {
      const hours = days.map((day) => ({ day, from: '00:00', until: '24:00' }))
      const body = { role: 'customer-service', scope: { hours } }
      expect((await world.as('A1', `PATCH /members/${id}`, body, at(version))).status).toBe(200)
    }
    await set([1, 2, 3, 4, 5, 6, 7], 1)
    expect((await as(cookie, 'GET /me')).status).toBe(200)
    await set(other, 2)
    for (const call of ['GET /me', 'GET /orders', 'GET /orders/counts', `POST /orders/${ids.a1}/hold`]) {
      const answer = await as(cookie, call, call.startsWith('POST') ? { reason: 'r' } : undefined)
      expect([call, answer.status, answer.body.code]).toEqual([call, 403, 'outside_hours'])
    }
  })

  it('hours are by the clock of the account, on the days the clock is changed too', async () => {
    const within = async (hours: object[], at: string) =>
      (
        await world.owner.query(
          `with clock as materialized (select set_config('app.test_now', $2, false))
           select app.within_hours($1, 'Europe/Paris') as ok from clock`,
          [JSON.stringify(hours), at],
        )
      ).rows[0].ok
    const morning = [{ day: 7, from: '03:00', until: '04:00' }]
    // 29 March 2026, Sunday: the clock goes from 02:00 to 03:00 at 01:00 UTC.
    expect(await within(morning, '2026-03-29T00:59:59Z')).toBe(false)
    expect(await within(morning, '2026-03-29T01:00:00Z')).toBe(true)
    expect(await within(morning, '2026-03-29T02:00:00Z')).toBe(false)
    // 25 October 2026, Sunday: the hour from 02:00 to 03:00 comes twice.
    const night = [{ day: 7, from: '02:00', until: '03:00' }]
    for (const [instant, inside] of [
      ['2026-10-24T23:59:59Z', false],
      ['2026-10-25T00:00:00Z', true],
      ['2026-10-25T01:59:59Z', true],
      ['2026-10-25T02:00:00Z', false],
    ] as const)
      expect([instant, await within(night, instant)]).toEqual([instant, inside])
    const across = [
      { day: 1, from: '22:00', until: '24:00' },
      { day: 2, from: '00:00', until: '06:00' },
    ]
    for (const [instant, inside] of [
      ['2026-11-23T20:59:59Z', false],
      ['2026-11-23T21:00:00Z', true],
      ['2026-11-23T22:59:59.999Z', true],
      ['2026-11-23T23:00:00Z', true],
      ['2026-11-24T04:59:59Z', true],
      ['2026-11-24T05:00:00Z', false],
    ] as const)
      expect([instant, await within(across, instant)]).toEqual([instant, inside])
    await world.owner.query("select set_config('app.test_now', '', false)")
  })

  it('S1.22 a batch of temporary people comes from a pasted list, line by line, and ends at once', async () => {
    const list = [
      'Ann Berg <ann@peak.example>',
      'Bob Carr\tbob@peak.example',
      'cleo@peak.example; Cleo Dahl',
      '"Dan, Egon" , dan@peak.example',
      'eve@peak.example,Eve Falk',
      'Fay – mailto:fay@peak.example',
      'ANN@peak.example',
      'nobody at all',
      'gus@',
      'nora@example.com',
      '',
      'Hal <hal@peak.example>; Ida <ida@peak.example>',
    ].join('\r\n')
    const read = await world.as('A1', 'POST /invitations/batch/preview', { list })
    expect(
      read.body.rows.map((row: Row & { name: string; email: string; verdict: string }) => [
        row.name,
        row.email,
        row.verdict,
      ]),
    ).toEqual([
      ['Ann Berg', 'ann@peak.example', 'ok'],
      ['Bob Carr', 'bob@peak.example', 'ok'],
      ['Cleo Dahl', 'cleo@peak.example', 'ok'],
      ['Dan Egon', 'dan@peak.example', 'ok'],
      ['Eve Falk', 'eve@peak.example', 'ok'],
      ['Fay', 'fay@peak.example', 'ok'],
      ['', 'ANN@peak.example', 'twice'],
      ['nobody at all', '', 'no_address'],
      ['', 'gus@', 'bad_address'],
      ['', 'nora@example.com', 'user'],
      ['Hal', 'hal@peak.example', 'ok'],
      ['Ida', 'ida@peak.example', 'ok'],
    ])
    const body = { list, batch: 'Peak 2998', scope: { stores: [stores.a], until: '2998-12-31' } }
    const forever = await world.as('A1', 'POST /invitations/batch', { ...body, scope: {} })
    expect(forever.body.errors[0].field).toBe('scope.until')
    const made = await world.as('A1', 'POST /invitations/batch', body)
    expect([made.status, made.body.invitations.length]).toEqual([201, 8])
    expect(made.body.invitations[0]).toMatchObject({
      role: { slug: 'customer-service' },
      batch: 'Peak 2998',
      scope: { stores: [{ id: stores.a, name: 'Store a' }], until: '2998-12-31' },
    })
    const again = await world.as('A1', 'POST /invitations/batch', body)
    expect(again.body.rows[0].verdict).toBe('invited')
    const cookie = cookieOf(await accept(world, await reveal(world, 'ann@peak.example')))
    expect((await seen(cookie)).every((number) => !number.startsWith('b'))).toBe(true)
    const open = await reveal(world, 'bob@peak.example')
    const members = (await world.as('A1', 'GET /members')).body.items
    expect(members.find((one: { email: string }) => one.email === 'ann@peak.example')).toMatchObject({
      batch: 'Peak 2998',
      state: 'active',
    })
    const gone = await world.as('A1', `POST /members/batches/${encodeURIComponent('Peak 2998')}/deactivate`)
    expect(gone.body).toEqual({ members: 1, invitations: 7 })
    expect((await as(cookie, 'GET /me')).status).toBe(401)
    expect((await accept(world, open)).status).toBe(410)
    expect((await world.as('A1', 'POST /members/batches/never/deactivate')).status).toBe(404)
    expect((await world.as('F1', 'POST /members/batches/never/deactivate')).status).toBe(403)
  })

  it('who is past his last day is refused, and listed as ended', async () => {
    const cookie = await bringIn(world, { email: 'past@example.com', scope: { until: '2998-12-31' } })
    expect((await as(cookie, 'GET /me')).status).toBe(200)
    await world.owner.query(
      "update access.members set valid_until = now() - interval '1 hour' where email = 'past@example.com'",
    )
    expect((await as(cookie, 'GET /me')).status).toBe(401)
    const items = (await world.as('A1', 'GET /members')).body.items
    expect(items.find((one: { email: string }) => one.email === 'past@example.com').state).toBe('ended')
  })
})
