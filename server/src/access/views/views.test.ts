import { describe, expect, it } from 'vitest'
import { viewHash } from '#kernel/caller.ts'
import { sql } from '#kernel/db/sql.ts'
import { write } from '#kernel/db/transaction.ts'
import { audienceOf } from '#kernel/tokens.ts'
import { addOrders } from '#orders'
import { cookieName, memberOf, parties, stores, tokenOf, viewCookieName } from '../../testing/cast.ts'
import { bringIn, cookieOf, password, signIn } from '../../testing/people.ts'
import { line, orderDraft } from '../../testing/scene.ts'
import { type Answer, useWorld, type World } from '../../testing/world.ts'

const session = `${cookieName}=${tokenOf('A1')}`
const viewIn = (answer: Answer) =>
  new RegExp(`${viewCookieName}=([^;]*)`).exec([answer.headers['set-cookie']].flat().join('\n'))?.[1]

/** Starts a view as A1; returns how to ask in it. */
async function look(world: World, body: object) {
  const answer = await world.as('A1', 'POST /views', body)
  if (answer.status !== 201) throw new Error(answer.text)
  const token = viewIn(answer)!
  const cookie = `${session}; ${viewCookieName}=${token}`
  return { token, cookie, ask: (call: string, with_?: object) => world.as(null, call, with_, { cookie }) }
}
const entries = async (world: World, action: string) =>
  (
    await world.owner.query(
      `select a.actor, a.subject_id, a.outcome, v.changes from access.audit a left join access.audit_values v on v.audit_id = a.id
        where a.action = $1 order by a.at, a.id`,
      [action],
    )
  ).rows

