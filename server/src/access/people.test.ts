import { describe, expect, it } from 'vitest'
import { compile, type Statement } from '#kernel/db/sql.ts'
import { templateOf } from '#notices'
import { emailOf, memberOf, type Name } from '../testing/cast.ts'
import { bringIn } from '../testing/people.ts'
import { useWorld } from '../testing/world.ts'

describe('the list of users and what is asked of it', () => {
  const world = useWorld()
  const find = async (name: string) =>
    (await world.as('A1', 'GET /members')).body.items.find((one: { name: string }) => one.name === name)
  const set = (name: Name, change: string) =>
    world.owner.query(`update access.members set ${change} where id = $1`, [memberOf(name)])

  it('S1.20 says who owns the account, and how everybody stands now', async () => {
    expect(await find('A1')).toMatchObject({ owner: true, state: 'active', secondFactor: false, audience: 'staff' })
    expect(await find('F1')).toMatchObject({ owner: false, state: 'active' })
    await set('C1', "valid_from = now() + interval '1 day'")
    expect((await find('C1')).state).toBe('not_yet')
    await set('C1', "valid_from = null, hours = '[]'")
    expect((await find('C1')).state).toBe('outside_hours')
    await set('C1', "valid_until = now() - interval '1 day'")
    expect((await find('C1')).state).toBe('ended')
    await set('C1', 'deactivated_at = now()')
    expect((await find('C1')).state).toBe('deactivated')
  })

  it('writes when somebody was last seen apart from his requests, and from where', async () => {
    expect((await find('W1')).lastSeenAt).toBe(null)
    await world.as('W1', 'GET /orders')
    expect((await find('W1')).lastSeenAt).toBe(null)
    await world.deps.seen.flush(world.deps.pools.identity)
    expect(Date.now() - Date.parse((await find('W1')).lastSeenAt)).toBeLessThan(60_000)
    const { rows } = await world.owner.query(
      'select host(address) as address from identity.sessions where member_id = $1',
      [memberOf('W1')],
    )
    expect(rows).toEqual([{ address: '127.0.0.1' }])
    await world.owner.query('update access.members set last_seen_at = null where id = $1', [memberOf('W1')])
    await world.as('W1', 'GET /orders')
    await world.deps.seen.flush(world.deps.pools.identity)
    expect((await find('W1')).lastSeenAt).toBe(null) // within the same minute nothing is written again
  })

  it('107 who is signed out by an administrator is refused with his next request, and may sign in again', async () => {
    const cookie = await bringIn(world, { email: 'two@example.com' })
    const { rows } = await world.owner.query("select id from access.members where email = 'two@example.com'")
    expect((await world.as(null, 'GET /orders', undefined, { cookie })).status).toBe(200)
    const ended = await world.as('A1', `POST /members/${rows[0].id}/end-sessions`)
    expect(ended.body).toEqual({ ended: 1 })
    expect((await world.as(null, 'GET /orders', undefined, { cookie })).status).toBe(401)
    expect((await world.as('A1', `POST /members/${memberOf('Ka')}/end-sessions`)).status).toBe(404)
    expect((await world.as('Ka', 'GET /orders')).status).toBe(200)
  })

  it('113 to deactivate, reactivate or sign out somebody asks who lately showed who he is', async () => {
    const cookie = await bringIn(world, { email: 'boss@example.com', role: 'administrator' })
    await bringIn(world, { email: 'three@example.com' })
    const { rows } = await world.owner.query("select id from access.members where email = 'three@example.com'")
    const asBoss = (step: string) => world.as(null, `POST /members/${rows[0].id}/${step}`, undefined, { cookie })
    const steps = ['deactivate', 'reactivate', 'end-sessions']
    for (const step of steps) expect([step, (await asBoss(step)).status]).toEqual([step, 200])
    await world.owner.query(
      "update identity.sessions set proved_at = now() - interval '16 minutes' where member_id = (select id from access.members where email = 'boss@example.com')",
    )
    for (const step of steps) expect([step, (await asBoss(step)).body.code]).toEqual([step, 'prove_again'])
  })

  it('53 nobody widens his own access: not by role, scope, dates or hours, nor by asking for it', async () => {
    const id = memberOf('C1s')
    for (const body of [
      { role: 'full-access' },
      { scope: { stores: 'all' } },
      { scope: { until: null } },
      { scope: { hours: null } },
    ])
      expect((await world.as('C1s', `PATCH /members/${id}`, body, { 'if-match': '"1"' })).status).toBe(403)
    const asked = await world.as('C1s', 'POST /access-requests', {
      permission: 'products:read',
      note: 'To look up names',
    })
    expect(asked.status).toBe(201)
    expect((await world.as('C1s', `POST /access-requests/${asked.body.id}/answer`, { state: 'granted' })).status).toBe(
      403,
    )
    expect((await world.as('A1', `POST /access-requests/${asked.body.id}/answer`, { state: 'granted' })).status).toBe(
      200,
    )
    expect((await world.as('C1s', 'GET /products')).status).toBe(403)
  })

  it('everybody asks for access and sees the answer; five may wait at a time, the same is not asked twice', async () => {
    for (const who of ['V1', 'P1', 'S1'] as const) {
      const { status, body } = await world.as(who, 'POST /access-requests', { page: '/orders', note: `I am ${who}` })
      expect([who, status, body.state]).toEqual([who, 201, 'open'])
    }
    const again = await world.as('V1', 'POST /access-requests', { page: '/orders', note: 'I am V1' })
    expect((await world.as('V1', 'GET /access-requests/mine')).body.items.map((one: { id: string }) => one.id)).toEqual(
      [again.body.id],
    )
    for (let n = 2; n <= 5; n++)
      expect((await world.as('V1', 'POST /access-requests', { note: `${n}` })).status).toBe(201)
    expect((await world.as('V1', 'POST /access-requests', { note: '6' })).body.code).toBe('wrong_state')
    expect((await world.as('V1', 'POST /access-requests', { permission: 'orders:read' })).body.code).toBe('wrong_state')
    expect((await world.as('V1', 'POST /access-requests', {})).status).toBe(400)
    expect((await world.as('Ka', 'POST /access-requests', { note: 'x' })).status).toBe(403)
    const list = (await world.as('A1', 'GET /access-requests')).body
    expect(list.open).toBe(7)
    expect(list.items[0]).toMatchObject({ state: 'open', member: { name: 'V1', role: 'viewer' } })
    expect((await world.as('A2', 'GET /access-requests')).body).toEqual({ open: 0, items: [] })
    const answer = { state: 'refused', answer: 'Ask the shop.' }
    const path = `POST /access-requests/${again.body.id}/answer`
    await world.owner.query("update identity.users set locale = 'fr' where email = $1", [emailOf('V1')])
    expect((await world.as('A1', path, answer)).status).toBe(200)
    // Told by mail, in his language; it is his alone.
    const owed = await world.owner.query<{ subject_id: string; account_id: string; locale: string }>(
      "select subject_id, account_id, locale from notices.outbox where template = 'access-answered' and recipient = $1",
      [emailOf('V1')],
    )
    expect(owed.rows).toMatchObject([{ locale: 'fr' }])
    const [mail] = owed.rows
    const ask = async <Row>(statement: Statement<Row>) => {
      const { text, values } = compile(statement)
      return (await world.deps.pools.worker.query(text, values as unknown[])).rows as Row[]
    }
    const { link, render } = templateOf('access-answered')
    const to = await link(ask, mail!.account_id, mail!.subject_id, world.deps)
    const said = await render(ask, mail!.account_id, mail!.subject_id, to!, mail!.locale)
    expect(to).toMatch(/\/settings\/access$/)
    expect(said.subject).toBe('Réponse à votre demande d’accès')
    for (const part of ['n’a pas accordé', 'I am V1', 'Ask the shop.']) expect(said.text).toContain(part)
    expect((await world.as('A1', 'GET /outbox')).text).not.toContain('access-answered')
    expect((await world.as('A1', path, answer)).body.code).toBe('wrong_state')
    const mine = (await world.as('V1', 'GET /access-requests/mine')).body.items
    expect(mine.find((one: { id: string }) => one.id === again.body.id)).toMatchObject(answer)
    expect((await world.as('S1', 'GET /access-requests/mine')).body.items).toHaveLength(1)
  })
})
