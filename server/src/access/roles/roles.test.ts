import { describe, expect, it } from 'vitest'
import { sql } from '#kernel/db/sql.ts'
import { registered } from '#kernel/routes.ts'
import { accounts, memberOf, parties } from '../../testing/cast.ts'
import { bringIn, invite } from '../../testing/people.ts'
import { at, useWorld } from '../../testing/world.ts'

interface Listed {
  id: string
  slug: string
  permissions: string[]
  version: number
  [key: string]: unknown
}

describe('roles as data', () => {
  const world = useWorld()
  const role = async (slug: string): Promise<Listed> =>
    (await world.as('A1', 'GET /roles')).body.items.find((one: Listed) => one.slug === slug)
  const create = (body: object) => world.as('A1', 'POST /roles', body)
  const memberId = async (email: string) =>
    (await world.owner.query('select id from access.members where email = $1', [email])).rows[0].id as string
  const fields = (answer: { body: { errors?: { field: string; message: string }[] } }) => answer.body.errors?.[0]

  it('S1.30 lists every role with its floor, its switches and how many have it, and what waits', async () => {
    const { items, waiting } = (await world.as('A1', 'GET /roles')).body
    expect(items.find(({ slug }: Listed) => slug === 'customer-service')).toMatchObject({
      builtIn: true,
      basedOn: null,
      members: 2,
      switches: ['orders:amounts'],
      secondFactor: false,
    })
    expect(items.find(({ slug }: Listed) => slug === 'client-admin').permissions).toContain('orders:amounts')
    expect(waiting).toContainEqual({
      word: 'refunds:make',
      for: 'returns',
      roles: ['administrator', 'full-access', 'accountant'],
    })
  })

  it('S1.30 an administrator makes a role from another one, gives it, changes it, and it counts from the next request', async () => {
    const made = await create({
      basedOn: 'customer-service',
      name: ' CS lead ',
      description: 'Leads the desk',
      permissions: [...(await role('customer-service')).permissions, 'orders:amounts', 'orders:create'],
    })
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({
        slug: 'own-cs-lead',
        name: 'CS lead',
        builtIn: false,
        basedOn: 'customer-service',
        members: 0,
        floor: [],
        version: 1,
      }),
    ])
    const cookie = await bringIn(world, { email: 'lead@example.com', role: 'own-cs-lead' })
    const me = async () => (await world.as(null, 'GET /me', undefined, { cookie })).body
    expect((await me()).role).toEqual({ slug: 'own-cs-lead', name: 'CS lead' })
    expect((await me()).permissions).toContain('orders:amounts')
    const permissions = made.body.permissions.filter((word: string) => word !== 'orders:amounts')
    const preview = await world.as('A1', `POST /roles/${made.body.id}/preview`, { permissions })
    expect(preview.body).toMatchObject({ added: [], removed: ['orders:amounts'], members: 1, invitations: 0 })
    expect((await me()).permissions).toContain('orders:amounts')
    expect((await world.as('A1', `PATCH /roles/${made.body.id}`, { permissions }, at(1))).body.version).toBe(2)
    expect((await me()).permissions).not.toContain('orders:amounts')
    const stale = await world.as('A1', `PATCH /roles/${made.body.id}`, { name: 'Lead' }, at(1))
    expect([stale.status, stale.body.fields.name]).toEqual([412, { yours: 'Lead', theirs: 'CS lead' }])
    const { rows } = await world.owner.query(
      "select changes from access.audit a join access.audit_values v on v.audit_id = a.id where action = 'role.changed' and subject_id = $1",
      [made.body.id],
    )
    expect(rows).toEqual([{ changes: { permissions: [['orders:amounts'], []] } }])
  })

  it('S1.30 names are used once, and a role is put away only when nobody has it or is invited to it', async () => {
    const taken = await create({ basedOn: 'viewer', name: 'cs LEAD' })
    expect([taken.status, taken.body.code]).toEqual([409, 'already_exists'])
    expect((await create({ basedOn: 'viewer', name: 'viewer' })).status).toBe(409)
    const lead = await role('own-cs-lead')
    await invite(world, { email: 'second-lead@example.com', role: 'own-cs-lead' })
    const held = await world.as('A1', `POST /roles/${lead.id}/archive`)
    expect([held.status, held.body.code, held.body.members, held.body.invitations]).toEqual([409, 'wrong_state', 1, 1])
    const id = await memberId('lead@example.com')
    await world.as('A1', `POST /members/${id}/deactivate`)
    const { items } = (await world.as('A1', 'GET /invitations')).body
    for (const one of items) if (one.state === 'invited') await world.as('A1', `POST /invitations/${one.id}/revoke`)
    expect((await world.as('A1', `POST /roles/${lead.id}/archive`)).status).toBe(200)
    expect(await role('own-cs-lead')).toBeUndefined()
    expect((await world.as('A1', `POST /roles/${lead.id}/archive`)).status).toBe(404)
    const back = await world.as('A1', `POST /members/${id}/reactivate`)
    expect([back.status, back.body.code]).toEqual([409, 'role_archived'])
    expect(fields(await world.as('A1', `PATCH /members/${id}`, { role: 'own-cs-lead' }, at(2)))?.field).toBe('role')
    expect((await create({ basedOn: 'viewer', name: 'CS lead' })).body.slug).toMatch(/^own-cs-lead-/)
  })

  it('S1.30 built-in roles keep floor and name; their switches move and count at once', async () => {
    const before = await role('customer-service')
    const change = (body: object, version: number) => world.as('A1', `PATCH /roles/${before.id}`, body, at(version))
    const on = [...before.permissions, 'orders:amounts']
    expect((await world.as('C1', 'GET /me')).body.permissions).not.toContain('orders:amounts')
    expect((await change({ permissions: on }, before.version)).status).toBe(200)
    expect((await world.as('C1', 'GET /me')).body.permissions).toContain('orders:amounts')
    const version = before.version + 1
    const below = on.filter((word) => word !== 'orders:hold')
    expect(fields(await change({ permissions: below }, version))?.message).toContain('orders:hold')
    expect(fields(await change({ permissions: [...on, 'orders:export'] }, version))?.message).toContain('orders:export')
    expect((await change({ name: 'Helpers' }, version)).body.code).toBe('wrong_state')
    expect((await world.as('A1', `POST /roles/${before.id}/archive`)).body.code).toBe('wrong_state')
    expect((await change({ secondFactor: true }, version)).body.secondFactor).toBe(true)
    // An upgrade carries the program's roles into the accounts: what was switched on stays.
    await world.owner.query('select access.sync_roles()')
    expect((await role('customer-service')).permissions).toContain('orders:amounts')
    expect((await change({ permissions: before.permissions, secondFactor: false }, version + 1)).status).toBe(200)
    await world.owner.query('select access.sync_roles()')
    expect((await role('customer-service')).permissions).not.toContain('orders:amounts')
  })

  it('74 a role holds nothing beyond what its kind may hold, or what its maker holds', async () => {
    for (const [basedOn, permission] of [
      ['administrator', 'users:manage'],
      ['customer-service', 'keys:manage'],
      ['full-access', 'roles:manage'],
      ['supplier-manager', 'orders:read'],
      ['client-admin', 'orders:edit'],
    ] as const) {
      const refused = await create({ basedOn, name: 'Too much', permissions: [permission] })
      expect([refused.status, fields(refused)]).toEqual([
        400,
        { field: 'permissions', message: `This role cannot hold ${permission}.` },
      ])
    }
    expect((await create({ basedOn: 'viewer', name: 'Unknown', permissions: ['refunds:make'] })).status).toBe(400)
    for (const basedOn of ['automation', 'emperor']) expect((await create({ basedOn, name: 'X' })).status).toBe(400)
    const clone = (await create({ basedOn: 'administrator', name: 'Almost everything' })).body
    // S2.3: the one right beyond full access that an administrator may give away.
    expect(clone.permissions.toSorted()).toEqual(
      [...(await role('full-access')).permissions, 'portal-users:manage'].toSorted(),
    )

    // Somebody who manages roles and holds little else: made by hand, since no role of an account can be it.
    await world.owner.query(
      `insert into access.roles (account_id, id, slug, name, audience, built_in, permissions)
       values ($1, gen_random_uuid(), 'half', 'Half', 'staff', false, '{users:read,roles:manage,orders:read}')`,
      [accounts.one.id],
    )
    await world.owner.query(
      `update access.members set role_id = (select id from access.roles where account_id = $1 and slug = 'half') where id = $2`,
      [accounts.one.id, memberOf('V1')],
    )
    const more = await world.as('V1', 'POST /roles', {
      basedOn: 'viewer',
      name: 'More than mine',
      permissions: ['orders:read', 'orders:amounts'],
    })
    expect([more.status, fields(more)?.message]).toEqual([400, 'You do not hold orders:amounts yourself.'])
    const own = await role('half')
    const grow = await world.as('V1', `PATCH /roles/${own.id}`, { permissions: ['orders:read', 'orders:edit'] }, at(1))
    expect([grow.status, fields(grow)?.field]).toEqual([400, 'permissions'])
    const wide = await world.as('V1', `PATCH /roles/${clone.id}`, { permissions: ['orders:read'] }, at(1))
    expect([wide.status, fields(wide)?.field]).toEqual([400, 'permissions'])
    expect(
      (await world.as('V1', 'POST /roles', { basedOn: 'viewer', name: 'As mine', permissions: ['orders:read'] }))
        .status,
    ).toBe(201)
  })

  it('74 the database refuses the same below the routes', async () => {
    const { id } = await role('full-access')
    const call = (who: 'A1' | 'F1' | 'V1', statement: ReturnType<typeof sql>) =>
      world.work(who, (tx) => tx.rows(statement))
    const words = ['orders:read', 'users:manage']
    const add = sql`select access.add_role(gen_random_uuid(), 'own-x', 'X', '', 'viewer', ${words}::text[], false)`
    await expect(call('A1', add)).rejects.toMatchObject({ code: 'wrong_state' })
    await expect(call('F1', add)).rejects.toMatchObject({ code: 'not_permitted' })
    await expect(call('V1', add)).rejects.toMatchObject({ code: 'not_permitted' })
    const change = sql`select access.change_role(${id}, 1, 'X', '', ${words}::text[], false)`
    await expect(call('A1', change)).rejects.toMatchObject({ code: 'wrong_state' })
    await expect(call('A1', sql`update access.roles set permissions = '{}'`)).rejects.toMatchObject({ code: '42501' })
  })

  it('51 S1.26 customer service, and 73 S1.28 full access, reach nothing of roles and ownership', async () => {
    const { id } = await role('viewer')
    const calls: [string, object?][] = [
      ['GET /roles'],
      ['POST /roles', { basedOn: 'viewer', name: 'Mine' }],
      [`PATCH /roles/${id}`, { secondFactor: true }],
      [`POST /roles/${id}/preview`, { permissions: [] }],
      [`POST /roles/${id}/archive`],
      ['GET /ownership'],
      ['POST /ownership/offer', { memberId: memberOf('C1') }],
      ['POST /ownership/accept'],
      ['POST /ownership/withdraw'],
    ]
    expect((await world.as('A1', calls[0]![0])).status).toBe(200)
    for (const who of ['C1', 'F1', 'W1', '$1', 'P1', 'S1', 'Ka'] as const)
      for (const [call, body] of calls)
        expect([who, call, (await world.as(who, call, body, at(1))).status]).toEqual([who, call, 403])
    expect((await world.as('A2', `PATCH /roles/${id}`, { secondFactor: true }, at(1))).status).toBe(404)
  })

  it('50 S1.24 D15 changing many orders at once is a right of its own', async () => {
    const assign = (cookie: string) =>
      world.as(
        null,
        'POST /orders/assign',
        { orderIds: ['0a000000-0000-7000-8000-00000000ffff'], supplierId: parties.S1.id },
        { cookie },
      )
    const permissions = ['orders:read', 'fulfillment:read', 'fulfillment:assign']
    await create({ basedOn: 'full-access', name: 'Dispatcher', permissions })
    const one = await assign(await bringIn(world, { email: 'one@example.com', role: 'own-dispatcher' }))
    expect([one.status, one.body.permission]).toEqual([403, 'orders:bulk'])
    await create({ basedOn: 'full-access', name: 'Chief', permissions: [...permissions, 'orders:bulk'] })
    expect((await assign(await bringIn(world, { email: 'many@example.com', role: 'own-chief' }))).status).toBe(404)
  })

  it('S1.30 an upgrade brings built-in roles back between floor and switches, and begins a new switch as the program says', async () => {
    const set = (slug: string, permissions: string, switches: string) =>
      world.owner.query('update access.roles set permissions = $3, switches = $4 where account_id = $1 and slug = $2', [
        accounts.one.id,
        slug,
        permissions,
        switches,
      ])
    const { permissions } = await role('client-admin')
    await set('customer-service', '{orders:read,orders:amounts,users:manage}', '{orders:amounts}')
    await set('client-admin', '{orders:read}', '{}')
    await set('client-member', '{orders:read}', '{orders:amounts}')
    await world.owner.query('select access.sync_roles()')
    const service = await role('customer-service')
    expect(service.permissions).toEqual([...(service.floor as string[]), 'orders:amounts'])
    expect((await role('client-admin')).permissions).toEqual(permissions)
    expect((await role('client-member')).permissions).not.toContain('orders:amounts')
  })

  it('51 53 S1.13 customer service is refused every route that was not given to it, new ones too, and its own grant', async () => {
    const { permissions } = (await world.as('C1', 'GET /me')).body
    const closed = registered.filter(
      ({ endpoint: { allow } }) => allow !== 'public' && allow !== 'signed-in' && !permissions.includes(allow),
    )
    expect(closed.length).toBeGreaterThan(60)
    for (const { name, endpoint } of closed) {
      const path = endpoint.path.replace(/:\w+/g, memberOf('C1'))
      expect([name, (await world.as('C1', `${endpoint.method} ${path}`, undefined, at(1))).status]).toEqual([name, 403])
    }
    const mine = { role: 'administrator', scope: { allStores: true, validUntil: null, hours: null } }
    expect((await world.as('C1s', `PATCH /members/${memberOf('C1s')}`, mine, at(1))).status).toBe(403)
  })
})
