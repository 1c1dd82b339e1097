import { describe, expect, it } from 'vitest'
import { hashToken } from '#kernel/tokens.ts'
import { accounts, cookieName, memberOf, parties, stores, tokenOf } from '../../testing/cast.ts'
import { at, useWorld } from '../../testing/world.ts'

describe('API keys', () => {
  const world = useWorld()
  const make = (body: object, who: 'A1' | 'A2' = 'A1') => world.as(who, 'POST /keys', { name: 'Robot', ...body })
  const call = async (token: string, what: string, headers: Record<string, string> = {}, body?: object) => {
    const [method, path] = what.split(' ') as ['GET', string]
    const request = { method, url: `/api/v1${path}`, headers: { authorization: `Bearer ${token}`, ...headers } }
    const answer = await world.app.inject(body ? { ...request, payload: body } : request)
    return { status: answer.statusCode, body: answer.payload ? answer.json() : undefined }
  }
  const listed = async (id: string) =>
    (await world.as('A1', 'GET /keys')).body.items.find((one: { id: string }) => one.id === id)

  it('D13 S1.26 an administrator makes a key of any role; it is shown once, hashed at rest, and its deeds bear its name', async () => {
    const made = await make({
      name: 'Shop robot',
      role: 'api',
      scope: { stores: [stores.a] },
      networks: ['127.0.0.1', '10.1.2.3/8'],
    })
    expect([made.status, made.body]).toEqual([201, expect.anything()])
    expect(made.body.token).toMatch(/^cds_[\w-]{43}$/)
    const year = (new Date(made.body.expiresAt).getTime() - Date.now()) / 86_400_000
    expect(year).toBeGreaterThan(364)
    expect(year).toBeLessThan(367)
    const all = await world.owner.query(
      "select encode(token_hash, 'hex') as hash from identity.sessions where purpose = 'key'",
    )
    expect(all.rows.map(({ hash }) => hash)).toContain(hashToken(made.body.token).toString('hex'))
    expect((await world.as('A1', 'GET /keys')).text).not.toContain(made.body.token)
    expect(await listed(made.body.id)).toMatchObject({
      name: 'Shop robot',
      role: { slug: 'api' },
      madeBy: 'A1',
      state: 'active',
      scope: { stores: [{ name: 'Store a' }], warehouses: 'all' },
      networks: ['127.0.0.1/32', '10.0.0.0/8'],
      lastUsedAt: null,
    })
    expect((await call(made.body.token, 'GET /me')).body).toMatchObject({ user: { name: 'Shop robot', email: null } })
    const order = { storeId: stores.a, number: 'K-1', lines: [{ sku: 'S', quantity: 1 }] }
    expect((await call(made.body.token, 'POST /orders', {}, order)).status).toBe(201)
    expect((await call(made.body.token, 'POST /orders', {}, { ...order, storeId: stores.b })).status).not.toBe(201)
    const { rows } = await world.owner.query("select actor, via from access.audit where action = 'order.created'")
    expect(rows).toEqual([{ actor: 'Shop robot', via: 'key' }])
  })

  it("a supplier's and a client's key names its company, and a client's its stores", async () => {
    const supplier = await make({ role: 'supplier-packer', partyId: parties.S1.id })
    expect(supplier.body.token).toMatch(/^cdp_/)
    expect((await call(supplier.body.token, 'GET /queue')).status).toBe(200)
    const warehouse = (
      await world.owner.query('select id from stock.warehouses where account_id = $1', [accounts.one.id])
    ).rows[0].id
    const client = await make({
      role: 'client-viewer',
      partyId: parties.P1.id,
      scope: { stores: [stores.a], warehouses: [warehouse] },
    })
    expect((await call(client.body.token, 'GET /orders')).status).toBe(200)
    for (const [body, field] of [
      [{ role: 'supplier-packer' }, 'partyId'],
      [{ role: 'supplier-packer', partyId: parties.P1.id }, 'partyId'],
      [{ role: 'supplier-packer', partyId: parties.S1.id, scope: { stores: [stores.a] } }, 'scope.stores'],
      [{ role: 'viewer', partyId: parties.S1.id }, 'partyId'],
      [{ role: 'client-viewer', partyId: parties.P1.id }, 'scope.stores'],
      [
        { role: 'client-viewer', partyId: parties.P1.id, scope: { stores: [stores.b], warehouses: [warehouse] } },
        'scope.stores',
      ],
      [{ role: 'automation' }, 'role'],
      [{ role: 'viewer', scope: { stores: [] } }, 'scope.stores'],
      [{ role: 'viewer', scope: { stores: [accounts.two.id] } }, 'scope.stores'],
      [{ role: 'viewer', scope: { until: '2020-01-01' } }, 'scope.until'],
      [{ role: 'viewer', name: ' ' }, 'name'],
    ] as const) {
      const refused = await make(body)
      expect([field, refused.status, refused.body.errors?.[0].field]).toEqual([field, 400, field])
    }
    for (const network of [
      '10.0.0.0/33',
      'example.com',
      '10.0.0/8',
      '::1/129',
      '1.2.3.4/8/9',
      'fe80::1%eth0',
      '1.2.3.4/',
    ]) {
      const refused = await make({ role: 'viewer', networks: [network] })
      expect([network, refused.status, refused.body.errors?.[0].field]).toEqual([network, 400, 'networks'])
    }
  })

  it('74 a key above its maker, in rights or in reach, is refused with what is too much', async () => {
    await world.owner.query(
      `insert into access.roles (account_id, id, slug, name, audience, built_in, permissions)
       values ($1, gen_random_uuid(), 'key-maker', 'Key maker', 'staff', false, '{orders:read,users:read,keys:manage,suppliers:read}')`,
      [accounts.one.id],
    )
    const asKeyMaker = (slug: string) =>
      world.owner.query(
        'update access.members set role_id = r.id from access.roles r where r.account_id = members.account_id and r.slug = $2 and members.id = $1',
        [memberOf('V1'), slug],
      )
    await asKeyMaker('key-maker')
    expect((await world.as('V1', 'POST /keys', { name: 'K', role: 'key-maker' })).status).toBe(201)
    const above = await world.as('V1', 'POST /keys', { name: 'K', role: 'customer-service' })
    expect(above.status).toBe(400)
    expect(above.body.errors[0].message).toContain('orders:cancel')
    await world.owner.query('update access.members set all_stores = false where id = $1', [memberOf('V1')])
    await world.owner.query('insert into access.member_stores values ($1, $2, $3)', [
      accounts.one.id,
      memberOf('V1'),
      stores.a,
    ])
    const key = { name: 'K', role: 'key-maker' }
    expect((await world.as('V1', 'POST /keys', { ...key, scope: { stores: [stores.a] } })).status).toBe(201)
    for (const scope of [{}, { stores: [stores.a, stores.b] }]) {
      const refused = await world.as('V1', 'POST /keys', { ...key, scope })
      expect([refused.status, refused.body.errors[0].field]).toEqual([400, 'scope.stores'])
    }
    await asKeyMaker('viewer')
  })

  it('71 S1.27 a key manages no users, roles or keys and reveals nothing, whatever its role', async () => {
    const { token, id } = (await make({ role: 'administrator' })).body
    expect((await call(token, 'GET /orders')).status).toBe(200)
    const { permissions } = (await call(token, 'GET /me')).body
    expect(permissions).toContain('orders:create')
    expect(
      permissions.filter((one: string) =>
        /^(users|roles|keys|audit|sign-in):|:(manage|reveal)$|^rules:(edit|run)$/.test(one),
      ),
    ).toEqual([])
    for (const what of [
      'GET /members',
      'GET /keys',
      `POST /keys/${id}/revoke`,
      `POST /members/${memberOf('C1')}/deactivate`,
    ])
      expect([what, (await call(token, what)).status]).toEqual([what, 403])
    expect((await call(token, 'POST /keys', {}, { name: 'K', role: 'viewer' })).status).toBe(403)
  })

  it('S1.26 keys stand in the list of keys, and not among the users', async () => {
    const { id } = (await make({ role: 'viewer' })).body
    const ids = async (call: string) => (await world.as('A1', call)).body.items.map((one: { id: string }) => one.id)
    expect(await ids('GET /keys')).toContain(id)
    const users = await ids('GET /members')
    expect(users).toContain(memberOf('C1'))
    expect(users).not.toContain(id)
  })

  it('70 a key that reads cannot write, whatever header says so', async () => {
    const { token } = (await make({ role: 'viewer' })).body
    expect((await call(token, 'GET /orders')).status).toBe(200)
    const order = { number: 'K-70', storeId: stores.a, lines: [{ sku: 'S', quantity: 1 }] }
    expect((await call(token, 'POST /orders', {}, order)).status).toBe(403)
    for (const override of ['x-http-method-override', 'x-method-override'])
      expect((await call(token, 'POST /orders', { [override]: 'GET' }, order)).status).toBe(403)
    expect((await world.owner.query("select from orders.orders where number = 'K-70'")).rowCount).toBe(0)
  })

  it('118 S1.29 a key counts in the header alone; in query, body or cookie it is refused, and a session is no bearer', async () => {
    const { token } = (await make({ role: 'viewer' })).body
    expect((await call(token, 'GET /orders')).status).toBe(200)
    const bare = (url: string, headers: Record<string, string> = {}) =>
      world.app.inject({ method: 'GET', url, headers })
    for (const name of ['key', 'api_key', 'access_token']) {
      const refused = await bare(`/api/v1/orders?${name}=${token}`)
      expect(refused.statusCode).toBe(401)
      expect(refused.json().detail).toContain('rotate')
    }
    const inBody = await world.app.inject({ method: 'POST', url: '/api/v1/orders', payload: { key: token } })
    expect(inBody.statusCode).toBe(401)
    expect((await bare('/api/v1/orders', { cookie: `${cookieName}=${token}` })).statusCode).toBe(401)
    expect((await bare('/api/v1/orders', { authorization: `Basic ${token}` })).statusCode).toBe(401)
    expect((await call(tokenOf('A1'), 'GET /orders')).status).toBe(401)
  })

  it('119 107 a revoked key is refused at once, on every process; a key out of its networks or its time too', async () => {
    const { token, id } = (await make({ role: 'viewer' })).body
    expect((await call(token, 'GET /me')).status).toBe(200)
    const { version } = await listed(id)
    const moved = await world.as(
      'A1',
      `PATCH /keys/${id}`,
      { networks: ['203.0.113.0/24'], name: 'Elsewhere' },
      at(version),
    )
    expect(moved.status).toBe(200)
    expect((await call(token, 'GET /me')).status).toBe(401)
    expect(await listed(id)).toMatchObject({ name: 'Elsewhere', networks: ['203.0.113.0/24'] })
    expect((await world.as('A1', `PATCH /keys/${id}`, { name: 'Late' }, at(version))).status).toBe(412)
    expect((await world.as('A1', `PATCH /keys/${id}`, { networks: null }, at(version + 1))).status).toBe(200)
    expect((await call(token, 'GET /me')).status).toBe(200)
    expect((await world.as('A2', `POST /keys/${id}/revoke`)).status).toBe(404)
    expect((await world.as('A1', `POST /keys/${id}/revoke`)).status).toBe(200)
    expect((await call(token, 'GET /me')).status).toBe(401)
    expect(await listed(id)).toMatchObject({ state: 'revoked', secrets: [] })
    expect((await world.as('A1', `POST /keys/${id}/revoke`)).status).toBe(409)
    expect((await world.as('A1', `POST /keys/${id}/rotate`, { overlapHours: 1 })).status).toBe(409)
    const other = (await make({ role: 'viewer' })).body
    await world.owner.query('update identity.sessions set expires_at = now() where member_id = $1', [other.id])
    expect((await call(other.token, 'GET /me')).status).toBe(401)
    expect((await listed(other.id)).state).toBe('expired')
  })

  it('119 rotation gives a new secret now; the old one works beside it until its time is over', async () => {
    const { token, id } = (await make({ role: 'viewer', networks: ['127.0.0.0/8'] })).body
    const next = await world.as('A1', `POST /keys/${id}/rotate`, { overlapHours: 24 })
    expect(next.status).toBe(200)
    expect(next.body.token).not.toBe(token)
    for (const one of [token, next.body.token]) expect((await call(one, 'GET /me')).status).toBe(200)
    const { secrets, networks } = await listed(id)
    expect([secrets.length, networks]).toEqual([2, ['127.0.0.0/8']])
    await world.owner.query('update identity.sessions set expires_at = now() where token_hash = $1', [hashToken(token)])
    expect((await call(token, 'GET /me')).status).toBe(401)
    const last = await world.as('A1', `POST /keys/${id}/rotate`, { overlapHours: 0 })
    expect((await call(next.body.token, 'GET /me')).status).toBe(401)
    expect((await call(last.body.token, 'GET /me')).status).toBe(200)
    expect((await world.as('A1', `POST /keys/${id}/rotate`, { overlapHours: 169 })).status).toBe(400)
  })

  it('122 a key shrinks with the role of whoever made it, dies when he leaves, and wakes when another rotates it', async () => {
    const boss = (slug: string, gone = false) =>
      world.owner.query(
        `update access.members set role_id = r.id, deactivated_at = case when $3 then now() end from access.roles r
          where r.account_id = members.account_id and r.slug = $2 and members.id = $1`,
        [memberOf('F1'), slug, gone],
      )
    await boss('administrator')
    const { token, id } = (await world.as('F1', 'POST /keys', { name: 'K', role: 'api' })).body
    expect((await call(token, 'GET /suppliers')).status).toBe(200)
    await boss('customer-service')
    expect((await call(token, 'GET /suppliers')).status).toBe(403)
    expect((await call(token, 'GET /orders')).status).toBe(200)
    await boss('customer-service', true)
    expect((await call(token, 'GET /orders')).status).toBe(401)
    expect((await listed(id)).state).toBe('orphaned')
    const { body } = await world.as('A1', `POST /keys/${id}/rotate`, { overlapHours: 1 })
    expect((await call(body.token, 'GET /suppliers')).status).toBe(200)
    expect(await listed(id)).toMatchObject({ state: 'active', madeBy: 'A1' })
    await boss('full-access')
  })

  it('74 91 a key narrows with the scope of whoever made it, at once, and does not widen with him again', async () => {
    const member = memberOf('F1')
    const change = async (scope: object, role = 'administrator') => {
      const { items } = (await world.as('A1', 'GET /members')).body
      const { version } = items.find(({ id }: { id: string }) => id === member)
      const changed = await world.as('A1', `PATCH /members/${member}`, { role, scope }, at(version))
      expect([changed.status, changed.text]).toEqual([200, expect.anything()])
    }
    await change({})
    const as = async (body: object) => (await world.as('F1', 'POST /keys', { name: 'K', role: 'api', ...body })).body
    const [wide, inA] = [await as({}), await as({ scope: { stores: [stores.a] } })]
    const packer = await as({ role: 'supplier-packer', partyId: parties.S2.id })
    const order = async (token: string, storeId: string) => {
      const lines = [{ sku: 'S', quantity: 1 }]
      return (await call(token, 'POST /orders', {}, { storeId, number: `${Math.random()}`, lines })).status
    }
    expect([await order(wide.token, stores.a), await order(wide.token, stores.b)]).toEqual([201, 201])
    expect((await call(packer.token, 'GET /queue')).status).toBe(200)
    await change({ stores: [stores.b], suppliers: [parties.S1.id] })
    expect(await order(wide.token, stores.a)).not.toBe(201)
    expect((await listed(wide.id)).scope).toMatchObject({
      stores: [{ name: 'Store b' }],
      suppliers: [{ id: parties.S1.id }],
      warehouses: 'all',
    })
    expect((await listed(inA.id)).scope.stores).toEqual([])
    expect(await order(inA.token, stores.a)).not.toBe(201)
    expect([(await call(packer.token, 'GET /queue')).status, (await listed(packer.id)).state]).toEqual([
      401,
      'orphaned',
    ])
    const hour = { day: 1, from: '00:00', until: '24:00' }
    await change({ stores: 'all', suppliers: 'all' })
    expect((await call(packer.token, 'GET /queue')).status).toBe(200)
    await change({ hours: [hour, { ...hour, day: 2, until: '12:00' }] })
    expect((await listed(wide.id)).scope).toMatchObject({
      stores: [{ name: 'Store b' }],
      hours: [hour, { ...hour, day: 2, until: '12:00' }],
    })
    await change({ hours: [{ day: 2, from: '09:00', until: '17:00' }] })
    expect((await listed(wide.id)).scope.hours).toEqual([{ day: 2, from: '09:00', until: '12:00' }])
    const { rows } = await world.owner.query("select actor, subject_id from access.audit where action = 'key.narrowed'")
    expect(rows).toContainEqual({ actor: 'A1', subject_id: wide.id })
    await change({ hours: null }, 'full-access')
  })

  it('73 113 nobody but who may manage keys makes, sees or ends one, and he must have shown lately who he is', async () => {
    for (const who of ['F1', 'C1', 'V1', 'P1', 'S1'] as const) {
      expect((await world.as(who, 'GET /keys')).status).toBe(403)
      expect((await world.as(who, 'POST /keys', { name: 'K', role: 'viewer' })).status).toBe(403)
      expect((await world.as(who, `POST /keys/${memberOf('Ka')}/revoke`)).status).toBe(403)
    }
    const mine = hashToken(tokenOf('A1'))
    await world.owner.query(
      "update identity.sessions set proved_at = now() - interval '16 minutes' where token_hash = $1",
      [mine],
    )
    const late = await make({ role: 'viewer' })
    expect([late.status, late.body.code]).toEqual([401, 'prove_again'])
    await world.owner.query("update identity.sessions set proved_at = 'infinity' where token_hash = $1", [mine])
    expect((await make({ role: 'viewer' })).status).toBe(201)
  })
})
