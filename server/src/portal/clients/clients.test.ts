import { describe, expect, it } from 'vitest'
import { addOrders } from '#orders'
import { accounts, memberOf, parties, portal, stores, warehouses } from '../../testing/cast.ts'
import { bringIn } from '../../testing/people.ts'
import { orderDraft } from '../../testing/scene.ts'
import { at, useWorld } from '../../testing/world.ts'

const petit = `/clients/${parties.P1.id}`
const never = '01900000-0000-7000-8000-000000000000'

describe('clients', () => {
  const world = useWorld(async (w) => {
    await w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [orderDraft('N-1')] }))
  })
  const client = async (id: string) => (await world.as('A1', `GET /clients/${id}`)).body
  const make = async (name: string) => (await world.as('A1', 'POST /clients', { name, locale: 'fr' })).body

  it('S2.1 lists the companies that the account serves, with stores, products, people and state', async () => {
    const { items } = (await world.as('A1', 'GET /clients')).body
    expect(items.map(({ name }: { name: string }) => name)).toEqual(['Client Petit', 'Client Rivet'])
    expect(items[0]).toMatchObject({
      stores: [{ id: stores.a, name: 'Store a' }],
      products: 0,
      users: 1,
      invited: 0,
      asked: 0,
      strictWarehouses: false,
      mayAsk: true,
      receiptsUnverified: false,
    })
    expect((await world.as('V1', 'GET /clients')).body.items).toHaveLength(2)
    expect((await world.as('Ka', 'GET /clients')).body.items).toHaveLength(1)
    for (const who of ['C1', 'P1', 'S1'] as const) expect((await world.as(who, 'GET /clients')).status).toBe(403)
  })

  it('S2.1 makes one, changes what was agreed, says which field is wrong, and holds an edit against its version', async () => {
    const made = await make('Maison Verte')
    expect(made).toMatchObject({ name: 'Maison Verte', locale: 'fr', archived: false, version: 1, stores: [] })
    expect((await world.as('A1', 'POST /clients', { name: 'maison verte' })).body.errors[0].field).toBe('name')
    expect((await world.as('A1', 'POST /clients', { name: '  ' })).body.errors[0].field).toBe('name')
    const path = `PATCH /clients/${made.id}`
    const changed = await world.as('A1', path, { strictWarehouses: true, email: 'v@example.com' }, at(1))
    expect(changed.body).toMatchObject({ strictWarehouses: true, mayAsk: true, email: 'v@example.com', version: 2 })
    expect((await world.as('A1', path, { mayAsk: false }, at(1))).status).toBe(412)
    expect((await world.as('F1', path, { mayAsk: false }, at(2))).status).toBe(403)
    expect((await world.as('A2', path, { mayAsk: false }, at(2))).status).toBe(404)
    expect((await world.as('A1', `PATCH /clients/${parties.S1.id}`, { mayAsk: false }, at(1))).status).toBe(404)
  })

  it('107 archiving a client ends the sessions of its people with the next request, and its invitations open nothing', async () => {
    const made = await make('Gone tomorrow')
    const store = (await world.as('A1', `POST /clients/${made.id}/stores`, { name: 'Gone store' })).body.stores[0].id
    const grant = { role: 'client-admin', partyId: made.id, scope: { stores: [store], warehouses: [warehouses.main] } }
    const cookie = await bringIn(world, { email: 'gone@example.com', ...grant })
    expect((await world.as(null, `GET ${portal.base}/api/v1/orders`, undefined, { cookie })).status).toBe(200)
    const { version } = await client(made.id)
    await world.as('A1', `PATCH /clients/${made.id}`, { archived: true }, at(version))
    expect((await world.as(null, `GET ${portal.base}/api/v1/orders`, undefined, { cookie })).status).toBe(401)
    const late = await world.as('A1', `POST /clients/${made.id}/users`, {
      email: 'late@example.com',
      role: 'client-viewer',
      stores: [store],
      warehouses: [warehouses.main],
    })
    expect(late.body.code).toBe('wrong_state')
    await world.as('A1', `PATCH /clients/${made.id}`, { archived: false }, at(version + 1))
    expect((await world.as(null, `GET ${portal.base}/api/v1/orders`, undefined, { cookie })).status).toBe(401)
    expect(
      (await world.as(null, `POST ${portal.base}/api/v1/session`, { email: 'gone@example.com', password: 'x' })).status,
    ).toBe(401)
  })

  it('S2.16 a store is one client’s, and is taken back only while nothing hangs on it', async () => {
    const made = await make('Store keeper')
    const stores_ = (id: string) => `/clients/${id}/stores`
    const added = await world.as('A1', `POST ${stores_(made.id)}`, { name: 'Keeper shop' })
    const [{ id: shop }] = added.body.stores
    const whole = { role: 'client-viewer', partyId: made.id, scope: { stores: [shop], warehouses: [warehouses.main] } }
    const refused = async (call: string, body?: object) => {
      const answer = await world.as('A1', call, body)
      expect([call, answer.status]).toEqual([call, 409])
      return answer.body.detail
    }
    expect(await refused(`POST ${stores_(made.id)}`, { storeId: stores.a })).toContain('another client')
    expect(await refused(`DELETE ${stores_(parties.P1.id)}/${stores.a}`)).toContain('has orders')
    const invited = (await world.as('A1', 'POST /invitations', { email: 'sk@example.com', ...whole })).body.id
    expect(await refused(`DELETE ${stores_(made.id)}/${shop}`)).toContain('Portal users')
    await world.as('A1', `POST /clients/${made.id}/invitations/${invited}/revoke`)
    expect((await world.as('A1', `DELETE ${stores_(made.id)}/${shop}`)).body.stores).toEqual([])
    expect((await world.as('A1', `POST ${stores_(made.id)}`, { storeId: shop })).body.stores).toHaveLength(1)
    expect((await world.as('A1', `POST ${stores_(made.id)}`, {})).status).toBe(400)
    expect((await world.as('A1', `POST ${stores_(made.id)}`, { storeId: never })).status).toBe(404)
    const foreign = (await world.owner.query('select id from channels.stores where account_id = $1', [accounts.two.id]))
      .rows[0].id
    expect((await world.as('A1', `POST ${stores_(made.id)}`, { storeId: foreign })).status).toBe(404)
  })

  it('who looks after one client sees that one alone, and makes no other', async () => {
    const email = 'looks@example.com'
    const made = await world.as('A1', 'POST /roles', {
      basedOn: 'viewer',
      name: 'Account manager',
      permissions: ['orders:read', 'products:read', 'clients:read', 'portal-users:manage'],
    })
    const cookie = await bringIn(world, { email, role: 'viewer', scope: { clients: [parties.P1.id] } })
    await world.owner.query('update access.members set role_id = $2 where email = $1', [email, made.body.id])
    const as = (call: string, body?: object, more: Record<string, string> = {}) =>
      world.as(null, call, body, { cookie, ...more })
    expect((await as('GET /clients')).body.items.map(({ id }: { id: string }) => id)).toEqual([parties.P1.id])
    expect((await as(`GET /clients/${parties.P2.id}`)).status).toBe(404)
    expect((await as(`GET /clients/${parties.P2.id}/users`)).status).toBe(404)
    expect((await as(`PATCH /clients/${parties.P2.id}`, { mayAsk: false }, at(1))).status).toBe(404)
    expect((await as('POST /clients', { name: 'Beyond me' })).status).toBe(403)
    const { version } = await client(parties.P1.id)
    expect((await as(`PATCH ${petit}`, { mayAsk: false }, at(version))).body.mayAsk).toBe(false)
    expect((await as(`GET ${petit}/choices`)).body.stores).toEqual([{ id: stores.a, name: 'Store a' }])
    expect(memberOf('P1')).toBe((await as(`GET ${petit}/users`)).body.users[0].id)
  })
})
