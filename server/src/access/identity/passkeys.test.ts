import { beforeEach, describe, expect, it } from 'vitest'
import { Authenticator } from '../../testing/authenticator.ts'
import { jarOf } from '../../testing/factors.ts'
import { bringIn, cookieOf, signIn } from '../../testing/people.ts'
import { useWorld } from '../../testing/world.ts'

describe('passkeys', () => {
  const world = useWorld()
  const origin = 'http://crossdock.test'
  let count = 0
  let email = ''
  let cookie = ''
  let key: Authenticator
  beforeEach(async () => {
    email = `holder${++count}@example.com`
    cookie = await bringIn(world, { email })
    key = new Authenticator()
  })
  const asked = async (call: string, jar?: string) =>
    (await world.as(null, call, undefined, jar ? { cookie: jar } : {})).body as {
      challenge: string
      rpId: string
      allow: string[]
    }
  const add = async (jar: string, one = key) => {
    const passkey = one.make(await asked('POST /me/passkeys/ask', jar), origin)
    return await world.as(null, 'POST /me/passkeys', { name: 'Laptop', passkey }, { cookie: jar })
  }
  const enter = (answer: object, jar?: string) =>
    world.as(null, 'POST /session/passkey', answer, jar ? { cookie: jar } : {})

  it('signs in by itself, or after the password, and proves once more who it is', async () => {
    const added = await add(cookie)
    expect(added.status).toBe(200)
    expect(added.body.recoveryCodes).toHaveLength(10)
    const alone = await enter(key.answer(await asked('POST /session/passkey/ask'), origin))
    expect(alone.body).toMatchObject({ audience: 'staff', pending: null })
    const first = await signIn(world, email)
    expect(first.body.pending).toBe('prove')
    const half = jarOf(first)
    const challenge = await asked('POST /session/passkey/ask', half)
    expect(challenge.allow).toEqual([key.id])
    const second = await enter(key.answer(challenge, origin), half)
    expect(second.body.audience).toBe('staff')
    const jar = cookieOf(second)
    const passkey = key.answer(await asked('POST /session/prove/ask', jar), origin)
    const proved = await world.as(null, 'POST /session/prove', { passkey }, { cookie: jar })
    expect(proved.status).toBe(200)
    expect(cookieOf(proved)).not.toBe(jar)
    const security = (await world.as(null, 'GET /me/security', undefined, { cookie: cookieOf(proved) })).body
    expect(security.passkeys).toMatchObject([{ name: 'Laptop', usedAt: expect.any(String) }])
  })

  it('is renamed by whoever has it, on the version he read', async () => {
    await add(cookie)
    const passkeys = async (jar = cookie) =>
      (await world.as(null, 'GET /me/security', undefined, { cookie: jar })).body.passkeys
    const [{ id, version }] = await passkeys()
    const rename = (name: string, at: number | null, jar = cookie) =>
      world.as(null, `PATCH /me/passkeys/${id}`, { name }, { cookie: jar, ...(at && { 'if-match': `"${at}"` }) })
    expect((await rename('Desk', version)).body).toEqual({ version: version + 1 })
    expect(await passkeys()).toMatchObject([{ name: 'Desk', version: version + 1 }])
    const late = await rename('Phone', version)
    expect([late.status, late.body.fields]).toEqual([412, { name: { yours: 'Phone', theirs: 'Desk' } }])
    expect((await rename('Phone', null)).status).toBe(428)
    const other = await bringIn(world, { email: `other${count}@example.com` })
    expect((await rename('Mine', version + 1, other)).status).toBe(404)
  })

  it('126 another site, an old challenge, a counter that went back or the passkey of somebody else is refused', async () => {
    await add(cookie)
    const ask = () => asked('POST /session/passkey/ask')
    const refused = async (answer: object, jar?: string) =>
      expect((await enter(answer, jar)).body).toMatchObject({ status: 401, code: 'passkey_refused' })
    const good = key.answer(await ask(), origin)
    expect((await enter(good)).status).toBe(200)
    await refused(good) // a replayed challenge
    await refused(key.answer({ ...(await ask()), rpId: 'evil.example' }, origin))
    await refused(key.answer(await ask(), 'https://evil.example'))
    await refused(key.answer({ challenge: 'bm90IG91cnM', rpId: 'crossdock.test' }, origin))
    await refused(key.answer(await ask(), origin, 0x01)) // nobody was asked for PIN or finger
    key.counter = 0
    await refused(key.answer(await ask(), origin)) // a copy of it
    key.counter = 50
    // Of one purpose, for another.
    await refused(key.answer(await asked('POST /session/prove/ask', cookie), origin))
    // Another's passkey after my password.
    const other = new Authenticator()
    const theirs = await bringIn(world, { email: `other${count}@example.com` })
    expect((await add(theirs, other)).status).toBe(200)
    const half = jarOf(await signIn(world, email))
    await refused({ ...other.answer(await asked('POST /session/passkey/ask', half), origin) }, half)
    const mine = other.answer(await asked('POST /session/prove/ask', cookie), origin)
    expect((await world.as(null, 'POST /session/prove', { passkey: mine }, { cookie })).status).toBe(401)
    expect((await enter(key.answer(await ask(), origin))).status).toBe(200)
  })

  it('126 a passkey is kept for this site and one person alone', async () => {
    const make = async (change: object, from = origin, flags?: number) => {
      const passkey = key.make({ ...(await asked('POST /me/passkeys/ask', cookie)), ...change }, from, flags)
      return (await world.as(null, 'POST /me/passkeys', { name: 'N', passkey }, { cookie })).status
    }
    expect(await make({ rpId: 'evil.example' })).toBe(401)
    expect(await make({}, 'https://evil.example')).toBe(401)
    expect(await make({ challenge: 'bm90IG91cnM' })).toBe(401)
    expect(await make({}, origin, 0x41)).toBe(401)
    expect(await make({})).toBe(200)
    expect(await make({})).toBe(401) // it is somebody's already
    const theirs = await bringIn(world, { email: `another${count}@example.com` })
    expect((await add(theirs)).status).toBe(401)
    const { passkeys } = (await world.as(null, 'GET /me/security', undefined, { cookie })).body
    expect((await world.as(null, `DELETE /me/passkeys/${passkeys[0].id}`, undefined, { cookie: theirs })).status).toBe(
      404,
    )
    expect((await world.as(null, `DELETE /me/passkeys/${passkeys[0].id}`, undefined, { cookie })).status).toBe(200)
    expect((await enter(key.answer(await asked('POST /session/passkey/ask'), origin))).status).toBe(401)
  })
})
