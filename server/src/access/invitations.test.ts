import { describe, expect, it } from 'vitest'
import { hashToken, mintLinkToken } from '#kernel/tokens.ts'
import { accounts, memberOf, parties } from '../testing/cast.ts'
import { accept, bringIn, cookieOf, invite, password, reveal, signIn } from '../testing/people.ts'
import { type Answer, useWorld } from '../testing/world.ts'

describe('inviting people', () => {
  const world = useWorld()
  const me = async (cookie: string) => (await world.as(null, 'GET /me', undefined, { cookie })).body
  const look = (token: string, headers?: Record<string, string>) =>
    world.as(null, 'POST /invitations/look', { token }, headers)

  it('S1.11 an invited customer-service user sets a password, is signed in, and signs in again by himself', async () => {
    await invite(world, { email: 'nora@example.com', name: 'Nora', locale: 'fr' })
    const token = await reveal(world, 'nora@example.com')
    expect((await look(token)).body).toEqual({
      email: 'nora@example.com',
      name: 'Nora',
      accountName: accounts.one.name,
      partyName: null,
      role: { slug: 'customer-service', name: 'Customer service' },
      locale: 'fr',
      knownUser: false,
      signedInAs: null,
    })
    const cookie = cookieOf(await accept(world, token))
    expect(await me(cookie)).toMatchObject({ audience: 'staff', user: { name: 'Nora Quist', locale: 'fr' } })
    expect((await signIn(world, 'NORA@example.com ')).body).toEqual({ audience: 'staff', choices: [], pending: null })
    const states = (await world.as('A1', 'GET /invitations')).body.items.map((one: { state: string }) => one.state)
    expect(states).toEqual(['accepted'])
  })

  it('S3.24 an invited supplier user lands as his own company, and sees no order', async () => {
    const cookie = await bringIn(world, {
      email: 'sup@example.com',
      role: 'supplier-manager',
      partyId: parties.S1.id,
    })
    expect(await me(cookie)).toMatchObject({
      audience: 'supplier',
      party: { id: parties.S1.id, name: 'Exotic Liquids' },
    })
    expect((await world.as(null, 'GET /orders', undefined, { cookie })).status).toBe(403)
    const { rows } = await world.owner.query(
      "select all_stores, all_warehouses from access.members where email = 'sup@example.com'",
    )
    expect(rows).toEqual([{ all_stores: false, all_warehouses: false }])
  })

  it('keeps of a password its argon2id hash alone, in no table and no answer the password', async () => {
    const secret = 'sentinel of a password 7391'
    await invite(world, { email: 'hash@example.com' })
    const token = await reveal(world, 'hash@example.com')
    const answer = await accept(world, token, { password: secret })
    expect(answer.text).not.toContain(secret)
    const kept = await world.owner.query("select password_hash from identity.users where email = 'hash@example.com'")
    expect(kept.rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=7168,t=5,p=1\$/)
    const { rows: tables } = await world.owner.query<{ name: string }>(
      "select schemaname || '.' || tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    )
    expect(tables.length).toBeGreaterThan(30)
    for (const { name } of tables) {
      const { rowCount } = await world.owner.query(
        `select 1 from ${name} t where t::text like '%' || $1 || '%' or t::text like '%' || $2 || '%'`,
        [secret, token],
      )
      expect([name, rowCount]).toEqual([name, 0])
    }
  })

  it('93, 94 of fifty at once one gets in, the others and the stale page are told 410', async () => {
    for (const known of [false, true]) {
      const email = known ? 'nora@example.com' : 'fifty@example.com'
      await invite(world, { email, role: 'viewer' }, known ? 'A2' : 'A1')
      const token = await reveal(world, email, known ? 'A2' : 'A1')
      expect((await look(token)).body.knownUser).toBe(known)
      const answers = await Promise.all(Array.from({ length: 50 }, () => accept(world, token)))
      const statuses = answers.map(({ status }) => status).sort()
      expect(statuses).toEqual([200, ...Array(49).fill(410)])
      const { rowCount } = await world.owner.query(
        'select 1 from access.members where email = $1 and account_id = $2',
        [email, known ? accounts.two.id : accounts.one.id],
      )
      expect(rowCount).toBe(1)
      await world.owner.query('delete from identity.attempts')
    }
  })

  it('signs a person of two accounts into the one he chooses', async () => {
    const { body } = await signIn(world, 'nora@example.com')
    expect(body.audience).toBeNull()
    expect(body.choices.map((choice: { accountName: string }) => choice.accountName)).toEqual([
      accounts.one.name,
      accounts.two.name,
    ])
    const chosen = await world.as(null, 'POST /session', {
      email: 'nora@example.com',
      password,
      memberId: body.choices[1].memberId,
    })
    expect((await me(cookieOf(chosen))).account.name).toBe(accounts.two.name)
    const foreign = await world.as(null, 'POST /session', {
      email: 'nora@example.com',
      password,
      memberId: memberOf('A1'),
    })
    expect(foreign.body.audience).toBeNull()
    expect(foreign.headers['set-cookie']).toBeUndefined()
  })

  it('95 an invitation for one person is not accepted by another who is signed in', async () => {
    const cookie = await bringIn(world, { email: 'y@example.com' })
    await invite(world, { email: 'x@example.com', role: 'administrator' })
    const token = await reveal(world, 'x@example.com')
    expect((await look(token, { cookie })).body.signedInAs).toBe('y@example.com')
    const refused = await accept(world, token, {}, { cookie })
    expect([refused.status, refused.body.code]).toEqual([409, 'signed_in_as_another'])
    expect((await me(cookie)).role.slug).toBe('customer-service')
    expect((await accept(world, token)).status).toBe(200)
  })

  it('a known user accepts with the password he has, whose guesses are counted', async () => {
    await invite(world, { email: 'sup@example.com', role: 'viewer' }, 'A2')
    const token = await reveal(world, 'sup@example.com', 'A2')
    const guesses: Answer[] = []
    for (let n = 0; n < 15; n++) guesses.push(await accept(world, token, { password: `guess number ${n}` }))
    expect(guesses.filter(({ status }) => status === 400).length).toBe(10)
    expect(guesses.filter(({ status }) => status === 429).length).toBe(5)
    expect(guesses.find(({ status }) => status === 400)!.body.errors[0].field).toBe('password')
    await world.owner.query('delete from identity.attempts')
    expect((await accept(world, token)).status).toBe(200)
  })

  it('97 an expired, revoked, replaced or used link says the same as one never made', async () => {
    const ends = {
      expired: (id: string) =>
        world.owner.query("update access.invitations set expires_at = now() - interval '1 second' where id = $1", [id]),
      'of an expired token': (id: string) =>
        world.owner.query(
          "update identity.one_time_tokens set expires_at = now() - interval '1 second' where invitation_id = $1",
          [id],
        ),
      revoked: (id: string) => world.as('A1', `POST /invitations/${id}/revoke`),
      resent: (id: string) => world.as('A1', `POST /invitations/${id}/resend`),
      revealed: () => reveal(world, 'revealed@example.com'),
    }
    const never = await look(mintLinkToken())
    expect([never.status, never.body.code]).toEqual([410, 'link_spent'])
    for (const [how, end] of Object.entries(ends)) {
      const email = `${how.replaceAll(' ', '-')}@example.com`
      const id = await invite(world, { email })
      const token = await reveal(world, email)
      expect([how, (await look(token)).status]).toEqual([how, 200])
      await end(id)
      expect((await look(token)).bare).toBe(never.bare)
      expect((await accept(world, token)).bare).toBe(never.bare)
    }
  })

  it('sends again with a link that is good for its full time, and replaces the mail that waited', async () => {
    const id = await invite(world, { email: 'again@example.com' })
    await world.owner.query(
      "update access.invitations set created_at = now() - interval '9 days', expires_at = now() - interval '6 days' where id = $1",
      [id],
    )
    for (let time = 0; time < 2; time++)
      expect((await world.as('A1', `POST /invitations/${id}/resend`)).status).toBe(200)
    const [row] = (await world.as('A1', 'GET /invitations')).body.items.filter((one: { id: string }) => one.id === id)
    expect(row.state).toBe('invited')
    expect((Date.parse(row.expiresAt) - Date.now()) / 86_400_000).toBeCloseTo(3, 1)
    const mails = (await world.as('A1', 'GET /outbox')).body.items.filter(
      (mail: { recipient: string }) => mail.recipient === 'again@example.com',
    )
    expect(mails.map((mail: { state: string; lastError: string }) => [mail.state, mail.lastError])).toEqual([
      ['pending', ''],
      ['dead', 'replaced'],
      ['dead', 'replaced'],
    ])
    expect((await world.as('A1', `POST /outbox/${mails[1].id}/retry`)).status).toBe(409)
    await accept(world, await reveal(world, 'again@example.com'))
    expect((await world.as('A1', `POST /invitations/${id}/resend`)).status).toBe(409)
    expect((await world.as('A1', `POST /invitations/${id}/revoke`)).status).toBe(409)
  })

  it('98 guessing links is slowed down; only the SHA-256 of one is kept', async () => {
    await invite(world, { email: 'kept@example.com' })
    const token = await reveal(world, 'kept@example.com')
    expect(token).toHaveLength(43)
    const { rowCount } = await world.owner.query('select 1 from identity.one_time_tokens where token_hash = $1', [
      hashToken(token),
    ])
    expect(rowCount).toBe(1)
    const guess = () =>
      world.app.inject({
        method: 'POST',
        url: '/api/v1/invitations/look',
        payload: { token: mintLinkToken() },
        remoteAddress: '2001:db8:1:2:3::4',
      })
    const statuses: number[] = []
    for (let n = 0; n < 101; n++) statuses.push((await guess()).statusCode)
    expect(statuses.slice(0, 100)).toEqual(Array(100).fill(410))
    expect(statuses[100]).toBe(429)
    expect((await look(token)).status).toBe(200)
  })

  it('99 the link begins with the configured address, whatever Host says', async () => {
    await invite(world, { email: 'host@example.com' })
    const mail = (await world.as('A1', 'GET /outbox')).body.items[0]
    const answer = await world.as('A1', `POST /outbox/${mail.id}/reveal`, undefined, {
      'x-forwarded-host': 'evil.example',
    })
    expect(answer.body.link).toMatch(/^http:\/\/crossdock\.test\/invitation#token=[\w-]{43}$/)
  })

  it('102 a link of one purpose is worth nothing for another', async () => {
    const account = mintLinkToken()
    await world.owner.query(
      "insert into identity.one_time_tokens (token_hash, purpose, expires_at) values ($1, 'create-account', now() + interval '1 day')",
      [hashToken(account)],
    )
    await invite(world, { email: 'purpose@example.com' })
    const invitation = await reveal(world, 'purpose@example.com')
    const create = (token: string) =>
      world.as(null, 'POST /accounts', {
        token,
        accountName: 'Cress & Co',
        name: 'Cara',
        email: 'cara@example.com',
        password,
        currency: 'EUR',
        timezone: 'Europe/Paris',
      })
    expect((await look(account)).status).toBe(410)
    expect((await accept(world, account)).status).toBe(410)
    expect((await create(invitation)).status).toBe(410)
    const session = cookieOf(await signIn(world, 'x@example.com')).split('=')[1]!
    expect((await look(session)).status).toBe(410)
    const created = await create(account)
    expect(created.status).toBe(201)
    expect((await me(cookieOf(created))).role.slug).toBe('administrator')
    expect((await create(account)).status).toBe(410)
    expect((await accept(world, invitation)).status).toBe(200)
  })

  it('refuses what an invitation may not be, and says at which field', async () => {
    const cases: [body: object, field: string][] = [
      [{ role: 'supplier-manager' }, 'partyId'],
      [{ role: 'supplier-packer', partyId: parties.P1.id }, 'partyId'],
      [{ role: 'client-admin', partyId: parties.S1.id }, 'partyId'],
      [{ role: 'viewer', partyId: parties.S1.id }, 'partyId'],
      [{ role: 'supplier-manager', partyId: '01900000-0000-7000-8000-000000000000' }, 'partyId'],
      [{ role: 'automation' }, 'role'],
      [{ role: 'api' }, 'role'],
      [{ role: 'emperor' }, 'role'],
      [{ role: 'viewer', email: 'no address' }, 'email'],
      [{ role: 'viewer', isAdmin: true }, 'isAdmin'],
    ]
    for (const [body, field] of cases) {
      const answer = await world.as('A1', 'POST /invitations', { email: 'field@example.com', ...body })
      expect([answer.status, answer.body.errors?.[0].field]).toEqual([400, field])
    }
    // Another account's company is refused in the words of one that does not exist.
    const foreign = await world.as('A2', 'POST /invitations', {
      email: 'field@example.com',
      role: 'supplier-manager',
      partyId: parties.S1.id,
    })
    const none = await world.as('A2', 'POST /invitations', {
      email: 'field@example.com',
      role: 'supplier-manager',
      partyId: '01900000-0000-7000-8000-000000000000',
    })
    expect([foreign.status, foreign.bare]).toEqual([400, none.bare])
    const twice = await world.as('A1', 'POST /invitations', { email: 'C1@example.com', role: 'viewer' })
    expect([twice.status, twice.body.code]).toEqual([409, 'already_exists'])
    await invite(world, { email: 'open@example.com' })
    expect((await world.as('A1', 'POST /invitations', { email: 'OPEN@example.com', role: 'viewer' })).status).toBe(409)
  })

  it('S1.28 full access cannot invite; nobody invites to more than he may do himself', async () => {
    expect(
      (await world.as('F1', 'POST /invitations', { email: 'f@example.com', role: 'viewer' })).body.permission,
    ).toBe('users:manage')
    await world.owner.query(
      `insert into access.roles (account_id, id, slug, name, audience, built_in, permissions)
       select account_id, gen_random_uuid(), 'lead', 'Lead', 'staff', false, permissions || '{users:read,users:manage}'::text[]
         from access.roles where account_id = $1 and slug = 'viewer'`,
      [accounts.one.id],
    )
    await world.owner.query(
      "update access.members set role_id = (select id from access.roles where slug = 'lead') where id = $1",
      [memberOf('V1')],
    )
    expect((await world.as('V1', 'POST /invitations', { email: 'v@example.com', role: 'viewer' })).status).toBe(201)
    const above = await world.as('V1', 'POST /invitations', { email: 'w@example.com', role: 'administrator' })
    expect([above.status, above.body.errors[0].field]).toEqual([400, 'role'])
  })

  it('127 an invitation is sent to one address at most three times an hour', async () => {
    const id = await invite(world, { email: 'often@example.com' })
    const again = async () => (await world.as('A1', `POST /invitations/${id}/resend`)).status
    expect([await again(), await again(), await again()]).toEqual([200, 200, 429])
    await world.owner.query("update notices.outbox set created_at = created_at - interval '61 minutes'")
    expect(await again()).toBe(200)
  })

  it('127 taken back and made anew it counts too, and twenty a day are the end', async () => {
    const again = async () => {
      const made = await world.as('A1', 'POST /invitations', { email: 'victim@example.com', role: 'viewer' })
      if (made.status === 201) await world.as('A1', `POST /invitations/${made.body.id}/revoke`)
      return made.status
    }
    for (let n = 0; n < 3; n++) expect(await again()).toBe(201)
    expect(await again()).toBe(429)
    const mails =
      "update notices.outbox set created_at = created_at - interval '61 minutes' where recipient = 'victim@example.com'"
    const sent: number[] = []
    for (let hour = 0; hour < 7; hour++) {
      await world.owner.query(mails)
      for (let n = 0; n < 3; n++) sent.push(await again())
    }
    expect(sent.filter((status) => status === 201)).toHaveLength(17)
    expect((await world.as('A2', 'POST /invitations', { email: 'victim@example.com', role: 'viewer' })).status).toBe(
      201,
    )
  })
})
