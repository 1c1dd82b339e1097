import { describe, expect, it } from 'vitest'
import { addOrders } from '#orders'
import { cookieName, memberOf, parties, portal, stores, tokenOf, viewCookieName } from '../../testing/cast.ts'
import { dot } from '../../testing/pictures.ts'
import { orderDraft } from '../../testing/scene.ts'
import { form } from '../../testing/upload.ts'
import { useWorld } from '../../testing/world.ts'

const session = `${cookieName}=${tokenOf('A1')}`

describe('an assist session', () => {
  const world = useWorld(async (w) => {
    await w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [orderDraft('N-1')] }))
    await w.work('A1', (tx) => addOrders(tx, { storeId: stores.b, orders: [orderDraft('N-2')] }))
  })
  const path = `/clients/${parties.P1.id}/assist`
  const allow = (hours = 2) => world.as('P1', 'POST /assist', { hours, note: 'Look at my orders' })
  /** Starts to look as A1; how to ask in the view. */
  async function look() {
    const answer = await world.as('A1', `POST ${path}`)
    const token = new RegExp(`${viewCookieName}=([^;]*)`).exec([answer.headers['set-cookie']].flat().join('\n'))?.[1]
    const cookie = `${session}; ${viewCookieName}=${token}`
    return { answer, token, ask: (call: string, body?: object) => world.as(null, call, body, { cookie }) }
  }

  it('D8 S2.15 a client lets the host look for some hours: it sees what he sees, changes nothing, and he sees who looked at what', async () => {
    expect((await world.as('A1', `GET ${path}`)).body).toEqual({ allowed: null })
    expect((await world.as('A1', `POST ${path}`)).status).toBe(404)
    const granted = await allow()
    expect([granted.status, granted.body.items[0]]).toMatchObject([
      201,
      { grantedBy: 'P1', note: 'Look at my orders', looks: [] },
    ])
    expect((await world.as('A1', `GET ${path}`)).body.allowed).toMatchObject({ grantedBy: 'P1' })
    const { answer, ask } = await look()
    expect([answer.status, answer.text]).toEqual([201, expect.anything()])
    const me = (await ask('GET /me')).body
    expect(me).toMatchObject({
      audience: 'client',
      party: { name: 'Client Petit' },
      viewing: { viewer: 'A1', name: 'P1' },
    })
    const { items } = (await ask('GET /portal/orders')).body
    expect(items.map(({ number }: { number: string }) => number)).toEqual(['N-1'])
    expect((await ask(`GET /portal/orders/${items[0].id}`)).status).toBe(200)
    for (const [call, body] of [
      ['POST /assist', { hours: 72 }],
      ['DELETE /assist', undefined],
      ['PATCH /me', { locale: 'fr' }],
      ['POST /transfers', {}],
    ] as const)
      expect([call, (await ask(call, body)).body.code]).toEqual([call, 'view_only'])
    expect((await ask('GET /statements/export?month=2026-01')).body.code).toBe('view_only')
    const seen = (await world.as('P1', 'GET /assist')).body.items[0].looks
    expect(seen.map(({ by, page, record }: Record<string, string>) => [by, page, record])).toEqual([
      ['A1', 'getPortalOrder', 'N-1'],
      ['A1', 'listPortalOrders', null],
      ['A1', '', null],
    ])
    await ask('DELETE /views/mine')
  })

  it('25 205 D8 ends with the next request when the client ends it, when its time is over, when he may no longer allow it', async () => {
    const endings: [string, () => Promise<unknown>][] = [
      ['he ends it', () => world.as('P1', 'DELETE /assist')],
      [
        'time is over',
        () => world.owner.query("update portal.assists set granted_at = now() - interval '2 hours', until = now()"),
      ],
      ['another one', () => allow(1).then(() => world.as('P1', 'DELETE /assist'))],
      [
        'no longer his right',
        () =>
          world.owner.query(
            `update access.members m set role_id = r.id from access.roles r
              where m.id = $1 and r.account_id = m.account_id and r.slug = 'client-member'`,
            [memberOf('P1')],
          ),
      ],
    ]
    for (const [how, end] of endings) {
      await allow()
      const { ask } = await look()
      expect([how, (await ask('GET /portal/orders')).status]).toEqual([how, 200])
      await end()
      const over = await ask('GET /portal/orders')
      expect([how, over.status, over.body.code]).toEqual([how, 401, 'view_ended'])
      expect([how, (await world.as('A1', `POST ${path}`)).status]).toEqual([how, 404])
    }
    await world.owner.query(
      "update access.members m set role_id = r.id from access.roles r where m.id = $1 and r.account_id = m.account_id and r.slug = 'client-admin'",
      [memberOf('P1')],
    )
  })

  it('25 S2.15 nobody looks without being allowed: not by managing users, not at another client, not at the portal, not from another account', async () => {
    await allow()
    expect((await world.as('F1', `POST ${path}`)).status).toBe(201)
    expect((await world.as('A1', 'POST /views', { memberId: memberOf('P1') })).status).toBe(404)
    expect((await world.as('A1', `POST /clients/${parties.P2.id}/assist`)).status).toBe(404)
    expect((await world.as('A2', `POST ${path}`)).status).toBe(404)
    for (const who of ['V1', 'W1', 'S1', 'P2'] as const)
      expect([who, (await world.as(who, `POST ${path}`)).status]).toEqual([who, 403])
    expect([403, 404]).toContain((await world.as('Ka', `POST ${path}`)).status)
    for (const who of ['A1', 'S1'] as const)
      expect((await world.as(who, 'POST /assist', { hours: 1 })).status).toBe(403)
    expect((await world.as('P1', 'POST /assist', { hours: 73 })).status).toBe(400)
    const { token } = await look()
    const atPortal = { cookie: `${portal.cookie}=${tokenOf('A1')}; portal_view=${token}` }
    expect((await world.as(null, `GET ${portal.base}/api/v1/portal/orders`, undefined, atPortal)).status).toBe(401)
    expect(
      (await world.as(null, 'GET /portal/orders', undefined, { cookie: `${viewCookieName}=${token}` })).status,
    ).toBe(401)
  })

  it('S1.17 S2.15 with the eyes of a client customer service reads no amount that is kept from it at its own desk', async () => {
    await allow()
    const order = async (who: 'A1' | 'C1') => {
      const started = await world.as(who, `POST ${path}`)
      const token = new RegExp(`${viewCookieName}=([^;]*)`).exec([started.headers['set-cookie']].flat().join())![1]
      const cookie = `${cookieName}=${tokenOf(who)}; ${viewCookieName}=${token}`
      const list = await world.as(null, 'GET /portal/orders', undefined, { cookie })
      const one = await world.as(null, `GET /portal/orders/${list.body.items[0].id}`, undefined, { cookie })
      await world.as(null, 'DELETE /views/mine', undefined, { cookie })
      return { item: list.body.items[0], text: list.text + one.text }
    }
    const [asA1, asC1] = [await order('A1'), await order('C1')]
    expect(asA1.item).toHaveProperty('total')
    expect(asC1.item).toMatchObject({ number: 'N-1', recipientName: 'Paul Henriot' })
    expect(asC1.text).not.toMatch(/"(total|unitPrice|amount)"/)
  })

  it('S2.15 whoever may look and has access to all that the client sees looks; whose own access shows him less does not', async () => {
    await allow()
    const asks = async () => (await world.as('C1s', `POST ${path}`)).status
    expect(await asks()).toBe(201)
    const limits: [string, string, string][] = [
      ['another client', 'all_clients = false', 'all_clients = true'],
      ['another warehouse', 'all_warehouses = false', 'all_warehouses = true'],
      ['suppliers', 'all_suppliers = false', 'all_suppliers = true'],
      ['his own orders', 'own_only = true', 'own_only = false'],
    ]
    const set = (change: string) =>
      world.owner.query(`update access.members set ${change} where id = $1`, [memberOf('C1s')])
    for (const [what, limit, back] of limits) {
      await set(limit)
      expect([what, await asks()]).toEqual([what, 404])
      await set(back)
    }
    await world.owner.query('update access.member_stores set store_id = $2 where member_id = $1', [
      memberOf('C1s'),
      stores.b,
    ])
    expect(await asks()).toBe(404)
    await world.owner.query('update access.member_stores set store_id = $2 where member_id = $1', [
      memberOf('C1s'),
      stores.a,
    ])
    expect(await asks()).toBe(201)
  })

  it('D8 48 while one looks the desk has the portal’s own face; not before, not after, not for others', async () => {
    const { body, headers } = form({ kind: 'logo-light' }, { name: 'logo.png', content: dot })
    const logo = (await world.as('F1', 'POST /portal-brand/images', body, headers)).body.images['logo-light']
    const seen = async (cookie: string) =>
      (await world.app.inject({ url: `/portal-images/${logo}`, headers: { cookie } })).statusCode
    await allow()
    expect(await seen(session)).toBe(404)
    const { token } = await look()
    const view = `${viewCookieName}=${token}`
    expect(await seen(`${session}; ${view}`)).toBe(200)
    expect(await seen(view)).toBe(404)
    expect(await seen(`${cookieName}=${tokenOf('F1')}; ${view}`)).toBe(404)
    await world.as('P1', 'DELETE /assist')
    expect(await seen(`${session}; ${view}`)).toBe(404)
  })
})
