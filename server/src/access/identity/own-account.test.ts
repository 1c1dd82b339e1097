import { beforeEach, describe, expect, it } from 'vitest'
import { compile, type Statement, sql } from '#kernel/db/sql.ts'
import { templateOf } from '#notices'
import { memberOf } from '../../testing/cast.ts'
import { jarOf } from '../../testing/factors.ts'
import { bringIn, cookieOf, invite, password, reveal, signIn, tokenIn } from '../../testing/people.ts'
import { useWorld } from '../../testing/world.ts'
import { allDone } from './later.ts'

describe('passwords, addresses and sessions of one’s own', () => {
  const world = useWorld()
  let count = 0
  let email = ''
  let cookie = ''
  beforeEach(async () => {
    email = `owner${++count}@example.com`
    cookie = await bringIn(world, { email })
  })
  const other = 'other plain words entirely'
  const me = (jar: string) => world.as(null, 'GET /me', undefined, { cookie: jar })
  const forget = async (address: string, headers: Record<string, string> = {}) => {
    const answer = await world.as(null, 'POST /password/forgot', { email: address }, headers)
    await allDone()
    return answer
  }
  const owed = async (template: string, to = email) =>
    (
      await world.owner.query<{ subject_id: string; account_id: string }>(
        'select subject_id, account_id from notices.outbox where template = $1 and recipient = $2 order by created_at',
        [template, to],
      )
    ).rows
  /** What the sender of mails does: mints the link, now. */
  const linkOf = async (template: string, mail: { subject_id: string; account_id: string }) => {
    const ask = async <Row>(statement: Statement<Row>) => {
      const { text, values } = compile(statement)
      return (await world.deps.pools.worker.query(text, values as unknown[])).rows as Row[]
    }
    const link = await templateOf(template).link(ask, mail.account_id, mail.subject_id, world.deps)
    const said = await templateOf(template).render(ask, mail.account_id, mail.subject_id, link ?? '', 'fr')
    return { link: link ?? '', said: said.text }
  }
  const reset = (token: string, secret = other) => world.as(null, 'POST /password/reset', { token, password: secret })

  it('38, 99 a forgotten password: known or not, everybody is told the same; the link begins with the configured address', async () => {
    const known = await forget(email, { 'x-forwarded-host': 'evil.example' })
    const unknown = await forget('nobody@example.com')
    expect(known.status).toBe(200)
    expect(known.bare).toBe(unknown.bare)
    const [mail] = await owed('reset')
    const { link, said } = await linkOf('reset', mail!)
    expect(link).toMatch(/^http:\/\/crossdock\.test\/reset-password#token=[\w-]{43}$/)
    expect(said).toContain('Bonjour')
    expect(await owed('reset', 'nobody@example.com')).toEqual([])
    // Nobody of the account sees the mail, so nobody can reveal its link.
    expect((await world.as('A1', 'GET /outbox')).text).not.toContain('reset')
    const { rows } = await world.owner.query("select id from notices.outbox where template = 'reset'")
    expect((await world.as('A1', `POST /outbox/${rows[0].id}/reveal`)).status).toBe(404)
  })

  it('101 a reset link works once, dies by a newer one and by a change of the password, and ends every session', async () => {
    await forget(email)
    await forget(email)
    const [first, second] = await owed('reset')
    const older = tokenIn((await linkOf('reset', first!)).link)
    const newer = tokenIn((await linkOf('reset', second!)).link)
    expect((await reset(older)).status).toBe(410)
    expect((await me(cookie)).status).toBe(200)
    expect((await reset(newer)).status).toBe(200)
    expect((await me(cookie)).status).toBe(401)
    expect((await reset(newer)).status).toBe(410)
    expect((await signIn(world, email)).status).toBe(401)
    const jar = cookieOf(await signIn(world, email, other))
    await forget(email)
    const third = tokenIn((await linkOf('reset', (await owed('reset'))[2]!)).link)
    await world.as(null, 'POST /me/password', { oldPassword: other, password }, { cookie: jar })
    expect((await reset(third)).status).toBe(410)
    expect(await owed('password-changed')).toHaveLength(2)
  })

  it('101 of ten resets by one link at once, one counts', async () => {
    await forget(email)
    const token = tokenIn((await linkOf('reset', (await owed('reset'))[0]!)).link)
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => reset(token, `${other} number ${n}`)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(9)
  })

  it('102 a link of one purpose is worth nothing for another', async () => {
    await forget(email)
    const byMail = tokenIn((await linkOf('reset', (await owed('reset'))[0]!)).link)
    await invite(world, { email: `guest${count}@example.com` })
    const invitation = await reveal(world, `guest${count}@example.com`)
    await world.as(null, 'POST /me/email', { email: `new${count}@example.com` }, { cookie })
    const confirm = tokenIn(
      (await linkOf('email-confirm', (await owed('email-confirm', `new${count}@example.com`))[0]!)).link,
    )
    const cancel = tokenIn((await linkOf('email-cancel', (await owed('email-cancel'))[0]!)).link)
    const doors = {
      reset: (token: string) => reset(token),
      invitation: (token: string) => world.as(null, 'POST /invitations/accept', { token, name: 'N', password }),
      confirm: (token: string) => world.as(null, 'POST /email/confirm', { token }),
      cancel: (token: string) => world.as(null, 'POST /email/cancel', { token }),
    }
    const tokens = { reset: byMail, invitation, confirm, cancel }
    for (const [door, open] of Object.entries(doors))
      for (const [purpose, token] of Object.entries(tokens))
        if (door !== purpose) expect([door, purpose, (await open(token)).status]).toEqual([door, purpose, 410])
    expect((await doors.confirm(confirm)).status).toBe(200)
    expect((await doors.reset(byMail)).status).toBe(200)
  })

  it('127 at most three mails of a kind an hour go to one address, whoever asks', async () => {
    for (let n = 0; n < 8; n++) expect((await forget(email)).status).toBe(200)
    expect(await owed('reset')).toHaveLength(3)
    await world.owner.query("update identity.notices set created_at = created_at - interval '61 minutes'")
    await forget(email)
    expect(await owed('reset')).toHaveLength(4)
    // Nor more than twenty a day.
    for (let hour = 0; hour < 8; hour++) {
      await world.owner.query("update identity.notices set created_at = created_at - interval '61 minutes'")
      for (let n = 0; n < 3; n++) await forget(email)
      await world.owner.query('delete from identity.attempts')
    }
    expect(await owed('reset')).toHaveLength(20)
    for (let n = 0; n < 60; n++) await world.as(null, 'POST /password/forgot', { email: `x${n}@example.com` })
    expect((await forget(email)).status).toBe(429)
    await world.owner.query('delete from identity.attempts')
  })

  it('a password is refused with the reason: common, guessed soon, or one’s own name; a change needs the old one', async () => {
    const change = (secret: string, old = password, jar = cookie) =>
      world.as(null, 'POST /me/password', { oldPassword: old, password: secret }, { cookie: jar })
    const reason = async (secret: string) => (await change(secret)).body.errors[0]
    expect(await reason('short')).toMatchObject({ field: 'password' })
    expect(await reason('password123')).toMatchObject({ message: expect.stringMatching(/everybody tries first/) })
    expect(await reason('qwertyuiop12')).toMatchObject({ field: 'password' })
    expect(await reason(`${email}`)).toMatchObject({ message: expect.stringMatching(/your name or address/) })
    expect(await reason('noraquist2026')).toMatchObject({ field: 'password' })
    expect((await change(other, 'not the old one')).body.errors[0].field).toBe('oldPassword')
    const elsewhere = cookieOf(await signIn(world, email))
    const changed = await change(other)
    expect(changed.status).toBe(200)
    // 106, 107 this session goes on under a new secret, the others are over
    expect((await me(cookie)).status).toBe(401)
    expect((await me(elsewhere)).status).toBe(401)
    expect((await me(cookieOf(changed))).status).toBe(200)
    const said = await world.owner.query('select changes::text from access.audit_values')
    expect(JSON.stringify(said.rows)).not.toContain(other)
  })

  it('114 a new address counts once it has confirmed; the old one is told, and takes it back within seven days', async () => {
    const next = `next${count}@example.com`
    const change = (to: string) => world.as(null, 'POST /me/email', { email: to }, { cookie })
    // Whether somebody else has the address, the answer does not say.
    expect((await change('a1@example.com')).bare).toBe((await change(next)).bare)
    expect(await owed('email-confirm', 'a1@example.com')).toEqual([])
    expect((await me(cookie)).body.user.email).toBe(email)
    const token = tokenIn((await linkOf('email-confirm', (await owed('email-confirm', next))[0]!)).link)
    const mails = await owed('email-cancel')
    const cancel = tokenIn((await linkOf('email-cancel', mails.at(-1)!)).link)
    expect((await world.as(null, 'POST /email/confirm', { token })).body).toEqual({ email: next })
    expect((await me(cookie)).body.user.email).toBe(next)
    expect((await signIn(world, email)).status).toBe(401)
    const member = await world.owner.query('select 1 from access.members where email = $1', [next])
    expect(member.rowCount).toBe(1)
    await world.owner.query(
      "update identity.one_time_tokens set expires_at = expires_at - interval '6 days 23 hours' where purpose = 'email-cancel'",
    )
    expect((await world.as(null, 'POST /email/cancel', { token: cancel })).body).toEqual({ email })
    expect((await me(cookie)).status).toBe(401)
    expect((await signIn(world, email)).status).toBe(200)
    expect((await signIn(world, next)).status).toBe(401)
    expect((await world.as(null, 'POST /email/cancel', { token: cancel })).status).toBe(410)
  })

  it('sees where he is signed in, ends one session or all others, and never another’s', async () => {
    const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
    const there = cookieOf(await signIn(world, email, password, firefox))
    const list = async (jar = cookie) =>
      (await world.as(null, 'GET /me/sessions', undefined, { cookie: jar })).body.items
    const items = await list()
    expect(items).toHaveLength(2)
    expect(items.filter((one: { current: boolean }) => one.current)).toHaveLength(1)
    const far = items.find((one: { current: boolean }) => !one.current)
    expect(far).toMatchObject({ agent: firefox['user-agent'], address: '127.0.0.1', accountName: 'Aster Goods' })
    expect((await world.as('A1', `DELETE /me/sessions/${far.id}`)).status).toBe(404)
    expect((await me(there)).status).toBe(200)
    expect((await world.as(null, `DELETE /me/sessions/${far.id}`, undefined, { cookie })).status).toBe(200)
    expect((await me(there)).status).toBe(401)
    await signIn(world, email)
    await signIn(world, email)
    expect((await world.as(null, 'DELETE /me/sessions', undefined, { cookie })).body).toEqual({ ended: 2 })
    expect(await list()).toHaveLength(1)
  })

  it('107 a session ends fourteen days after it was last used, and ninety days after it began', async () => {
    const left = async () =>
      (
        await world.owner.query<{ days: number }>(
          `select extract(epoch from s.expires_at - s.created_at) / 86400 as days from identity.sessions s
             join access.members m on m.id = s.member_id where m.email = $1`,
          [email],
        )
      ).rows[0]!.days
    let uses = 0
    const used = async (days: number) => {
      await world.owner.query(
        `update identity.sessions s set created_at = s.created_at - $2 * interval '1 day', expires_at = s.expires_at - $2 * interval '1 day'
           from access.members m where m.id = s.member_id and m.email = $1`,
        [email, days],
      )
      // From another address it is noted at once.
      const answer = await world.app.inject({
        method: 'GET',
        url: '/api/v1/me',
        headers: { cookie },
        remoteAddress: `192.0.2.${++uses}`,
      })
      await world.deps.seen.flush(world.deps.pools.identity)
      return answer.statusCode
    }
    expect(await used(13)).toBe(200)
    expect(Math.round(await left())).toBe(27)
    const seen = await world.owner.query(
      "select 1 from access.members where email = $1 and last_seen_at > now() - interval '1 minute'",
      [email],
    )
    expect(seen.rowCount).toBe(1)
    for (let month = 0; month < 6; month++) expect(await used(12)).toBe(200)
    expect(Math.round(await left())).toBe(90)
    expect(await used(6)).toBe(401)
    const idle = cookieOf(await signIn(world, email))
    await world.owner.query(
      "update identity.sessions set expires_at = expires_at - interval '15 days' where purpose = 'web'",
    )
    expect((await me(idle)).status).toBe(401)
    await world.owner.query("update identity.sessions set expires_at = now() + interval '1 day' where purpose = 'web'")
  })

  it('a sign-in from a new device is told by mail, one from a known device is not', async () => {
    const jar = jarOf(await signIn(world, email))
    expect(await owed('new-device')).toHaveLength(1)
    const device = jar.split('; ').find((pair) => pair.startsWith('crossdock_device='))!
    await signIn(world, email, password, { cookie: device })
    expect(await owed('new-device')).toHaveLength(1)
    const { link, said } = await linkOf('new-device', (await owed('new-device'))[0]!)
    expect(link).toBe('http://crossdock.test/settings/me')
    expect(said).toContain('127.0.0.1')
  })

  it('103, 217 a storm of guesses is answered at once and keeps nobody out of a browser he has come from before', async () => {
    const device = jarOf(await signIn(world, email))
      .split('; ')
      .find((pair) => pair.startsWith('crossdock_device='))!
    const storm = Array.from({ length: 200 }, (_, n) =>
      world.app.inject({
        method: 'POST',
        url: '/api/v1/session',
        payload: { email, password: `guess ${n}` },
        remoteAddress: `198.51.100.${n}`,
      }),
    )
    const statuses = (await Promise.all(storm)).map(({ statusCode }) => statusCode)
    expect(new Set(statuses)).toEqual(new Set([401, 429]))
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(90)
    await world.owner.query(
      "insert into identity.attempts (id, key) select gen_random_uuid(), 'person ' || $1 from generate_series(1, 100)",
      [email],
    )
    expect((await signIn(world, email)).status).toBe(429)
    expect((await signIn(world, email, password, { cookie: device })).status).toBe(200)
  })

  it('who looks with the rights of another touches nothing that is the other’s alone', async () => {
    const view = await world.work('A1', async (tx) => tx.who)
    expect(view.viewerId).toBeNull()
    const { rows } = await world.owner.query('select user_id from access.members where id = $1', [memberOf('S1')])
    expect(rows).toHaveLength(1)
    await expect(
      world.work('A1', (tx) => tx.rows(sql`select access.end_sessions_of(${rows[0].user_id}, null, null)`)),
    ).rejects.toThrow()
  })
})
