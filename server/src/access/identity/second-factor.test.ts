import { beforeEach, describe, expect, it } from 'vitest'
import { registered } from '#kernel/routes.ts'
import { cookieName, emailOf, memberOf } from '../../testing/cast.ts'
import { addApp, codeOf, jarOf, signInWithApp } from '../../testing/factors.ts'
import { bringIn, cookieOf, password, signIn } from '../../testing/people.ts'
import { useWorld } from '../../testing/world.ts'

describe('second factors', () => {
  let clock = new Date('2026-06-01T12:00:00Z')
  const world = useWorld(async () => {}, { now: () => clock })
  let count = 0
  let email = ''
  let cookie = ''
  beforeEach(async () => {
    email = `person${++count}@example.com`
    cookie = await bringIn(world, { email })
    clock = new Date(clock.getTime() + 3_600_000)
  })
  const me = (jar: string) => world.as(null, 'GET /me', undefined, { cookie: jar })
  const byCode = (half: string, code: string) => world.as(null, 'POST /session/code', { code }, { cookie: half })

  it('111 with the password alone, a person with a second factor can do nothing but show it', async () => {
    const { secret } = await addApp(world, cookie)
    const first = await signIn(world, email)
    expect(first.body).toEqual({ audience: null, choices: [], pending: 'prove' })
    const half = jarOf(first)
    const token = /crossdock_pending=([\w-]+)/.exec(half)![1]
    for (const { endpoint } of registered.filter(({ endpoint }) => endpoint.allow !== 'public')) {
      const call = `${endpoint.method} ${endpoint.path.replace(/:\w+/g, memberOf('A1'))}`
      for (const jar of [half, `${cookieName}=${token}`, `${cookieName}=cds_${token}`])
        expect([call, (await world.as(null, call, {}, { cookie: jar })).status]).toEqual([call, 401])
    }
    for (const step of ['totp', 'passkey'])
      expect((await world.as(null, `POST /session/enroll/${step}`, undefined, { cookie: half })).status).toBe(401)
    expect((await world.as(null, 'GET /session/pending', undefined, { cookie: half })).body).toEqual({
      pending: 'prove',
      email,
      ways: ['code'],
    })
    const done = await byCode(half, codeOf(secret, clock))
    expect(done.body).toMatchObject({ audience: 'staff', pending: null })
    expect((await me(cookieOf(done))).status).toBe(200)
    // The half session is gone.
    expect((await byCode(half, codeOf(secret, clock, 1))).status).toBe(401)
  })

  it('111 whose role needs a second factor sets one up before anything else, and keeps at least one', async () => {
    await world.owner.query(
      "update access.roles set second_factor = true where slug = 'customer-service' and account_id = (select account_id from access.members where email = $1)",
      [email],
    )
    const first = await signIn(world, email)
    expect(first.body.pending).toBe('enroll')
    const half = jarOf(first)
    expect((await me(half)).status).toBe(401)
    expect((await byCode(half, '000000')).status).toBe(401)
    const app = (await world.as(null, 'POST /session/enroll/totp', undefined, { cookie: half })).body
    expect(app.uri).toContain(encodeURIComponent(email))
    expect(app.svg).toMatch(/^<svg/)
    const confirm = (code: string) => world.as(null, 'POST /session/enroll/totp/confirm', { code }, { cookie: half })
    expect((await confirm('000000')).body.errors[0].field).toBe('code')
    const done = await confirm(codeOf(app.secret, clock))
    expect(done.body.signedIn.audience).toBe('staff')
    expect(new Set(done.body.recoveryCodes).size).toBe(10)
    const jar = cookieOf(done)
    expect((await world.as(null, 'GET /me/security', undefined, { cookie: jar })).body.needsFactor).toBe(true)
    const removed = await world.as(null, 'DELETE /me/totp', undefined, { cookie: jar })
    expect([removed.status, removed.body.code]).toEqual([409, 'second_factor_needed'])
    await world.owner.query('update access.roles set second_factor = false')
    expect((await world.as(null, 'DELETE /me/totp', undefined, { cookie: jar })).status).toBe(200)
    expect((await signIn(world, email)).body.audience).toBe('staff')
  })

  it('110 a code is good once, of a hundred at once for one; guesses end at ten', async () => {
    const { secret } = await addApp(world, cookie)
    const halves = await Promise.all(Array.from({ length: 5 }, async () => jarOf(await signIn(world, email))))
    const code = codeOf(secret, clock)
    const many = await Promise.all(Array.from({ length: 100 }, (_, n) => byCode(halves[n % 5]!, code)))
    expect(many.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(many.filter(({ status }) => status === 429).length).toBeGreaterThan(80)
    await world.owner.query('delete from identity.attempts')
    const half = jarOf(await signIn(world, email))
    expect((await byCode(half, code)).status).toBe(400)
    expect((await byCode(half, codeOf(secret, clock, -1))).status).toBe(400) // older than the one that was used
    for (let guess = 0; guess < 8; guess++) expect((await byCode(half, String(100_000 + guess))).status).toBe(400)
    expect((await byCode(half, codeOf(secret, clock, 1))).status).toBe(429)
    await world.owner.query("update identity.attempts set at = at - interval '16 minutes'")
    expect((await byCode(half, codeOf(secret, clock, 1))).status).toBe(200)
  })

  it('103 guesses at a second factor from elsewhere do not keep its owner out of a browser he has come from before', async () => {
    const { secret } = await addApp(world, cookie)
    const first = jarOf(await signIn(world, email))
    const home = jarOf(await byCode(first, codeOf(secret, clock)))
    expect(home).toContain('crossdock_device=')
    const half = jarOf(await signIn(world, email))
    for (let guess = 0; guess < 11; guess++) await byCode(half, String(100_000 + guess))
    expect((await byCode(half, codeOf(secret, clock, 1))).status).toBe(429)
    const device = home.split('; ').find((pair) => pair.startsWith('crossdock_device='))!
    const own = jarOf(await signIn(world, email, password, { cookie: device }))
    expect((await byCode(`${device}; ${own}`, codeOf(secret, clock, 1))).status).toBe(200)
  })

  it('a recovery code signs in once; new ones end the earlier; neither they nor the secret stand readable anywhere', async () => {
    const { secret, recoveryCodes } = await addApp(world, cookie)
    const use = async (code: string) => byCode(jarOf(await signIn(world, email)), code)
    const done = await use(recoveryCodes[0]!.toUpperCase())
    expect(done.status).toBe(200)
    expect((await use(recoveryCodes[0]!)).status).toBe(400)
    const jar = cookieOf(done)
    expect((await world.as(null, 'GET /me/security', undefined, { cookie: jar })).body.recoveryCodesLeft).toBe(9)
    const renewed = await world.as(null, 'POST /me/recovery-codes', undefined, { cookie: jar })
    expect(renewed.body.recoveryCodes).toHaveLength(10)
    expect((await use(recoveryCodes[1]!)).status).toBe(400)
    expect((await use(renewed.body.recoveryCodes[1])).status).toBe(200)
    for (const table of ['identity.totp', 'identity.recovery_codes', 'access.audit', 'access.audit_values']) {
      const { rows } = await world.owner.query(`select t::text as row from ${table} t`)
      const text = JSON.stringify(rows)
      expect(text).not.toContain(secret)
      for (const code of recoveryCodes) expect(text).not.toContain(code)
    }
  })

  it('113 what matters asks again after a quarter of an hour; a proof by the factor renews it under a new session', async () => {
    const { secret } = await addApp(world, cookie)
    const jar = await signInWithApp(world, email, secret)
    const age = () =>
      world.owner.query(
        `update identity.sessions s set proved_at = now() - interval '16 minutes'
           from access.members m where m.id = s.member_id and m.email = $1`,
        [email],
      )
    const change = (to: string) => world.as(null, 'POST /me/email', { email: 'new@example.com' }, { cookie: to })
    await age()
    for (const call of [
      'POST /me/email',
      'POST /me/totp',
      'POST /me/recovery-codes',
      'POST /me/passkeys/ask',
      'DELETE /me/totp',
    ]) {
      const body = call === 'POST /me/email' ? { email: 'new@example.com' } : undefined
      const answer = await world.as(null, call, body, { cookie: jar })
      expect([call, answer.status, answer.body.code]).toEqual([call, 401, 'prove_again'])
    }
    const prove = (body: object) => world.as(null, 'POST /session/prove', body, { cookie: jar })
    expect((await world.as(null, 'GET /session/prove', undefined, { cookie: jar })).body).toEqual({ ways: ['code'] })
    expect((await prove({ password })).status).toBe(400) // who has a second factor shows that
    expect((await prove({ code: '000000' })).status).toBe(400)
    expect((await change(jar)).status).toBe(401)
    const proved = await prove({ code: codeOf(secret, clock, 1) })
    expect(proved.status).toBe(200)
    // 106 a copied session is worth nothing after it
    expect((await me(jar)).status).toBe(401)
    expect((await change(cookieOf(proved))).status).toBe(200)
  })

  it('113 who has no second factor proves it by his password, whose guesses are counted', async () => {
    const prove = (secret: string, jar = cookie) =>
      world.as(null, 'POST /session/prove', { password: secret }, { cookie: jar })
    expect((await prove('not this one')).body.errors[0].field).toBe('password')
    const proved = await prove(password)
    expect(proved.status).toBe(200)
    for (let guess = 0; guess < 12; guess++) await prove('not this one', cookieOf(proved))
    expect((await prove(password, cookieOf(proved))).status).toBe(429)
  })

  it('an administrator ends the factors of one who has lost his, who is told; never those of a client, nor of one who works elsewhere too', async () => {
    await addApp(world, cookie)
    const { rows } = await world.owner.query('select id, user_id from access.members where email = $1', [email])
    expect((await world.as('F1', `POST /members/${rows[0].id}/end-factors`)).status).toBe(403)
    expect((await world.as('A2', `POST /members/${rows[0].id}/end-factors`)).status).toBe(404)
    expect((await world.as('A1', `POST /members/${memberOf('P1')}/end-factors`)).status).toBe(409)
    expect((await world.as('A1', `POST /members/${rows[0].id}/end-factors`)).status).toBe(200)
    expect((await me(cookie)).status).toBe(401)
    expect((await signIn(world, email)).body.audience).toBe('staff')
    const told = await world.owner.query(
      "select 1 from notices.outbox where recipient = $1 and template = 'factors-ended'",
      [email],
    )
    expect(told.rowCount).toBe(1)
    expect((await world.as('A1', 'GET /outbox')).text).not.toContain('factors-ended')
    await world.owner.query(
      `insert into access.members (account_id, id, kind, user_id, name, audience, role_id)
       select a.account_id, gen_random_uuid(), 'person', $1, 'Same', 'staff', a.role_id from access.members a where a.id = $2`,
      [rows[0].user_id, memberOf('A2')],
    )
    expect((await world.as('A1', `POST /members/${rows[0].id}/end-factors`)).status).toBe(409)
  })

  it('a key has no factors and no sessions', async () => {
    for (const call of ['GET /me/security', 'GET /me/sessions', 'DELETE /me/sessions', 'GET /session/prove'])
      expect([call, (await world.as('Ka', call)).status]).toEqual([call, 403])
    expect((await world.as('A1', 'GET /me/security')).status).toBe(200)
    expect(emailOf('A1')).toBe('a1@example.com')
  })
})
