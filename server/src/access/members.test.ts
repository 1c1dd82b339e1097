import { describe, expect, it } from 'vitest'
import { emailOf, memberOf } from '../testing/cast.ts'
import { bringIn, invite, signIn } from '../testing/people.ts'
import { at, useWorld } from '../testing/world.ts'

describe('users of an account', () => {
  const world = useWorld()
  const memberId = async (email: string) =>
    (await world.owner.query('select id from access.members where email = $1', [email])).rows[0].id as string
  const as = (cookie: string, call: string, body?: object) => world.as(null, call, body, { cookie })

  it('S1.11 lists people with role and company, and roles with their permissions', async () => {
    const { items } = (await world.as('A1', 'GET /members')).body
    expect(items.find((one: { name: string }) => one.name === 'S1')).toMatchObject({
      email: emailOf('S1'),
      role: { slug: 'supplier-manager' },
      party: { name: 'Exotic Liquids' },
      state: 'active',
    })
    for (const name of ['Ka', 'A2']) expect(items.some((one: { name: string }) => one.name === name)).toBe(false)
    const roles = (await world.as('A1', 'GET /roles')).body.items.map((role: { slug: string }) => role.slug)
    expect(roles).toContain('customer-service')
    expect(roles).not.toContain('automation')
  })

  it('S1.12 a user becomes customer service and back, and the change counts from his next request', async () => {
    const cookie = await bringIn(world, { email: 'nora@example.com', role: 'full-access' })
    const id = await memberId('nora@example.com')
    expect((await as(cookie, 'GET /products')).status).toBe(200)
    expect((await world.as('A1', `PATCH /members/${id}`, { role: 'customer-service' }, at(1))).status).toBe(200)
    expect((await as(cookie, 'GET /products')).status).toBe(403)
    expect((await as(cookie, 'GET /me')).body.role.slug).toBe('customer-service')
    expect((await world.as('A1', `PATCH /members/${id}`, { role: 'full-access' }, at(2))).status).toBe(200)
    expect((await as(cookie, 'GET /products')).status).toBe(200)
    const { rows } = await world.owner.query(
      "select changes from access.audit a join access.audit_values v on v.audit_id = a.id where action = 'member.grant-changed' order by at",
    )
    expect(rows[0].changes).toEqual({ role: ['full-access', 'customer-service'] })
  })

  it('changes no key, nobody of another account, and no one into another company', async () => {
    for (const [who, id] of [
      ['A1', memberOf('A2')],
      ['A1', memberOf('Ka')],
      ['A2', memberOf('C1')],
    ] as const)
      expect((await world.as(who, `PATCH /members/${id}`, { role: 'viewer' }, at(1))).status).toBe(404)
    for (const role of ['supplier-manager', 'automation', 'api', 'emperor'])
      expect((await world.as('A1', `PATCH /members/${memberOf('C1')}`, { role }, at(1))).body.errors[0].field).toBe(
        'role',
      )
    expect(
      (await world.as('A1', `PATCH /members/${memberOf('S1p')}`, { role: 'supplier-manager' }, at(1))).status,
    ).toBe(200)
  })

  it('S1.13 S1.26 customer service reaches nothing that was not given to it', async () => {
    expect((await world.as('C1', 'GET /orders')).status).toBe(200)
    for (const call of ['GET /members', 'GET /roles', 'GET /invitations', 'GET /outbox', 'GET /products'])
      expect([call, (await world.as('C1', call)).status]).toEqual([call, 403])
    await invite(world, { email: 'x@example.com' })
    for (const call of [`POST /members/${memberOf('F1')}/deactivate`, `PATCH /members/${memberOf('C1')}`])
      expect((await world.as('C1', call, { role: 'administrator' }, at(1))).status).toBe(403)
  })

  it('S1.28 full access sees no users and changes none', async () => {
    for (const [call, body] of [
      ['GET /members', undefined],
      [`PATCH /members/${memberOf('C1')}`, { role: 'viewer' }],
      [`POST /members/${memberOf('C1')}/deactivate`, undefined],
      [`POST /members/${memberOf('C1')}/reactivate`, undefined],
    ] as const)
      expect([call, (await world.as('F1', call, body, at(1))).status]).toEqual([call, 403])
  })

  it('S1.22 a deactivated user is refused with his very next request, and let in again when reactivated', async () => {
    const cookie = await bringIn(world, { email: 'season@example.com' })
    const id = await memberId('season@example.com')
    expect((await as(cookie, 'GET /orders')).status).toBe(200)
    expect((await world.as('A1', `POST /members/${id}/deactivate`)).status).toBe(200)
    expect((await as(cookie, 'GET /orders')).status).toBe(401)
    expect((await signIn(world, 'season@example.com')).status).toBe(401)
    expect((await world.owner.query('select 1 from identity.sessions where member_id = $1', [id])).rowCount).toBe(0)
    expect((await world.as('A1', `POST /members/${id}/reactivate`)).status).toBe(200)
    expect((await as(cookie, 'GET /orders')).status).toBe(401)
    expect((await signIn(world, 'season@example.com')).status).toBe(200)
  })

  it('S1.27 the last administrator stays: not deactivated by himself, not demoted, not by two at once', async () => {
    // The owner is protected by himself (roles/ownership.test.ts); this is the guard behind.
    await world.owner.query('update access.accounts set owner_id = null')
    const self = await world.as('A1', `POST /members/${memberOf('A1')}/deactivate`)
    expect([self.status, self.body.code]).toEqual([409, 'wrong_state'])
    const demoted = await world.as('A1', `PATCH /members/${memberOf('A1')}`, { role: 'full-access' }, at(1))
    expect([demoted.status, demoted.body.code]).toEqual([409, 'last_administrator'])
    const cookie = await bringIn(world, { email: 'second@example.com', role: 'administrator' })
    const second = await memberId('second@example.com')
    const both = await Promise.all([
      as(cookie, `POST /members/${memberOf('A1')}/deactivate`),
      world.as('A1', `POST /members/${second}/deactivate`),
    ])
    const statuses = both.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    const { rows } = await world.owner.query(
      `select count(*) from access.members m join access.roles r on r.account_id = m.account_id and r.id = m.role_id
        where m.deactivated_at is null and m.kind = 'person' and r.slug = 'administrator' and m.id = any ($1)`,
      [[memberOf('A1'), second]],
    )
    expect(rows[0].count).toBe(1)
  })
})
