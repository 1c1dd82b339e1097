import { afterAll, describe, expect, it } from 'vitest'
import { accounts, cookieName, emailOf, memberOf, stores, tokenOf } from '../../testing/cast.ts'
import { openBrokenProvider } from '../../testing/providers/broken-provider.ts'
import { type Known, openProvider } from '../../testing/providers/real-provider.ts'
import { at, useWorld } from '../../testing/world.ts'
import { hashPassword } from '../identity/passwords.ts'

type Real = Awaited<ReturnType<typeof openProvider>>
type Broken = Awaited<ReturnType<typeof openBrokenProvider>>
const accountId = accounts.one.id

/** The cookies a browser has after an answer: those that were taken away are gone. */
const keptCookies = (headers: Record<string, unknown>) =>
  [headers['set-cookie'] ?? []]
    .flat()
    .map((line) => String(line).split(';')[0]!)
    .filter((pair) => !pair.endsWith('='))

describe("sign-in by an account's own provider", () => {
  let real: Real
  let broken: Broken
  const world = useWorld(async (w) => {
    w.deps.allowPrivateProviders = true
    real = await openProvider(`${w.deps.publicUrl}/sign-in/back`)
    broken = await openBrokenProvider()
  })
  afterAll(() => {
    real?.close()
    broken?.close()
  })

  const cookiesOf = (answer: { headers: Record<string, unknown> }) => keptCookies(answer.headers)
  const create = async (body: object) => {
    const made = await world.as('A1', 'POST /sign-in-providers', {
      name: `Provider ${Math.random()}`,
      issuer: real.issuer,
      clientId: 'crossdock',
      secret: 'a secret of the provider',
      ...body,
    })
    expect([made.status, made.body]).toEqual([201, { id: expect.anything() }])
    return made.body.id as string
  }
  const begin = async (providerId: string, more: object = {}, cookie = '') => {
    const answer = await world.as(null, 'POST /session/provider', { accountId, providerId, ...more }, { cookie })
    return { answer, url: answer.body.url as string, cookies: cookiesOf(answer) }
  }
  const finish = (query: string, cookies: string[]) =>
    world.as(null, 'POST /session/provider/finish', { query }, { cookie: cookies.join('; ') })
  const through = async (providerId: string, subject: string, known?: Known) => {
    const { url, cookies } = await begin(providerId)
    return await finish(await real.signIn(url, subject, known), cookies)
  }
  const asSession = (answer: { headers: Record<string, unknown> }, call: string, body?: unknown) =>
    world.as(null, call, body, { cookie: cookiesOf(answer).join('; ') })
  const invite = (email: string, role: string, more: object = {}) =>
    world.as('A1', 'POST /invitations', { email, role, ...more })

  it('125 who is invited comes in by the provider with the role of the invitation, into this account alone', async () => {
    const providerId = await create({})
    const offered = await world.as(null, `GET /session/providers?accountId=${accountId}`)
    expect(offered.body.items).toContainEqual({ accountId, id: providerId, name: expect.stringContaining('Provider') })
    expect((await world.as(null, `GET /session/providers?accountId=${memberOf('A1')}`)).body.items).toEqual([])
    const uninvited = await through(providerId, 'nora', { email: 'nora@corp.example', name: 'Nora Quist' })
    expect([uninvited.status, uninvited.body.code]).toEqual([401, 'provider_refused'])
    expect((await invite('Nora@corp.example', 'viewer')).status).toBe(201)
    const entered = await through(providerId, 'nora')
    expect([entered.status, entered.body]).toEqual([200, { audience: 'staff', linked: false }])
    const me = await asSession(entered, 'GET /me')
    expect(me.body).toMatchObject({
      user: { name: 'Nora Quist', email: 'nora@corp.example' },
      role: { slug: 'viewer' },
    })
    expect((await through(providerId, 'nora')).status).toBe(200)
    const { rows } = await world.owner.query("select via from access.audit where action = 'invitation.accepted'")
    expect(rows).toEqual([{ via: 'sso' }])
    // What is hers in every account is not the provider's to open.
    const password = { current: '', password: 'another long password' }
    for (const call of ['GET /me/security', 'GET /me/sessions', 'POST /me/totp'])
      expect([
        call,
        (await asSession(entered, call, call.startsWith('POST') ? password : undefined)).status,
      ]).not.toEqual([call, 200])
    expect((await asSession(entered, 'GET /me/places')).body.items).toHaveLength(1)
  })

  it('125 an address that has a password here is never joined by what a provider says; its person joins them himself', async () => {
    const providerId = await create({ domains: ['example.com'], defaultRole: 'viewer' })
    const refused = await through(providerId, 'f1', { email: emailOf('F1') })
    expect([refused.status, refused.body.code]).toEqual([401, 'provider_refused'])
    expect(refused.body.detail).toContain('has a password here')
    const cookie = `${cookieName}=${tokenOf('F1')}`
    const wrong = await begin(providerId, { link: true }, cookie)
    const mixed = await finish(await real.signIn(wrong.url, 'c1', { email: emailOf('C1') }), wrong.cookies)
    expect([mixed.status, mixed.body.code]).toEqual([401, 'provider_refused'])
    const own = await begin(providerId, { link: true }, cookie)
    const joined = await finish(await real.signIn(own.url, 'f1'), own.cookies)
    expect([joined.status, joined.body.linked]).toEqual([200, true])
    expect((await asSession(await through(providerId, 'f1'), 'GET /me')).body.user.name).toBe('F1')
    expect((await begin(providerId, { link: true })).answer.status).toBe(401)
    // A client's people and those of suppliers never come in by the host's provider.
    const supplier = await begin(providerId, { link: true }, `${cookieName}=${tokenOf('S1')}`)
    const outside = await finish(await real.signIn(supplier.url, 's1', { email: emailOf('S1') }), supplier.cookies)
    expect([outside.status, outside.body.code]).toEqual([401, 'provider_refused'])
  })

  it('125 an unverified address is worth nothing', async () => {
    const providerId = await create({ domains: ['open.example'], defaultRole: 'viewer' })
    const known = { email: 'ann@open.example', email_verified: false }
    expect((await through(providerId, 'ann', known)).body.code).toBe('provider_refused')
    expect((await through(providerId, 'ann', { ...known, email_verified: true })).status).toBe(200)
  })

  it('groups give the role at each sign-in, within the mapping, recorded as by the provider; nobody else’s role', async () => {
    const providerId = await create({
      domains: ['groups.example'],
      scopes: 'groups',
      groupClaim: 'groups',
      groupRoles: [
        { group: 'ops', role: 'administrator' },
        { group: 'desk', role: 'customer-service' },
      ],
    })
    const email = 'gus@groups.example'
    const roleWith = async (groups: string[]) => {
      const entered = await through(providerId, 'gus', { email, groups })
      return entered.status === 200 ? (await asSession(entered, 'GET /me')).body.role.slug : entered.body.detail
    }
    expect(await roleWith(['other'])).toContain('no place')
    expect(await roleWith(['desk', 'other'])).toBe('customer-service')
    expect(await roleWith(['desk', 'ops'])).toBe('administrator')
    expect(await roleWith([])).toContain('groups')
    expect(await roleWith(['desk'])).toBe('customer-service')
    const { rows } = await world.owner.query(
      "select distinct actor, via from access.audit where action = 'member.role-changed' and via = 'sso'",
    )
    expect(rows).toHaveLength(1)
    // A role that was given by hand, and is none of the mapping's, stays.
    await world.owner.query(
      "update access.members set role_id = r.id from access.roles r where r.account_id = members.account_id and r.slug = 'warehouse' and members.email = $1",
      [email],
    )
    expect(await roleWith([])).toBe('warehouse')
    const above = await world.as('A1', 'POST /sign-in-providers', {
      name: 'N',
      issuer: real.issuer,
      clientId: 'c',
      secret: 's',
      domains: ['x.example'],
      defaultRole: 'administrator',
    })
    expect([above.status, above.body.errors[0].field]).toEqual([400, 'defaultRole'])
  })

  it('102 125 the answer counts in the browser that asked, once, and for nothing else', async () => {
    const providerId = await create({ domains: ['once.example'], defaultRole: 'viewer' })
    const mine = await begin(providerId)
    const query = await real.signIn(mine.url, 'one', { email: 'one@once.example' })
    const theirs = await begin(providerId)
    expect((await finish(query, [])).status).toBe(410)
    expect((await finish(query, theirs.cookies)).body.code).toBe('provider_refused')
    expect((await finish(query, theirs.cookies)).status).toBe(410)
    expect((await finish(query, mine.cookies)).status).toBe(200)
    expect((await finish(query, mine.cookies)).status).toBe(410)
    const state = new URL((await begin(providerId)).url).searchParams.get('state')!
    expect((await world.as(null, 'POST /invitations/look', { token: state })).status).toBe(410)
  })

  it('125 a provider that lies about issuer, audience, nonce, time or signature lets nobody in', async () => {
    const providerId = await create({ issuer: broken.issuer, domains: ['lies.example'], defaultRole: 'viewer' })
    const attempt = async (
      change: (claims: Record<string, unknown>) => object,
      more: object = {},
      iss = broken.issuer,
    ) => {
      const { url, cookies } = await begin(providerId)
      const asked = new URL(url).searchParams
      const now = Math.floor(Date.now() / 1000)
      const claims = {
        iss: broken.issuer,
        aud: 'crossdock',
        sub: 'eve',
        nonce: asked.get('nonce'),
        iat: now,
        exp: now + 60,
        email: 'eve@lies.example',
        email_verified: true,
      }
      Object.assign(broken.say, { alg: 'RS256', key: broken.right }, more, { claims: change(claims) })
      const answer = await finish(
        new URLSearchParams({ code: 'c', state: asked.get('state')!, iss }).toString(),
        cookies,
      )
      return answer.body.code ?? answer.status
    }
    expect(await attempt((claims) => claims)).toBe(200)
    expect(await attempt((claims) => ({ ...claims, iss: 'https://other.example' }))).toBe('provider_refused')
    expect(await attempt((claims) => ({ ...claims, aud: 'somebody else' }))).toBe('provider_refused')
    expect(await attempt((claims) => ({ ...claims, nonce: 'of another time' }))).toBe('provider_refused')
    expect(await attempt((claims) => ({ ...claims, exp: (claims.iat as number) - 600 }))).toBe('provider_refused')
    expect(await attempt((claims) => claims, { alg: 'none' })).toBe('provider_refused')
    expect(await attempt((claims) => claims, { key: broken.stranger })).toBe('provider_refused')
    expect(await attempt((claims) => ({ ...claims, email_verified: 'true' }))).toBe('provider_refused')
    expect(await attempt((claims) => claims, {}, 'https://other.example')).toBe('provider_refused')
  })

  it('166 167 169 170 an issuer inside of a network, elsewhere or malformed is refused with a sentence', async () => {
    const test = async (issuer: string) => (await world.as('A1', 'POST /sign-in-providers/test', { issuer })).body
    expect(await test(real.issuer)).toMatchObject({ ok: true })
    broken.say.issuer = 'https://other.example'
    expect((await test(broken.issuer)).says).toContain('another issuer')
    broken.say.issuer = ''
    broken.say.moved = `${real.issuer}/.well-known/openid-configuration`
    expect(await test(broken.issuer)).toMatchObject({ ok: false, says: expect.stringContaining('moved') })
    broken.say.moved = ''
    world.deps.allowPrivateProviders = false
    for (const host of [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '127.1',
      '127.0.0.2',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '0.0.0.0',
      '[::]',
      'localhost',
      'localhost.',
      '①②⑦.0.0.1',
      '127。0。0。1',
      '169.254.169.254',
      '100.64.0.1',
      '[fd00::1]',
      '[64:ff9b::7f00:1]',
      '[2002:7f00:1::]',
      '[::7f00:1]',
      '168.63.129.16',
      'intranet',
    ]) {
      const { ok, says } = await test(`https://${host}/`)
      expect([host, ok, says]).toEqual([host, false, expect.stringMatching(/inside of a network/)])
    }
    for (const url of ['http://login.example.com', 'https://a:b@login.example.com', 'file:///etc/passwd', 'nonsense'])
      expect([url, (await test(url)).ok]).toEqual([url, false])
    world.deps.allowPrivateProviders = true
  })

  it('where the provider is required, staff of its domain sign in by it alone; the owner can always get in', async () => {
    const hash = await hashPassword('a long enough password')
    await world.owner.query('update identity.users set password_hash = $1', [hash])
    const signIn = (who: 'A1' | 'F1' | 'S1') =>
      world.as(null, 'POST /session', { email: emailOf(who), password: 'a long enough password' })
    expect((await signIn('F1')).status).toBe(200)
    const providerId = await create({ domains: ['Example.com'], required: true })
    const refused = await signIn('F1')
    expect([refused.status, refused.body.code]).toEqual([403, 'provider_required'])
    for (const who of ['A1', 'S1'] as const) expect([who, (await signIn(who)).status]).toEqual([who, 200])
    const changed = await world.as('A1', `PATCH /sign-in-providers/${providerId}`, { enabled: false }, at(1))
    expect(changed.status).toBe(200)
    expect((await signIn('F1')).status).toBe(200)
    expect((await begin(providerId)).answer.body.code).toBe('provider_refused')
  })

  it('107 125 a provider that is switched off or removed ends the sessions it began, and no others', async () => {
    const ends = {
      'switched off': (id: string) => world.as('A1', `PATCH /sign-in-providers/${id}`, { enabled: false }, at(1)),
      removed: (id: string) => world.owner.query('delete from access.identity_providers where id = $1', [id]),
    }
    for (const [how, end] of Object.entries(ends)) {
      const subject = how.replace(' ', '-')
      const [providerId, other] = [await create({}), await create({})]
      for (const [place, id] of [providerId, other].entries()) {
        const email = `${subject}${place}@corp.example`
        expect((await invite(email, 'viewer')).status).toBe(201)
        expect((await through(id, `${subject}${place}`, { email, name: 'V' })).status).toBe(200)
      }
      const [gone, stays] = [await through(providerId, `${subject}0`), await through(other, `${subject}1`)]
      expect([how, (await asSession(gone, 'GET /orders')).status]).toEqual([how, 200])
      await end(providerId)
      expect([how, (await asSession(gone, 'GET /orders')).status]).toEqual([how, 401])
      expect([how, (await asSession(stays, 'GET /orders')).status]).toEqual([how, 200])
      expect((await world.as('A1', 'GET /orders')).status).toBe(200)
    }
  })

  it('38 a typed address leads to the provider of its domain, whether or not anybody has the address', async () => {
    const offered = async (domain: string) => {
      const answer = await world.as(null, `GET /session/providers?domain=${domain}`)
      expect(answer.status).toBe(200)
      return answer.body.items.map(({ id }: { id: string }) => id)
    }
    const claim = (account: string, domain: string) =>
      world.owner.query(
        `insert into access.identity_providers (account_id, id, name, issuer, client_id, secret, domains)
         values ($1, gen_random_uuid(), $2, 'https://login.example', 'c', '', array[$2])`,
        [account, domain],
      )
    const providerId = await create({ domains: ['lead.example'] })
    expect(await offered('lead.example')).toEqual([]) // nobody of the account's own staff is of that domain
    expect((await invite('nora@lead.example', 'viewer')).status).toBe(201)
    expect((await through(providerId, 'lead', { email: 'nora@lead.example', name: 'N' })).status).toBe(200)
    expect(await offered('LEAD.example')).toEqual([providerId])
    expect(await offered('unclaimed.example')).toEqual([])
    // An account that claims what another claims too leads nobody anywhere, nor does one that claims a domain it has nobody of.
    await claim(accounts.two.id, 'lead.example')
    expect(await offered('lead.example')).toEqual([])
    await world.owner.query('delete from access.identity_providers where account_id = $1', [accounts.two.id])
    expect(await offered('lead.example')).toEqual([providerId])
    const changed = await world.as('A1', `PATCH /sign-in-providers/${providerId}`, { enabled: false }, at(1))
    expect(changed.status).toBe(200)
    expect(await offered('lead.example')).toEqual([])
    expect((await world.as(null, 'GET /session/providers?domain=nora@lead.example')).status).toBe(400)
  })

  it('113 providers are set up by who may, who lately showed who he is; the secret is never read back', async () => {
    for (const who of ['F1', 'C1', 'S1', 'Ka'] as const)
      expect((await world.as(who, 'GET /sign-in-providers')).status).toBe(403)
    const listed = await world.as('A1', 'GET /sign-in-providers')
    expect(listed.body.returnAddress).toBe('http://crossdock.test/sign-in/back')
    expect(listed.text).not.toContain('a secret of the provider')
    const { rows } = await world.owner.query('select secret from access.identity_providers')
    expect(rows.every(({ secret }) => !secret.includes('a secret of the provider'))).toBe(true)
  })
})

