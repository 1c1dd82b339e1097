import { describe, expect, it } from 'vitest'
import { registered } from '#kernel/routes.ts'
import { addOrders } from '#orders'
import { memberOf, parties, portal, stores, warehouses } from '../../testing/cast.ts'
import { accept, bringIn, cookieOf, reveal } from '../../testing/people.ts'
import { orderDraft } from '../../testing/scene.ts'
import { at, useWorld } from '../../testing/world.ts'

const petit = `/clients/${parties.P1.id}`
const rivet = `/clients/${parties.P2.id}`
const whole = { role: 'client-member', stores: [stores.a], warehouses: [warehouses.main] }

describe('portal users', () => {
  const world = useWorld(async (w) => {
    for (const [store, number] of [
      [stores.a, 'N-1'],
      [stores.b, 'N-2'],
    ] as const)
      await w.work('A1', (tx) => addOrders(tx, { storeId: store, orders: [orderDraft(number)] }))
    await w.owner.query("update access.parties set locale = 'fr' where id = $1", [parties.P1.id])
  })
  const invite = (email: string, more: object = {}) =>
    world.as('A1', `POST ${petit}/users`, { email, ...whole, ...more })
  const come = async (email: string, more: object = {}) => {
    const invited = await invite(email, more)
    if (invited.status !== 201) throw new Error(invited.text)
    return cookieOf(await accept(world, await reveal(world, email), {}, undefined, portal.base))
  }
  const people = async () => (await world.as('A1', `GET ${petit}/users`)).body
  const user = async (email: string) => (await people()).users.find((one: { email: string }) => one.email === email)
  const mails = async (template: string) =>
    (
      await world.owner.query('select recipient, locale, private from notices.outbox where template = $1 order by 1', [
        template,
      ])
    ).rows
  /** Somebody of the house with a role of his own, who may look after clients, and whatever narrows him. */
  const delegate = async (email: string, scope: object) => {
    const permissions = ['orders:read', 'clients:read', 'portal-users:manage']
    const made = await world.as('A1', 'POST /roles', { basedOn: 'viewer', name: email, permissions })
    const cookie = await bringIn(world, { email, role: 'viewer', scope })
    await world.owner.query('update access.members set role_id = $2 where email = $1', [email, made.body.id])
    return (call: string, body?: object, more: Record<string, string> = {}) =>
      world.as(null, call, body, { cookie, ...more })
  }

  it('S2.2 S2.10 S2.14 S2.16 is invited in the client’s language, sets his password, and sees the orders of his store', async () => {
    const invited = await invite('camille@example.com', { name: 'Camille' })
    expect([invited.status, invited.body.state, invited.body.party.name]).toEqual([201, 'invited', 'Client Petit'])
    const mail = (await mails('invitation')).find(({ recipient }) => recipient === 'camille@example.com')
    expect(mail.locale).toBe('fr')
    const days = (Date.parse(invited.body.expiresAt) - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(6.9)
    expect(days).toBeLessThan(7.1)
    const token = await reveal(world, 'camille@example.com')
    const secret = 'a password of camille 4471'
    const accepted = await accept(world, token, { password: secret }, undefined, portal.base)
    expect(accepted.text).not.toContain(secret)
    expect((await accept(world, token, {}, undefined, portal.base)).status).toBe(410)
    const cookie = cookieOf(accepted)
    const seen = (await world.as(null, `GET ${portal.base}/api/v1/orders`, undefined, { cookie })).body.items
    expect(seen.map(({ number }: { number: string }) => number)).toEqual(['N-1'])
    await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [orderDraft('N-3')] }))
    expect((await world.as(null, `GET ${portal.base}/api/v1/orders`, undefined, { cookie })).body.items).toHaveLength(2)
    const { users, invitations } = await people()
    expect(users.map(({ email, state }: Record<string, string>) => [email, state])).toContainEqual([
      'camille@example.com',
      'active',
    ])
    expect(invitations[0].state).toBe('accepted')
    const again = { email: 'camille@example.com', password: secret }
    expect((await world.as(null, `POST ${portal.base}/api/v1/session`, again)).body.audience).toBe('client')
  })

  it('S2.8 without a store or a warehouse of the client’s there is no portal user, whichever way it is tried', async () => {
    await come('eight@example.com')
    const { id, version } = await user('eight@example.com')
    const cases: [object, string][] = [
      [{ stores: [] }, 'stores'],
      [{ warehouses: [] }, 'warehouses'],
      [{ stores: [stores.b] }, 'stores'],
      [{ stores: [stores.a, stores.b] }, 'stores'],
      [{ warehouses: ['01900000-0000-7000-8000-000000000000'] }, 'warehouses'],
      [{ role: 'viewer' }, 'role'],
      [{ role: 'supplier-manager' }, 'role'],
    ]
    for (const [wrong, field] of cases) {
      const body = { ...whole, ...wrong }
      for (const answer of [
        await invite('never@example.com', wrong),
        await world.as('A1', `PATCH ${petit}/users/${id}`, body, at(version)),
        await world.as('A1', `POST ${petit}/users/preview`, body),
      ])
        expect([JSON.stringify(wrong), answer.status, answer.body.errors?.[0].field]).toEqual([
          JSON.stringify(wrong),
          400,
          field,
        ])
    }
    expect(
      (await world.as('A1', `POST ${petit}/users`, { email: 'x@example.com', role: 'client-viewer' })).status,
    ).toBe(400)
  })

  it('S2.9 a grant is previewed, and counts from the next request; the client’s people are told by mail', async () => {
    const more = (await world.as('A1', `POST ${petit}/stores`, { name: 'Second shop' })).body
    const second = more.stores.find(({ name }: { name: string }) => name === 'Second shop').id
    await world.work('A1', (tx) => addOrders(tx, { storeId: second, orders: [orderDraft('N-8'), orderDraft('N-9')] }))
    const cookie = await come('nine@example.com')
    const numbers = async () =>
      (await world.as(null, `GET ${portal.base}/api/v1/orders`, undefined, { cookie })).body.items.map(
        ({ number }: { number: string }) => number,
      )
    const before = (await numbers()).length
    const { id, version } = await user('nine@example.com')
    const wider = { ...whole, role: 'client-viewer', stores: [stores.a, second] }
    const preview = await world.as('A1', `POST ${petit}/users/preview`, { userId: id, ...wider })
    expect(preview.body.orders).toEqual({ before, after: before + 2, gained: 2, lost: 0 })
    expect(await numbers()).toHaveLength(before)
    const joined = (await mails('colleague-joined')).filter(({ recipient }) => recipient === 'p1@example.com')
    expect(joined.length).toBeGreaterThan(0)
    const changed = await world.as('A1', `PATCH ${petit}/users/${id}`, wider, at(version))
    expect(changed.body).toMatchObject({ version: version + 1, role: { slug: 'client-viewer' } })
    expect(await numbers()).toHaveLength(before + 2)
    await world.as('A1', `PATCH ${petit}/users/${id}`, { ...wider, stores: [second] }, at(version + 1))
    expect(await numbers()).toEqual(['N-9', 'N-8'])
    const told = await mails('colleague-access')
    for (const recipient of ['p1@example.com', 'nine@example.com'])
      expect(told.filter((one) => one.recipient === recipient && one.private).length).toBeGreaterThan(0)
    expect(told.some(({ recipient }) => recipient === 'p2@example.com')).toBe(false)
    expect((await world.as('A1', `PATCH ${petit}/users/${id}`, wider, at(version))).status).toBe(412)
    expect((await world.as('A1', `PATCH ${rivet}/users/${id}`, wider, at(version + 2))).status).toBe(404)
  })

  it('S2.3 only an administrator, or whom he lets, adds portal users; a client or a supplier never does', async () => {
    for (const who of ['F1', 'C1', 'V1', 'P1', 'S1', 'Ka'] as const) {
      const answer = await world.as(who, `POST ${petit}/users`, { email: 'no@example.com', ...whole })
      expect([who, answer.status]).toEqual([who, 403])
    }
    const as = await delegate('manager@example.com', {})
    expect((await as(`POST ${petit}/users`, { email: 'by-delegate@example.com', ...whole })).status).toBe(201)
    const { id, version } = (await people()).users[0]
    expect((await as(`PATCH ${petit}/users/${id}`, whole, at(version))).status).toBe(200)
    expect((await as(`POST ${petit}/users/${id}/end-sessions`)).status).toBe(200)
    const open = (await people()).invitations.find(({ state }: { state: string }) => state === 'invited')
    expect((await as(`POST ${petit}/invitations/${open.id}/resend`)).status).toBe(200)
    expect((await as(`POST ${petit}/invitations/${open.id}/revoke`)).status).toBe(200)
  })

  it('S2.3 whom he lets reaches neither staff nor suppliers, and gives nothing beyond his own scope', async () => {
    const as = await delegate('narrow@example.com', { clients: [parties.P1.id] })
    const outside = { ...whole, stores: [stores.b] }
    expect((await as(`POST ${rivet}/users`, { email: 'n1@example.com', ...outside })).status).toBe(404)
    const north = { ...whole, warehouses: [warehouses.north] }
    expect((await as(`POST ${petit}/users`, { email: 'n2@example.com', ...north })).status).toBe(201)
    const row = "(select id from access.members where email = 'narrow@example.com')"
    await world.owner.query(`update access.members set all_stores = false where id = ${row}`)
    const beyond = await as(`POST ${petit}/users`, { email: 'n4@example.com', ...whole })
    expect([beyond.status, beyond.body.errors?.[0].field]).toEqual([400, 'stores'])
    await world.owner.query(`update access.members set all_stores = true, all_warehouses = false where id = ${row}`)
    const invited = await as(`POST ${petit}/users`, { email: 'n5@example.com', ...north })
    expect(invited.status).toBe(400)
    await world.owner.query(`update access.members set all_warehouses = true where id = ${row}`)
    for (const who of ['F1', 'S1', 'P2'] as const)
      for (const step of ['deactivate', 'end-sessions', 'send-reset'])
        expect([who, step, (await as(`POST ${petit}/users/${memberOf(who)}/${step}`)).status]).toEqual([who, step, 404])
    expect((await as(`POST ${petit}/users/${memberOf('P1')}/send-reset`)).status).toBe(200)
    for (const call of ['GET /members', 'GET /invitations', 'GET /outbox', 'GET /roles'])
      expect([call, (await as(call)).status]).toEqual([call, 403])
    expect((await as('POST /invitations', { email: 'n3@example.com', role: 'viewer' })).status).toBe(403)
  })

  it('S2.3 whom he lets gives what he reaches himself: what he is offered is granted, narrowed to warehouses, clients or stores', async () => {
    const choices = async (as: Awaited<ReturnType<typeof delegate>>) => {
      const { body } = await as(`GET ${petit}/choices`)
      return { stores: body.stores.map(idOf), warehouses: body.warehouses.map(idOf), free: body.freeStores.length }
    }
    const idOf = ({ id }: { id: string }) => id
    const narrowed = [
      ['by-warehouse', { warehouses: [warehouses.main] }, [warehouses.main]],
      ['by-client', { clients: [parties.P1.id] }, [warehouses.main, warehouses.north]],
      ['by-store', { stores: [stores.a] }, [warehouses.main, warehouses.north]],
      ['by-both', { clients: [parties.P1.id], warehouses: [warehouses.north] }, [warehouses.north]],
    ] as const
    for (const [name, scope, reached] of narrowed) {
      const as = await delegate(`${name}@example.com`, scope)
      const offered = await choices(as)
      expect([name, offered.stores.includes(stores.a)]).toEqual([name, true])
      expect([name, [...offered.warehouses].sort()]).toEqual([name, reached])
      expect([name, offered.free]).toEqual([name, 0])
      const grant = { role: 'client-member', stores: offered.stores, warehouses: offered.warehouses }
      expect([name, (await as(`POST ${petit}/users/preview`, grant)).status]).toEqual([name, 200])
      const invited = await as(`POST ${petit}/users`, { email: `of-${name}@example.com`, ...grant })
      expect([name, invited.status, invited.body.errors]).toEqual([name, 201, undefined])
      const { invitations } = (await as(`GET ${petit}/users`)).body
      expect([name, invitations.some((one: { email: string }) => one.email === `of-${name}@example.com`)]).toEqual([
        name,
        true,
      ])
    }
    const as = await delegate('main-only@example.com', { warehouses: [warehouses.main] })
    const beyond = await as(`POST ${petit}/users`, {
      email: 'n9@example.com',
      ...whole,
      warehouses: [warehouses.north],
    })
    expect([beyond.status, beyond.body.errors?.[0].field]).toEqual([400, 'warehouses'])
  })

  it('S2.10 97 an invitation is sent again, taken back and runs out; what is over opens nothing', async () => {
    await invite('ten@example.com')
    const first = await reveal(world, 'ten@example.com')
    const { id } = (await people()).invitations.find(({ email }: { email: string }) => email === 'ten@example.com')
    expect((await world.as('A1', `POST ${petit}/invitations/${id}/resend`)).status).toBe(200)
    expect((await accept(world, first, {}, undefined, portal.base)).status).toBe(410)
    const second = await reveal(world, 'ten@example.com')
    await world.owner.query("update access.invitations set expires_at = now() - interval '1 minute' where id = $1", [
      id,
    ])
    expect((await people()).invitations.find((one: { id: string }) => one.id === id).state).toBe('expired')
    expect((await accept(world, second, {}, undefined, portal.base)).status).toBe(410)
    expect((await world.as('A1', `POST ${petit}/invitations/${id}/revoke`)).status).toBe(200)
    expect((await world.as('A1', `POST ${petit}/invitations/${id}/resend`)).body.code).toBe('wrong_state')
    expect((await world.as('A1', `POST ${rivet}/invitations/${id}/resend`)).status).toBe(404)
  })

  it('25 S2.15 the host sends a reset mail, ends sessions and deactivates; nothing of the host becomes, or changes, the client’s person', async () => {
    const cookie = await come('fifteen@example.com')
    const { id } = await user('fifteen@example.com')
    expect((await world.as('A1', `POST ${petit}/users/${id}/send-reset`)).status).toBe(200)
    const reset = (await mails('reset')).find(({ recipient }) => recipient === 'fifteen@example.com')
    expect(reset.private).toBe(true)
    expect(
      (await world.as('A1', 'GET /outbox')).body.items.some(
        ({ template }: { template: string }) => template === 'reset',
      ),
    ).toBe(false)
    // Every staff endpoint about a person, called with the client's: none of them hands out a session, a password or an address.
    const secret = async () =>
      (
        await world.owner.query(
          'select u.password_hash, u.email, m.email as told from identity.users u join access.members m on m.user_id = u.id where m.id = $1',
          [id],
        )
      ).rows
    const before = await secret()
    for (const { endpoint } of registered) {
      if (endpoint.allow === 'public' || endpoint.allow === 'signed-in' || !/:/.test(endpoint.path)) continue
      const path = endpoint.path.replace('/clients/:id', petit).replace(/:\w+/g, id)
      if (/deactivate|end-sessions|reactivate/.test(path)) continue
      const body = { password: 'four plain words again', email: 'mine@example.com', memberId: id, userId: id }
      const answer = await world.as(
        'A1',
        `${endpoint.method} ${path}`,
        endpoint.method === 'GET' ? undefined : body,
        at(1),
      )
      expect([path, String(answer.headers['set-cookie'] ?? '')]).toEqual([path, ''])
      expect([path, answer.text.includes('cdc_')]).toEqual([path, false])
    }
    expect(await secret()).toEqual(before)
    for (const body of [{ memberId: id }, { role: 'client-member', partyId: parties.P1.id }])
      expect((await world.as('A1', 'POST /views', body)).status).toBe(404)
    expect((await world.as('A1', `GET /members/${id}/sight`)).body.counts).toBe(null)
    expect((await world.as('A1', `POST /members/${id}/end-factors`)).status).toBeGreaterThanOrEqual(400)
    expect((await world.as(null, `GET ${portal.base}/api/v1/me`, undefined, { cookie })).status).toBe(200)
    expect((await world.as('A1', `POST ${petit}/users/${id}/deactivate`)).status).toBe(200)
    expect((await world.as(null, `GET ${portal.base}/api/v1/me`, undefined, { cookie })).status).toBe(401)
    expect((await world.as('A1', `POST ${petit}/users/${id}/send-reset`)).body.code).toBe('wrong_state')
    expect((await world.as('A1', `POST ${petit}/users/${id}/reactivate`)).status).toBe(200)
  })

  it('S2.3 a client’s administrator asks for a colleague within his own; the host invites him by one click, or says why not', async () => {
    const ask = (body: object) => world.as('P1', 'POST /portal/user-requests', { ...whole, ...body })
    const mine = async (who: 'P1' | 'P2') => (await world.as(who, 'GET /portal/user-requests')).body
    expect((await mine('P1')).stores).toEqual([{ id: stores.a, name: 'Store a' }])
    const asked = await ask({ email: 'colleague@example.com', name: 'Colleague' })
    expect([asked.status, asked.body.state, asked.body.askedBy]).toEqual([201, 'waiting', 'P1'])
    expect((await ask({ email: 'COLLEAGUE@example.com' })).body.code).toBe('already_exists')
    for (const [wrong, field] of [
      [{ stores: [stores.b] }, 'stores'],
      [{ stores: [] }, 'stores'],
      [{ warehouses: [warehouses.north] }, 'warehouses'],
    ] as const)
      expect((await ask({ email: 'w@example.com', ...wrong })).body.errors[0].field).toBe(field)
    const member = await come('no-admin@example.com')
    expect(
      (await world.as(null, `GET ${portal.base}/api/v1/portal/user-requests`, undefined, { cookie: member })).status,
    ).toBe(403)
    expect((await mine('P2')).items).toEqual([])
    expect((await world.as('A1', `GET ${petit}`)).body.asked).toBe(1)
    const step = (client: string, what: string, body?: object) =>
      world.as('A1', `POST ${client}/user-requests/${asked.body.id}/${what}`, body)
    expect((await step(rivet, 'approve')).status).toBe(404)
    expect((await step(petit, 'approve')).body.state).toBe('approved')
    expect((await step(petit, 'refuse', { answer: 'too late' })).body.code).toBe('wrong_state')
    expect((await mine('P1')).items[0]).toMatchObject({ state: 'approved', email: 'colleague@example.com' })
    const cookie = cookieOf(
      await accept(world, await reveal(world, 'colleague@example.com'), {}, undefined, portal.base),
    )
    expect((await world.as(null, `GET ${portal.base}/api/v1/me`, undefined, { cookie })).body.role.slug).toBe(
      'client-member',
    )
    const other = (await ask({ email: 'stranger@example.com' })).body.id
    const refused = await world.as('A1', `POST ${petit}/user-requests/${other}/refuse`, { answer: 'Who is this?' })
    expect(refused.body).toMatchObject({ state: 'refused', answer: 'Who is this?' })
    expect((await mine('P1')).items[0].answer).toBe('Who is this?')
  })
})
