import { describe, expect, it } from 'vitest'
import { accounts, memberOf } from '../../testing/cast.ts'
import { bringIn } from '../../testing/people.ts'
import { at, useWorld } from '../../testing/world.ts'

describe('the owner of an account', () => {
  const world = useWorld()
  const as = (cookie: string, call: string, body?: object) => world.as(null, call, body, { cookie, ...at(1) })
  const memberId = async (email: string) =>
    (await world.owner.query('select id from access.members where email = $1', [email])).rows[0].id as string
  let cookie: string
  let second: string

  it('73 S1.27 nobody demotes, deactivates or limits the owner, not he himself', async () => {
    cookie = await bringIn(world, { email: 'second@example.com', role: 'administrator' })
    second = await memberId('second@example.com')
    for (const [call, body] of [
      [`PATCH /members/${memberOf('A1')}`, { role: 'viewer' }],
      [`POST /members/${memberOf('A1')}/deactivate`, undefined],
    ] as const) {
      const refused = await as(cookie, call, body)
      expect([refused.status, refused.body.code]).toEqual([409, 'owner_protected'])
    }
    const himself = await world.as('A1', `PATCH /members/${memberOf('A1')}`, { role: 'viewer' }, at(1))
    expect([himself.status, himself.body.code]).toEqual([409, 'owner_protected'])
    for (const change of ['valid_until = now()', "hours = '[]'", 'all_stores = false', 'own_only = true'])
      await expect(
        world.owner.query(`update access.members set ${change} where id = $1`, [memberOf('A1')]),
      ).rejects.toMatchObject({ code: 'CD409', detail: 'owner_protected' })
  })

  it('S1.27 ownership moves when the owner offers it and the other one accepts', async () => {
    const before = (await world.as('A1', 'GET /ownership')).body
    expect(before).toMatchObject({
      owner: { id: memberOf('A1') },
      mine: true,
      offer: null,
      candidates: [{ id: second }],
    })
    expect((await as(cookie, 'POST /ownership/accept')).body.code).toBe('wrong_state')
    expect((await as(cookie, 'POST /ownership/offer', { memberId: second })).body.code).toBe('owner_protected')
    expect((await world.as('A1', 'POST /ownership/offer', { memberId: memberOf('C1') })).status).toBe(400)
    expect((await world.as('A1', 'POST /ownership/offer', { memberId: memberOf('A2') })).status).toBe(400)
    expect((await world.as('A1', 'POST /ownership/offer', { memberId: second })).status).toBe(200)
    expect((await world.as('A1', 'POST /ownership/accept')).body.code).toBe('wrong_state')
    expect((await as(cookie, 'GET /ownership')).body).toMatchObject({
      mine: false,
      offeredToMe: true,
      offer: { to: { id: second } },
    })
    expect((await as(cookie, 'POST /ownership/accept')).status).toBe(200)
    expect((await world.as('A1', 'GET /ownership')).body).toMatchObject({
      owner: { id: second },
      mine: false,
      offer: null,
    })
    expect((await world.as('A1', 'POST /ownership/offer', { memberId: second })).body.code).toBe('owner_protected')
    // The former owner is an administrator like any other now, and the new one is protected.
    expect((await world.as('A1', `PATCH /members/${second}`, { role: 'viewer' }, at(1))).body.code).toBe(
      'owner_protected',
    )
    const { rows } = await world.owner.query(
      "select action, changes from access.audit a left join access.audit_values v on v.audit_id = a.id where action like 'ownership.%' and outcome = 'done' order by at, a.id",
    )
    expect(rows.map(({ action }) => action)).toEqual(['ownership.offered', 'ownership.moved'])
    expect(rows[1].changes).toEqual({ owner: [memberOf('A1'), second] })
  })

  it('S1.27 an offer can be taken back, declined, or grows old', async () => {
    const offer = () => as(cookie, 'POST /ownership/offer', { memberId: memberOf('A1') })
    const none = async () => expect((await world.as('A1', 'POST /ownership/accept')).body.code).toBe('wrong_state')
    await offer()
    expect((await as(cookie, 'POST /ownership/withdraw')).status).toBe(200)
    await none()
    await offer()
    expect((await world.as('A1', 'POST /ownership/withdraw')).status).toBe(200)
    expect((await world.as('A1', 'POST /ownership/withdraw')).body.code).toBe('wrong_state')
    await none()
    await offer()
    await world.owner.query('update access.ownership_offers set expires_at = now() where account_id = $1', [
      accounts.one.id,
    ])
    expect((await world.as('A1', 'GET /ownership')).body.offer).toBe(null)
    await none()
  })
})
