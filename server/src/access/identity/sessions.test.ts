import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { describe, expect, it } from 'vitest'
import { registered } from '#kernel/routes.ts'
import { hashToken, mintToken } from '#kernel/tokens.ts'
import { accounts, cookieName, emailOf, memberOf, parties, tokenOf } from '../../testing/cast.ts'
import { bringIn, cookieOf, password, signIn } from '../../testing/people.ts'
import { useWorld } from '../../testing/world.ts'
import { networkOf } from './throttle.ts'

describe('sessions and keys', () => {
  const world = useWorld(async (w) => {
    await bringIn(w, { email: 'nora@example.com' })
  })
  const from = (remoteAddress: string, email: string, secret: string) =>
    world.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      payload: { email, password: secret },
      remoteAddress,
    } as InjectOptions)
  const enter = (cookie: string) => world.as(null, 'GET /me', undefined, { cookie })

  it('38 an unknown address, a wrong password and a deactivated user are told the same', async () => {
    const cookie = await bringIn(world, { email: 'gone@example.com' })
    const { memberId } = (
      await world.owner.query('select id as "memberId" from access.members where email = \'gone@example.com\'')
    ).rows[0]
    expect((await enter(cookie)).status).toBe(200)
    await world.as('A1', `POST /members/${memberId}/deactivate`)
    const unknown = await signIn(world, 'nobody@example.com', 'wrong words here')
    const wrong = await signIn(world, 'nora@example.com', 'wrong words here')
    const gone = await signIn(world, 'gone@example.com')
    expect([unknown.status, unknown.body.code]).toEqual([401, 'wrong_credentials'])
    expect(wrong.bare).toBe(unknown.bare)
    expect(gone.bare).toBe(unknown.bare)
    expect((await signIn(world, 'nora@example.com')).status).toBe(200)
  })

  it('103 ten wrong passwords stop their network, not the person; at once as in turn', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 40 }, (_, n) => from('192.0.2.7', 'nora@example.com', `guess ${n}`)),
    )
    const statuses = guesses.map(({ statusCode }) => statusCode)
    expect(statuses.filter((status) => status === 401)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(30)
    const stopped = await from('192.0.2.7', 'nora@example.com', password)
    expect([stopped.statusCode, stopped.headers['retry-after']]).toEqual([429, '300'])
    expect((await from('192.0.2.8', 'nora@example.com', password)).statusCode).toBe(200)
    await world.owner.query("update identity.attempts set at = at - interval '16 minutes'")
    expect((await from('192.0.2.7', 'nora@example.com', password)).statusCode).toBe(200)
  })

  it('103 one password on many people stops the network, an IPv6 house counting as one', async () => {
    await world.owner.query(
      "insert into identity.attempts (id, key) select gen_random_uuid(), 'network 2001:db8:0:1' from generate_series(1, 99)",
    )
    expect((await from('2001:db8:0:1::a', 'user1@example.com', 'Spring2026!')).statusCode).toBe(401)
    expect((await from('2001:db8:0:1::b', 'user2@example.com', 'Spring2026!')).statusCode).toBe(429)
    expect((await from('2001:db8:0:2::1', 'nora@example.com', password)).statusCode).toBe(200)
    expect(networkOf('2001:DB8::1')).toBe('2001:db8:0:0')
    expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7')
    expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0')
  })

  it('106 a sign-in makes a new session, whatever cookie was there before', async () => {
    const planted = mintToken('staff')
    const answer = await signIn(world, 'nora@example.com', password, { cookie: `${cookieName}=${planted}` })
    const cookie = cookieOf(answer)
    expect(cookie).not.toContain(planted)
    expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax/)
    expect((await enter(`${cookieName}=${planted}`)).status).toBe(401)
    expect((await enter(cookie)).status).toBe(200)
    expect(cookieOf(await signIn(world, 'nora@example.com', password, { cookie }))).not.toBe(cookie)
  })

  it('107 signing out ends this session and no other', async () => {
    const here = cookieOf(await signIn(world, 'nora@example.com'))
    const there = cookieOf(await signIn(world, 'nora@example.com'))
    const out = await world.as(null, 'DELETE /session', undefined, { cookie: here })
    expect(out.status).toBe(200)
    expect(String(out.headers['set-cookie'])).toMatch(/crossdock_session=;/)
    expect((await enter(here)).status).toBe(401)
    expect((await enter(there)).status).toBe(200)
  })

  it('109 sessions, keys and links of a dump are hashes, worth nothing in a cookie or a header', async () => {
    const { rows } = await world.owner.query<{ token_hash: Buffer }>('select token_hash from identity.sessions')
    for (const { token_hash } of rows) {
      for (const text of [token_hash.toString('hex'), token_hash.toString('base64url')]) {
        for (const token of [text, `cds_${text}`]) {
          expect((await enter(`${cookieName}=${token}`)).status).toBe(401)
          expect((await world.as(null, 'GET /me', undefined, { authorization: `Bearer ${token}` })).status).toBe(401)
        }
      }
    }
  })

  it('S1.29 a key works in the header alone; a session and a password never do there', async () => {
    const key = tokenOf('Ka')
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
    expect((await world.as('Ka', 'GET /orders')).status).toBe(200)
    expect((await enter(`${cookieName}=${key}`)).status).toBe(401)
    expect((await world.as(null, 'GET /orders', undefined, bearer(tokenOf('A1')))).status).toBe(401)
    const basic = Buffer.from(`nora@example.com:${password}`).toString('base64')
    expect((await world.as(null, 'GET /orders', undefined, { authorization: `Basic ${basic}` })).status).toBe(401)
    expect((await world.as(null, 'GET /orders', undefined, bearer(password))).status).toBe(401)
    // A wrong header is refused even beside a good cookie.
    expect((await world.as('A1', 'GET /orders', undefined, bearer(tokenOf('A1')))).status).toBe(401)
    // A key is no person: it has no e-mail address and no password to sign in with.
    expect((await signIn(world, emailOf('Ka'), key)).status).toBe(401)
  })

  it('118 a key in the query, the body or the cookie is not one', async () => {
    const key = tokenOf('Ka')
    for (const name of ['key', 'token', 'access_token', 'authorization'])
      expect((await world.as(null, `GET /orders?${name}=${key}`)).status).toBe(401)
    expect((await world.as(null, 'POST /products', { sku: 'S', name: 'N', key })).status).toBe(401)
    expect((await world.as('Ka', 'POST /products', { sku: 'S', name: 'N' })).status).toBe(403)
    expect((await world.as('Ka', 'POST /products', { sku: 'S', name: 'N', clientId: parties.P1.id })).status).toBe(201)
  })

  it('119 a revoked or expired key is refused with the next request', async () => {
    expect((await world.as('Ka', 'GET /me')).status).toBe(200)
    await world.owner.query(
      "update identity.sessions set expires_at = now() - interval '1 second' where token_hash = $1",
      [hashToken(tokenOf('Ka'))],
    )
    expect((await world.as('Ka', 'GET /me')).status).toBe(401)
    await world.owner.query('update identity.sessions set expires_at = null where token_hash = $1', [
      hashToken(tokenOf('Ka')),
    ])
    expect((await world.as('Ka', 'GET /me')).status).toBe(200)
    await world.as('A1', `POST /members/${memberOf('Ka')}/deactivate`)
    expect((await world.as('Ka', 'GET /me')).status).toBe(401)
  })

  it('115, 117 no other site can make a browser change anything, sign in included', async () => {
    const changing = registered.filter(({ endpoint }) => endpoint.method !== 'GET')
    expect(changing.length).toBeGreaterThan(10)
    const evil: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]
    for (const { endpoint } of changing) {
      const call = `${endpoint.method} ${endpoint.path.replace(/:\w+/g, randomUUID())}`
      for (const headers of evil) {
        const answer = await world.as('A1', call, {}, headers)
        expect([call, answer.status, answer.body.code]).toEqual([call, 403, 'foreign_origin'])
      }
      for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
        const answer = await world.app.inject({
          method: endpoint.method,
          url: `/api/v1${call.split(' ')[1]}`,
          headers: { cookie: `${cookieName}=${tokenOf('A1')}`, 'content-type': type },
          payload: '{}',
        })
        expect([call, type, answer.statusCode]).toEqual([call, type, 415])
      }
    }
    const own = { origin: 'http://localhost:80', host: 'localhost:80', 'sec-fetch-site': 'same-origin' }
    expect((await world.as('A1', 'PATCH /me', { locale: 'en' }, own)).status).toBe(200)
    expect((await world.as('A1', 'PATCH /me', { locale: 'en' }, { 'sec-fetch-site': 'none' })).status).toBe(200)
  })

  it('81 nobody widens himself by what he keeps of his looks', async () => {
    expect((await world.as('C1', 'PATCH /me', { locale: 'fr', density: 'compact', theme: 'dark' })).status).toBe(200)
    const { body } = await world.as('C1', 'GET /me')
    expect(body.user).toMatchObject({ locale: 'fr', preferences: { density: 'compact', theme: 'dark' } })
    for (const field of ['role', 'permissions', 'accountId', 'stores', 'email'])
      expect((await world.as('C1', 'PATCH /me', { [field]: 'x' })).body.errors[0].field).toBe(field)
    expect(accounts.one.id).toBe(body.account.id)
  })
})