describe('one person in several accounts', () => {
  const world = useWorld(async (w) => {
    await w.owner.query(
      'update access.members set user_id = (select user_id from access.members where id = $1) where id = $2',
      [memberOf('C1'), memberOf('A2')],
    )
  })
  const switchTo = (memberId: string, cookie: string) =>
    world.as(null, 'POST /session/switch', { memberId }, { cookie })
  const asC1 = `${cookieName}=${tokenOf('C1')}`

  it('121 he goes from one to the other by a session of its own; nothing of the one is seen in the other', async () => {
    const order = { storeId: stores.a, number: 'S-1', lines: [{ sku: 'S', quantity: 1 }] }
    const orderId = (await world.as('A1', 'POST /orders', order)).body.id
    expect((await world.as('C1', `GET /orders/${orderId}`)).status).toBe(200)
    const places = await world.as('C1', 'GET /me/places')
    expect(
      places.body.items.map((one: { accountName: string; current: boolean }) => [one.accountName, one.current]),
    ).toEqual([
      ['Aster Goods', true],
      ['Borage Trading', false],
    ])
    expect((await switchTo(memberOf('A1'), asC1)).status).toBe(404)
    const before = await world.owner.query('select proved_at::text from identity.sessions where member_id = $1', [
      memberOf('C1'),
    ])
    const switched = await switchTo(memberOf('A2'), asC1)
    expect([switched.status, switched.body]).toEqual([200, { audience: 'staff', choices: [], pending: null }])
    const cookie = keptCookies(switched.headers).join('; ')
    const inTwo = (call: string) => world.as(null, call, undefined, { cookie })
    expect((await inTwo('GET /me')).body).toMatchObject({
      account: { name: 'Borage Trading' },
      role: { slug: 'administrator' },
    })
    const foreign = await inTwo(`GET /orders/${orderId}`)
    expect([foreign.status, foreign.bare]).toEqual([404, (await inTwo(`GET /orders/${memberOf('A1')}`)).bare])
    // The session of the first place has ended, and when he showed who he is went with him.
    expect((await world.as(null, 'GET /me', undefined, { cookie: asC1 })).status).toBe(401)
    const after = await world.owner.query(
      "select proved_at::text from identity.sessions where member_id = $1 and user_agent = 'lightMyRequest'",
      [memberOf('A2')],
    )
    expect(after.rows[0].proved_at).toEqual(before.rows[0].proved_at)
    const back = await switchTo(memberOf('C1'), cookie)
    expect(back.status).toBe(200)
  })

  it('121 a role that needs a second factor asks for it first; a key and a stranger switch nowhere', async () => {
    await world.owner.query(
      "update access.roles set second_factor = true where slug = 'administrator' and account_id = $1",
      [accounts.two.id],
    )
    const there = await switchTo(memberOf('C1'), `${cookieName}=${tokenOf('A2')}`)
    expect(there.body).toEqual({ audience: 'staff', choices: [], pending: null })
    const cookie = keptCookies(there.headers).join('; ')
    expect((await switchTo(memberOf('A2'), cookie)).body).toEqual({ audience: null, choices: [], pending: 'enroll' })
    expect((await world.as(null, 'GET /me', undefined, { cookie })).body.account.name).toBe('Aster Goods')
    expect((await world.as('Ka', 'POST /session/switch', { memberId: memberOf('C1') })).status).toBe(403)
    expect((await world.as('F1', 'POST /session/switch', { memberId: memberOf('C1') })).status).toBe(404)
    expect((await world.as('Ka', 'GET /me/places')).body.items).toEqual([])
  })
})