describe('looking as somebody', () => {
  const world = useWorld(async (w) => {
    await w.work('A1', (tx) =>
      addOrders(tx, { storeId: stores.a, orders: [orderDraft('N-1', { lines: [line('NW-1', 1, 1_000_000)] })] }),
    )
    await w.work('A1', (tx) => addOrders(tx, { storeId: stores.b, orders: [orderDraft('N-2')] }))
  })
  const previews = async () =>
    (await world.owner.query("select count(*)::int as n from access.members where kind = 'preview'")).rows[0].n

  it('S2.15 the server answers with the rows, rights and fields of the one looked at, and says who looks', async () => {
    const view = await look(world, { memberId: memberOf('C1s') })
    const me = (await view.ask('GET /me')).body
    expect(me).toMatchObject({
      role: { slug: 'customer-service' },
      viewing: { viewer: 'A1', as: 'member', name: 'C1s' },
    })
    const theirs = await view.ask('GET /orders')
    expect(theirs.body).toEqual((await world.as('C1s', 'GET /orders')).body)
    expect(theirs.body.items).toHaveLength(1)
    expect((await world.as('A1', 'GET /orders')).body.items).toHaveLength(2)
    const sessions = (await world.as('A1', 'GET /me/sessions')).body
    expect((await view.ask('GET /me/sessions')).body).toEqual(sessions) // never those of the other
    expect((await view.ask('GET /products')).status).toBe(403)
    expect((await view.ask('GET /members')).status).toBe(403)
    await view.ask('DELETE /views/mine')
  })

  it('a supplier is looked at before anybody of it is invited: by a member who is nobody, and goes with the view', async () => {
    const view = await look(world, { role: 'supplier-manager', partyId: parties.S2.id })
    const me = (await view.ask('GET /me')).body
    expect(me).toMatchObject({
      audience: 'supplier',
      party: { name: 'Pavlova, Ltd.' },
      viewing: { as: 'role', viewer: 'A1' },
    })
    expect((await view.ask('GET /queue')).status).toBe(200)
    expect((await view.ask('GET /orders')).status).toBe(403)
    expect(await previews()).toBe(1)
    const listed = (await world.as('A1', 'GET /members')).body.items
    expect(listed.filter((one: { name: string }) => one.name === 'Pavlova, Ltd.')).toEqual([])
    const seen = await world.work('A1', (tx) => tx.rows(sql`select 1 from access.members where kind = 'preview'`))
    expect(seen).toEqual([])
    expect((await view.ask('DELETE /views/mine')).status).toBe(200)
    expect(await previews()).toBe(0)
  })

  it('a role is looked at with the access somebody would get: customer service of store a, before anybody is invited', async () => {
    const narrow = { role: 'customer-service', scope: { stores: [stores.a] } }
    const view = await look(world, narrow)
    const numbers = (await view.ask('GET /orders')).body.items.map(({ number }: { number: string }) => number)
    expect(numbers).toEqual(['N-1'])
    expect((await view.ask('GET /orders')).body).toEqual((await world.as('C1s', 'GET /orders')).body)
    expect((await view.ask('GET /me/access')).body.scope.stores).toEqual([{ id: stores.a, name: 'Store a' }])
    await view.ask('DELETE /views/mine')
    const whole = await look(world, { role: 'customer-service' })
    expect((await whole.ask('GET /orders')).body.items).toHaveLength(2)
    await whole.ask('DELETE /views/mine')
    const confined = await look(world, { role: 'full-access', scope: { suppliers: [parties.S1.id] } })
    expect((await confined.ask('GET /orders')).body.items).toEqual([])
    expect((await confined.ask('GET /suppliers')).body.items.map(({ id }: { id: string }) => id)).toEqual([
      parties.S1.id,
    ])
    await confined.ask('DELETE /views/mine')
    const never = '01900000-0000-7000-8000-000000000000'
    for (const [body, field] of [
      [{ role: 'viewer', scope: { stores: [never] } }, 'scope.stores'],
      [{ role: 'viewer', scope: { stores: [] } }, 'scope.stores'],
      [{ role: 'supplier-manager', partyId: parties.S2.id, scope: { suppliers: 'all' } }, 'scope'],
    ] as const) {
      const answer = await world.as('A1', 'POST /views', body)
      expect([answer.status, answer.body.errors[0].field]).toEqual([400, field])
    }
    expect(await previews()).toBe(0)
    const left = await world.owner.query(
      'select 1 from access.member_stores s where not exists (select from access.members m where m.id = s.member_id)',
    )
    expect(left.rowCount).toBe(0)
  })

  it('writes are off twice: the route refuses each method but GET, and the transaction itself only reads', async () => {
    const view = await look(world, { memberId: memberOf('F1') })
    expect((await world.as('F1', 'POST /suppliers', { name: 'One' })).status).toBe(201)
    for (const [call, body] of [
      ['POST /suppliers', { name: 'Two' }],
      ['PATCH /me', { locale: 'fr' }],
      [`DELETE /orders/${stores.a}/tags?tag=x`, undefined],
      ['POST /views', { role: 'viewer' }],
      ['POST /rules/preview', {}],
    ] as const) {
      const answer = await view.ask(call, body)
      if (answer.status !== 405 && answer.status !== 404) expect([call, answer.body.code]).toEqual([call, 'view_only'])
    }
    const credential = { tokenHash: viewHash(view.token, tokenOf('A1')), purpose: 'view' as const }
    const read = await write(world.deps.pools.staff, credential, null, (tx) =>
      tx.rows(sql`select id from orders.orders`),
    )
    expect(read.length).toBe(2)
    for (const attack of [
      sql`insert into access.parties (account_id, id, kind, name) values (app.account_id(), gen_random_uuid(), 'supplier', 'Three')`,
      sql`select access.record(gen_random_uuid(), 'x', 'done', null, null, null, '{}')`,
      sql`set transaction read write`,
    ])
      await expect(write(world.deps.pools.staff, credential, null, (tx) => tx.rows(attack))).rejects.toThrow()
    const refused = await entries(world, 'createSupplier')
    expect(refused.at(-1)).toMatchObject({ actor: 'A1', outcome: 'view_only' })
    await view.ask('DELETE /views/mine')
  })

  it('takes no file along', async () => {
    const view = await look(world, { memberId: memberOf('S1') })
    expect((await world.as('S1', 'GET /queue/export')).status).toBe(200)
    expect((await view.ask('GET /queue/export')).body.code).toBe('view_only')
    await view.ask('DELETE /views/mine')
  })

  it('25 S2.15 nobody looks as a client: not his user, not his role, by no cookie, header or parameter', async () => {
    expect((await world.as('A1', 'POST /views', { memberId: memberOf('S1') })).status).toBe(201)
    for (const body of [
      { memberId: memberOf('P1') },
      { role: 'client-admin', partyId: parties.P1.id },
      { role: 'client-viewer' },
    ])
      expect((await world.as('A1', 'POST /views', body)).status).toBe(404)
    const { rows } = await world.owner.query("select id from access.roles where slug = 'client-admin' limit 1")
    const at = await world.work('A1', (tx) =>
      tx.first(sql<{ ok: boolean }>`
        select access.start_view('\\x01', ${tx.who.sessionId}, ${memberOf('P1')}, interval '1 hour', '') as ok`),
    )
    expect(at).toEqual({ ok: false })
    expect(rows).toHaveLength(1)
    for (const headers of [
      { 'x-user': memberOf('P1') },
      { 'x-member-id': memberOf('P1') },
      { 'x-impersonate': memberOf('P1') },
      { authorization: `Bearer ${tokenOf('A1').replace('cds_', 'cdc_')}`, cookie: '' },
      { cookie: `${cookieName}=${tokenOf('A1').replace('cds_', 'cdc_')}` },
      { cookie: `${session}; ${viewCookieName}=${tokenOf('P1')}` },
      { cookie: `${session}; ${viewCookieName}=${tokenOf('A1').replace('cds_', 'cdc_')}` },
    ] as Record<string, string>[]) {
      const answer = await world.as('A1', `GET /me?memberId=${memberOf('P1')}`, undefined, headers)
      expect([401, 400].includes(answer.status) || answer.body.user.name === 'A1').toBe(true)
    }
    const signed = await world.as(null, 'POST /session', {
      email: 'a1@example.com',
      password,
      memberId: memberOf('P1'),
    })
    expect(signed.status).toBe(401)
  })

  it('only he who manages users, is limited to nothing and holds every right of the other may look', async () => {
    expect((await world.as('A1', 'POST /views', { memberId: memberOf('$1') })).status).toBe(201)
    for (const who of ['F1', 'C1', 'V1', 'S1', 'P1'] as const)
      expect((await world.as(who, 'POST /views', { memberId: memberOf('V1') })).status).toBe(403)
    expect((await world.as('A2', 'POST /views', { memberId: memberOf('V1') })).status).toBe(404)
    expect((await world.as('A1', 'POST /views', { memberId: memberOf('Ka') })).status).toBe(404)
    expect((await world.as('A1', 'POST /views', { role: 'automation' })).status).toBe(400)
    const cookie = await bringIn(world, { email: 'hr@example.com', role: 'administrator' })
    const asHr = (body: object) => world.as(null, 'POST /views', body, { cookie })
    await world.owner.query(
      `with made as (
         insert into access.roles (account_id, id, slug, name, audience, built_in, permissions)
         select m.account_id, gen_random_uuid(), 'hr', 'HR', 'staff', false, v.permissions || '{users:read,users:manage}'
           from access.members m join access.roles v on v.account_id = m.account_id and v.slug = 'viewer' where m.email = 'hr@example.com' returning id)
       update access.members set role_id = (select id from made) where email = 'hr@example.com'`,
    )
    expect((await asHr({ memberId: memberOf('V1') })).status).toBe(201)
    for (const body of [{ memberId: memberOf('$1') }, { role: 'administrator' }, { memberId: memberOf('S1') }])
      expect((await asHr(body)).body.code).toBe('wrong_state')
    await world.owner.query("update access.members set all_stores = false where email = 'hr@example.com'")
    expect((await asHr({ memberId: memberOf('V1') })).body.code).toBe('wrong_state')
    expect(await previews()).toBe(0)
  })

  it('asks for a proof that is not older than a quarter of an hour', async () => {
    const cookie = await bringIn(world, { email: 'old@example.com', role: 'administrator' })
    expect((await world.as(null, 'POST /views', { memberId: memberOf('V1') }, { cookie })).status).toBe(201)
    await world.owner.query(
      "update identity.sessions set proved_at = now() - interval '16 minutes' where member_id = (select id from access.members where email = 'old@example.com')",
    )
    const late = await world.as(null, 'POST /views', { memberId: memberOf('V1') }, { cookie })
    expect(late.body.code).toBe('prove_again')
  })

  it('start, end and each page are in the audit record under the one who looks, saying as whom', async () => {
    const view = await look(world, { memberId: memberOf('W1') })
    const id = (await view.ask('GET /orders')).body.items[0].id
    await view.ask(`GET /orders/${id}`)
    await view.ask(`GET /orders/${id}`)
    await view.ask('DELETE /views/mine')
    const as = { as: 'W1', role: 'warehouse' }
    const mine = { actor: 'A1', subject_id: memberOf('W1') }
    expect((await entries(world, 'view.started')).at(-1)).toMatchObject({ ...mine, changes: as })
    expect((await entries(world, 'view.ended')).at(-1)).toMatchObject({ ...mine, changes: as })
    expect((await entries(world, 'view.looked')).slice(-2)).toMatchObject([
      { ...mine, changes: { ...as, looked: 'listOrders' } },
      { ...mine, changes: { ...as, looked: 'getOrder', of: id } },
    ])
    const { rows } = await world.owner.query("select 1 from access.audit where actor = 'W1'")
    expect(rows).toEqual([])
  })

  it('is worth nothing by itself: not without the session, not in another one, not as a session', async () => {
    const view = await look(world, { memberId: memberOf('C1') })
    expect((await view.ask('GET /orders')).status).toBe(200)
    for (const cookie of [
      `${viewCookieName}=${view.token}`,
      `${cookieName}=${view.token}`,
      `${cookieName}=${tokenOf('F1')}; ${viewCookieName}=${view.token}`,
    ])
      expect((await world.as(null, 'GET /orders', undefined, { cookie })).status).toBe(401)
    const bearer = await world.as(null, 'GET /orders', undefined, { authorization: `Bearer ${view.token}` })
    expect(bearer.status).toBe(401)
    expect(audienceOf(view.token)).toBe('staff')
    await view.ask('DELETE /views/mine')
  })

  it('122 F79 ends with the next request when the one looked at is deactivated, or the viewer loses the right, or signs out', async () => {
    const endings: [string, (email: string, cookie: string) => Promise<unknown>][] = [
      [
        'deactivated',
        () => world.owner.query('update access.members set deactivated_at = now() where id = $1', [memberOf('S1p')]),
      ],
      [
        'loses the right',
        (email) =>
          world.owner.query(
            "update access.members m set role_id = r.id from access.roles r where m.email = $1 and r.account_id = m.account_id and r.slug = 'full-access'",
            [email],
          ),
      ],
      [
        'viewer deactivated',
        (email) => world.owner.query('update access.members set deactivated_at = now() where email = $1', [email]),
      ],
      ['signs out', (_, cookie) => world.as(null, 'DELETE /session', undefined, { cookie })],
      [
        'signed out by another',
        async (email) => {
          const { rows } = await world.owner.query('select id from access.members where email = $1', [email])
          return world.as('A1', `POST /members/${rows[0].id}/end-sessions`)
        },
      ],
      [
        'time is over',
        (email) =>
          world.owner.query(
            `update identity.sessions s set expires_at = now() from access.members m
              where s.purpose = 'view' and m.id = s.viewer_id and m.email = $1`,
            [email],
          ),
      ],
    ]
    for (const [number, [how, end]] of endings.entries()) {
      await world.owner.query('update access.members set deactivated_at = null where id = $1', [memberOf('S1p')])
      const email = `viewer${number}@example.com`
      const own = await bringIn(world, { email, role: 'administrator' })
      const started = await world.as(null, 'POST /views', { memberId: memberOf('S1p') }, { cookie: own })
      const cookie = `${own}; ${viewCookieName}=${viewIn(started)}`
      const ask = () => world.as(null, 'GET /queue', undefined, { cookie })
      expect([how, (await ask()).status]).toEqual([how, 200])
      await end(email, cookie)
      const over = await ask()
      expect([how, over.status, over.body.code]).toEqual([how, 401, 'view_ended'])
      expect(viewIn(over)).toBe('')
      const write = await world.as(null, 'PATCH /me', { locale: 'en' }, { cookie })
      expect(write.body.code).toBe('view_ended')
    }
  })

  it('an old view locks nobody out: he ends it, signs out and signs in with it, and is himself', async () => {
    const cookie = `${session}; ${viewCookieName}=${tokenOf('S1')}`
    const old = await world.as(null, 'GET /orders', undefined, { cookie })
    expect([old.status, old.body.code, viewIn(old)]).toEqual([401, 'view_ended', ''])
    expect((await world.as(null, 'DELETE /views/mine', undefined, { cookie })).status).toBe(200)
    await bringIn(world, { email: 'back@example.com' })
    const stale = { cookie: `${viewCookieName}=${tokenOf('S1')}` }
    const back = await signIn(world, 'back@example.com', password, stale)
    expect(back.status).toBe(200)
    expect(viewIn(back)).toBe('')
    const me = await world.as(null, 'GET /me', undefined, { cookie: cookieOf(back) })
    expect(me.body.viewing).toBe(null)
    const ending = { cookie: `${cookieOf(back)}; ${stale.cookie}` }
    expect((await world.as(null, 'DELETE /session', undefined, ending)).status).toBe(200)
  })

  it('lasts half an hour at most, whatever is asked of the database, and what is over is swept away', async () => {
    await world.work('A1', (tx) =>
      tx.rows(sql`select access.start_view('\\x02', ${tx.who.sessionId}, ${memberOf('V1')}, interval '3 days', '')`),
    )
    await look(world, { role: 'viewer' })
    const { rows } = await world.owner.query(
      "select max(expires_at) <= now() + interval '30 minutes' as short from identity.sessions where purpose = 'view'",
    )
    expect(rows).toEqual([{ short: true }])
    await world.owner.query(
      "update identity.sessions set expires_at = now() - interval '1 second' where purpose = 'view'",
    )
    await world.owner.query('select access.sweep()')
    const left = await world.owner.query("select 1 from identity.sessions where purpose = 'view'")
    expect(left.rowCount).toBe(0)
    expect(await previews()).toBe(0)
  })
})
