import { describe, expect, it } from 'vitest'
import { cookieName, emailOf, memberOf, tokenOf, viewCookieName } from '../../testing/cast.ts'
import { password, signIn } from '../../testing/people.ts'
import { type Answer, useWorld } from '../../testing/world.ts'
import { hashPassword } from './passwords.ts'

/** Each cookie that an answer sets or takes away: name, value, and what goes with it. */
const given = (answer: Answer) =>
  ([answer.headers['set-cookie'] ?? []].flat() as string[]).map((line) => {
    const [pair, ...with_] = line.split('; ')
    const [name, value] = pair!.split('=')
    return { name: name!, value: value!, with: with_.filter((one) => !/^(Max-Age|Expires|SameSite)=/.test(one)).sort() }
  })

describe.each([
  {
    over: 'https',
    publicUrl: 'https://desk.example.com',
    prefix: '__Host-',
    attributes: ['HttpOnly', 'Path=/', 'Secure'],
  },
  { over: 'http', publicUrl: 'http://desk.example.com', prefix: '', attributes: ['HttpOnly', 'Path=/'] },
])('the cookies over $over', ({ publicUrl, prefix, attributes }) => {
  const world = useWorld(
    async (w) => {
      await w.owner.query('update identity.users set password_hash = $1', [await hashPassword(password)])
    },
    { publicUrl },
  )
  const me = (cookie: string) => world.as(null, 'GET /me', undefined, { cookie })

  it('106 every cookie has the name and the attributes that fit the public address, and no domain', async () => {
    const session = `${prefix}${cookieName}=${tokenOf('A1')}`
    const answers = [
      await signIn(world, emailOf('F1')),
      await world.as(null, 'POST /views', { memberId: memberOf('F1') }, { cookie: session }),
      await world.as(null, 'DELETE /session', undefined, { cookie: session }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 201, 200])
    for (const cookie of answers.flatMap(given)) {
      expect(cookie.name).toMatch(new RegExp(`^${prefix}crossdock_(session|view|pending|device)$`))
      expect(cookie.with).toEqual(attributes)
    }
    const set = answers.map((answer) => given(answer).flatMap(({ name, value }) => (value ? [name] : [])))
    expect(set).toEqual([[`${prefix}${cookieName}`, `${prefix}crossdock_device`], [`${prefix}${viewCookieName}`], []])
  })

  it('106 a half session too, which a second step ends', async () => {
    await world.owner.query("update access.roles set second_factor = true where slug = 'viewer'")
    const half = given(await signIn(world, emailOf('V1')))
    expect(half).toEqual([{ name: `${prefix}crossdock_pending`, value: expect.any(String), with: attributes }])
    const cookie = `${half[0]!.name}=${half[0]!.value}`
    const look = (header: string) => world.as(null, 'GET /session/pending', undefined, { cookie: header })
    expect((await look(cookie)).body.pending).toBe('enroll')
    expect(
      (await look(cookie.replace(prefix || 'crossdock', prefix ? '' : '__Host-crossdock'))).body.pending,
    ).toBeNull()
  })

  it('106 a session under the name of the other kind of address is none', async () => {
    const [here, there] = prefix ? [prefix, ''] : ['', '__Host-']
    expect((await me(`${here}${cookieName}=${tokenOf('C1')}`)).status).toBe(200)
    expect((await me(`${there}${cookieName}=${tokenOf('C1')}`)).status).toBe(401)
  })
})
