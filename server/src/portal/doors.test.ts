import { describe, expect, it } from 'vitest'
import {
  accounts,
  cookieName,
  emailOf,
  parties,
  portal,
  portalOf,
  stores,
  tokenOf,
  warehouses,
} from '../testing/cast.ts'
import { bringIn, cookieOf, invite, password, revealLink, signIn, tokenIn } from '../testing/people.ts'
import { useWorld } from '../testing/world.ts'

const other = portalOf(accounts.two.id)
const grant = {
  role: 'client-member',
  partyId: parties.P1.id,
  scope: { stores: [stores.a], warehouses: [warehouses.main] },
}

describe('the doors of the desk and of the portals', () => {
  const world = useWorld(async (w) => {
    await w.owner.query(
      "update portal.portals set domain = 'portal.aster.example', token = 't', verified_at = now() where slug = 'aster-goods'",
    )
  })
  const domain = { host: 'portal.aster.example' }
  const get = (path: string, headers: Record<string, string>) => world.as(null, `GET ${path}`, undefined, headers)
  const me = (base: string, headers: Record<string, string>) => get(`${base}/api/v1/me`, headers)

  it('S2.2 S2.7 every account has a portal under its own name, where its clients come in', async () => {
    const { rows } = await world.owner.query('select slug from portal.portals order by slug')
    expect(rows).toEqual([{ slug: 'aster-goods' }, { slug: 'borage-trading' }])
    const { rows: names } = await world.owner.query(
      `select portal.free_slug(n) as slug from unnest($1::text[]) with ordinality as x (n, at) order by at`,
      [['Aster Goods', 'Café Zoë & Fils, SARL', '株式会社', 'a', ' --- ', 'Très '.repeat(20)]],
    )
    expect(names.map(({ slug }) => slug)).toEqual([
      'aster-goods-2',
      'cafe-zoe-fils-sarl',
      'portal',
      'portal',
      'portal',
      'tres-tres-tres-tres-tres-tres-tr',
    ])
    expect((await world.as('P1', 'GET /me')).body.audience).toBe('client')
  })

  it('S2.2 106 a session is good at the address where it was begun, and nowhere else', async () => {
    const client = (name: string) => ({ cookie: `${name}=${tokenOf('P1')}` })
    expect((await me(portal.base, client(portal.cookie))).status).toBe(200)
    for (const [base, headers] of [
      ['', client(cookieName)],
      ['', client(portal.cookie)],
      [portal.base, client(cookieName)],
      [other.base, client(portal.cookie)],
      ['', { ...client(portal.cookie), ...domain }],
      ['', { cookie: `${portal.cookie}=${tokenOf('A1')}` }],
      [portal.base, { cookie: `${portal.cookie}=${tokenOf('A1')}` }],
      [portal.base, { cookie: `${cookieName}=${tokenOf('A1')}` }],
      [portal.base, { cookie: `${portal.cookie}=${tokenOf('S1')}` }],
      ['', { cookie: `${portal.cookie}=${tokenOf('A1')}`, ...domain }],
    ] as [string, Record<string, string>][])
      expect((await me(base, headers)).status, `${base} ${JSON.stringify(headers)}`).toBe(401)
    expect((await me('', { cookie: `${cookieName}=${tokenOf('A1')}` })).status).toBe(200)
  })

  it('S2.14 an invited client sets his password at the portal, and signs in there alone', async () => {
    await invite(world, { email: 'paul@example.com', ...grant })
    const link = await revealLink(world, 'paul@example.com')
    expect(link).toMatch(/^http:\/\/portal\.aster\.example\/invitation#token=/)
    const token = tokenIn(link)
    const look = (path: string, headers = {}) =>
      world.as(null, `POST ${path}/api/v1/invitations/look`, { token }, headers)
    expect((await look('')).status).toBe(410)
    expect((await look(other.base)).status).toBe(410)
    expect((await look('', domain)).status).toBe(200)
    const accepted = await world.as(null, `POST ${portal.base}/api/v1/invitations/accept`, {
      token,
      name: 'Paul',
      password,
    })
    expect((await me(portal.base, { cookie: cookieOf(accepted) })).body.user.email).toBe('paul@example.com')
    const enter = (base: string, email: string, secret = password) =>
      world.as(null, `POST ${base}/api/v1/session`, { email, password: secret })
    expect((await enter(portal.base, 'paul@example.com')).body.audience).toBe('client')
    // Whoever has no place here is answered as one who is mistaken.
    const wrong = await enter(portal.base, 'paul@example.com', 'not his password')
    await bringIn(world, { email: 'staff@example.com' })
    expect((await signIn(world, 'staff@example.com')).status).toBe(200)
    for (const answer of [
      await enter(portal.base, 'staff@example.com'),
      await enter(other.base, 'paul@example.com'),
      await enter('', 'paul@example.com'),
    ])
      expect(answer.bare.replaceAll(/"requestId":"[^"]*"/g, '')).toBe(wrong.bare)
    // A link for the desk is none at a portal.
    await invite(world, { email: 'desk@example.com' })
    const desk = tokenIn(await revealLink(world, 'desk@example.com'))
    expect((await world.as(null, `POST ${portal.base}/api/v1/invitations/look`, { token: desk })).status).toBe(410)
  })

  it('the cookies of a portal are kept to its path, and say by their name what the browser vouches for', async () => {
    await invite(world, { email: 'cora@example.com', ...grant })
    const token = tokenIn(await revealLink(world, 'cora@example.com'))
    const answer = await world.as(null, `POST ${portal.base}/api/v1/invitations/accept`, {
      token,
      name: 'Cora',
      password,
    })
    const set = [answer.headers['set-cookie']].flat().map(String)
    expect(set.filter((line) => /_session=\w/.test(line))).toEqual([
      expect.stringMatching(/^portal_session=cdc_.*Path=\/p\/aster-goods;/),
    ])
    for (const line of set) expect(line).toMatch(/^portal_\w+=.*Path=\/p\/aster-goods;/)
  })

  it('189 an unknown portal name or host is a plain 404 that says nothing, whatever is asked', async () => {
    const pages = [
      await world.app.inject({ url: '/p/nobody/orders' }),
      await world.app.inject({ url: '/p/nobody-else/' }),
      await world.app.inject({ url: '/', headers: { host: 'unknown.example' } }),
      await world.app.inject({ url: '/healthz', headers: { host: 'borage.example' } }),
      await world.app.inject({ url: '/p/aster-goods/', headers: { host: 'portal.aster.example' } }),
    ]
    for (const page of pages) {
      expect(page.statusCode).toBe(404)
      expect(page.payload).toBe(pages[0]!.payload)
      expect(page.payload).not.toMatch(/crossdock|aster|borage/i)
    }
    const key = { authorization: `Bearer ${tokenOf('Ka')}` }
    expect((await get('/orders', key)).status).toBe(200)
    for (const [url, host] of [
      ['/api/v1/orders', 'unknown.example'],
      ['/api/v1/orders', 'portal.aster.example.evil.example'],
      ['/p/nobody/api/v1/orders', 'localhost'],
    ] as const)
      expect((await world.app.inject({ url, headers: { ...key, host } })).statusCode, host).toBe(404)
    // What an untrusted neighbour says in X-Forwarded-Host is not heard.
    expect(
      (await me('', { cookie: `${portal.cookie}=${tokenOf('P1')}`, 'x-forwarded-host': 'portal.aster.example' }))
        .status,
    ).toBe(401)
  })

  it("a key of a client is good at the desk's address and at the portal, any other at the desk's alone", async () => {
    const made = await world.as('A1', 'POST /keys', { name: 'Petit', ...grant, role: 'client-viewer' })
    const key = { authorization: `Bearer ${made.body.token}` }
    for (const base of ['', portal.base]) expect((await me(base, key)).status, base).toBe(200)
    expect((await me(other.base, key)).status).toBe(401)
    expect((await me('', { ...key, ...domain })).status).toBe(200)
    expect((await me(portal.base, { authorization: `Bearer ${tokenOf('Ka')}` })).status).toBe(401)
  })

  it('115 a change at a portal must come from its own pages', async () => {
    const send = (headers: Record<string, string>) => world.as('P1', 'PATCH /me', { locale: 'fr' }, headers)
    expect((await send({ origin: 'http://crossdock.test', 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    expect((await send({ origin: 'http://portal.aster.example' })).status).toBe(403)
    const email = emailOf('P1')
    const at = (origin: string) => world.as(null, 'POST /session', { email, password }, { ...domain, origin })
    expect((await at('http://portal.aster.example')).status).toBe(401)
    expect((await at('http://crossdock.test')).status).toBe(403)
  })

  it('a portal offers nobody’s provider and makes no account', async () => {
    const at = (call: string, body?: object) => world.as(null, call.replace(' ', ` ${portal.base}/api/v1`), body)
    await world.owner.query(
      `insert into access.identity_providers (account_id, id, name, issuer, client_id, secret)
       values ($1, gen_random_uuid(), 'House', 'https://id.example.com', 'c', '\\x00')`,
      [accounts.one.id],
    )
    const desk = await get(`/session/providers?accountId=${accounts.one.id}`, {})
    expect(desk.body.items).toHaveLength(1)
    expect((await at(`GET /session/providers?accountId=${accounts.one.id}`)).body).toEqual({ items: [] })
    const begin = { accountId: accounts.one.id, providerId: accounts.one.id }
    expect((await at('POST /session/provider', begin)).status).toBe(404)
  })
})

describe('the cookies of a portal over https', () => {
  const world = useWorld(undefined, { publicUrl: 'https://crossdock.test' })

  it('106 say by their name what the browser vouches for', async () => {
    await world.owner.query(
      "update portal.portals set domain = 'portal.aster.example', token = 't', verified_at = now() where slug = 'aster-goods'",
    )
    const me = (base: string, headers: Record<string, string>, name: string) =>
      world.as(null, `GET ${base}/api/v1/me`, undefined, { ...headers, cookie: `${name}=${tokenOf('P1')}` })
    expect((await me(portal.base, {}, `__Secure-${portal.cookie}`)).status).toBe(200)
    for (const name of [portal.cookie, `__Host-${portal.cookie}`])
      expect((await me(portal.base, {}, name)).status, name).toBe(401)
    await world.owner.query(
      "update identity.sessions set door = split_part(door, ' ', 1) || ' portal.aster.example' where door <> ''",
    )
    const host = { host: 'portal.aster.example' }
    expect((await me('', host, `__Host-${portal.cookie}`)).status).toBe(200)
    for (const name of [portal.cookie, `__Secure-${portal.cookie}`])
      expect((await me('', host, name)).status, name).toBe(401)
  })
})
