import { domainToASCII } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Dns } from '#kernel/deps.ts'
import { parties, portal, stores, tokenOf, warehouses } from '../testing/cast.ts'
import { invite, password, revealLink, tokenIn } from '../testing/people.ts'
import { at, useWorld } from '../testing/world.ts'
import { checkDomains } from './address.ts'

/** What DNS says, for the desk and whatever a test adds. */
const said = { addresses: {} as Record<string, string[]>, texts: {} as Record<string, string[]>, away: false }
const dns: Dns = {
  async addresses(name) {
    if (said.away) throw new Error('no answer')
    return name === 'desk.example.com' ? ['192.0.2.7'] : (said.addresses[name] ?? [])
  },
  texts: async (name) => said.texts[name] ?? [],
}

describe('the address of the portal', () => {
  const world = useWorld(
    async (w) => {
      w.deps.dns = dns
    },
    { publicUrl: 'http://desk.example.com' },
  )
  const get = async (who: 'A1' | 'A2' = 'A1') => (await world.as(who, 'GET /portal-address')).body
  const set = async (body: object, who: 'A1' | 'A2' = 'A1') =>
    await world.as(who, 'PATCH /portal-address', body, at((await get(who)).version))
  const check = (who: 'A1' | 'A2' = 'A1') => world.as(who, 'POST /portal-address/check')
  /** Sets the records as the page shows them. */
  const publish = ({
    domain,
  }: {
    domain: { name: string; records: { type: string; name: string; value: string }[] }
  }) => {
    said.addresses[domain.name] = ['192.0.2.7']
    const proof = domain.records.find(({ type }) => type === 'TXT')!
    said.texts[proof.name] = [proof.value]
  }
  const ask = async (domain: string) => (await world.as(null, `GET /portal-domains/ask?domain=${domain}`)).status
  const client = {
    role: 'client-viewer',
    partyId: parties.P1.id,
    scope: { stores: [stores.a], warehouses: [warehouses.main] },
  }
  const linkFor = async (email: string) => {
    await invite(world, { email, ...client })
    return await revealLink(world, email)
  }

  it('S2.4 S2.7 a portal works under its name from the beginning; the name can be changed, to one that nobody has', async () => {
    expect(await get()).toMatchObject({
      slug: 'aster-goods',
      url: 'http://desk.example.com/p/aster-goods',
      domain: null,
    })
    const changed = await set({ slug: 'aster' })
    expect(changed.body).toMatchObject({ slug: 'aster', defaultUrl: 'http://desk.example.com/p/aster' })
    expect((await world.app.inject({ url: '/p/aster-goods/api/v1/me' })).statusCode).toBe(404)
    // Who was signed in under the old name signs in anew.
    const cookie = `portal_session=${tokenOf('P1')}`
    expect((await world.as(null, 'GET /p/aster/api/v1/me', undefined, { cookie })).status).toBe(401)
    expect((await set({ slug: 'borage-trading' })).status).toBe(409)
    for (const slug of ['A', 'a', '-aster', 'as--ter', 'aster/', 'é', 'a'.repeat(41)])
      expect((await set({ slug })).status, slug).toBe(400)
    expect((await world.as('A1', 'PATCH /portal-address', { slug: 'older' }, at(1))).status).toBe(412)
    expect((await set({ slug: 'aster-goods' })).status).toBe(200)
    for (const who of ['F1', 'C1', 'V1', 'P1', 'S1'] as const)
      expect((await world.as(who, 'GET /portal-address')).status, who).toBe(who === 'P1' ? 401 : 403)
  })

  it('186 S2.6 what is no host name, the server’s own or made to look like another is refused', async () => {
    expect((await set({ domain: ' Portal.Aster.Example. ' })).body.domain).toMatchObject({
      name: 'portal.aster.example',
      state: 'waiting',
    })
    for (const domain of [
      'https://portal.example.com',
      'portal.example.com/x',
      'portal.example.com:8443',
      '*.example.com',
      '192.0.2.7',
      '::1',
      '2130706433',
      'localhost',
      'portal',
      'portal.local',
      'desk.internal',
      'a..example.com',
      '-a.example.com',
      `${'a'.repeat(64)}.example.com`,
      'a b.example.com',
      'user@example.com',
      'com',
      'pоrtal.example.com',
      domainToASCII('pоrtal.example.com'),
      'раураӏ.example.com',
      'αοχ.example.com',
      'xn--a-.example.com',
      'xn--prtal-pqf.example.com',
    ])
      expect([domain, (await set({ domain })).status]).toEqual([domain, 400])
    for (const domain of ['desk.example.com', 'example.com', 'portal.desk.example.com'])
      expect([domain, (await set({ domain })).status]).toEqual([domain, 409])
    for (const [domain, name] of [
      ['Bücher.example', 'xn--bcher-kva.example'],
      ['пример.example', 'xn--e1afmkfd.example'],
      ['ポータル例.example', 'xn--wgv71a4txg5q.example'],
    ] as const) {
      const { body } = await set({ domain })
      if (domain !== 'ポータル例.example') expect(body.domain.name).toBe(name)
      expect(body.domain.shown).toBe(domain.toLowerCase())
    }
    expect((await set({ domain: '' })).body.domain).toBeNull()
  })

  it('S2.5 S2.6 a host name is the portal’s once DNS leads here and says so; cleared, the default address is back', async () => {
    const { body } = await set({ domain: 'portal.aster.example' })
    expect(body.domain.records).toEqual([
      { type: 'CNAME', name: 'portal.aster.example', value: 'desk.example.com' },
      {
        type: 'TXT',
        name: '_crossdock.portal.aster.example',
        value: expect.stringMatching(/^crossdock=[0-9a-f]{32}$/),
      },
    ])
    const state = async () => (await check()).body.domain
    expect(await state()).toMatchObject({ state: 'waiting', missed: 'address' })
    said.addresses['portal.aster.example'] = ['192.0.2.7']
    expect(await state()).toMatchObject({ state: 'waiting', missed: 'proof' })
    expect([await ask('portal.aster.example'), (await get()).url]).toEqual([
      404,
      'http://desk.example.com/p/aster-goods',
    ])
    expect(
      (await world.app.inject({ url: '/api/v1/me', headers: { host: 'portal.aster.example' } })).payload,
    ).toContain('Nothing here')
    publish(body)
    expect(await state()).toMatchObject({ state: 'verified', missed: null })
    expect([await ask('Portal.Aster.Example'), await ask('portal.borage.example')]).toEqual([200, 404])
    expect((await get()).url).toBe('http://portal.aster.example')
    const link = await linkFor('domain@example.com')
    expect(link).toMatch(/^http:\/\/portal\.aster\.example\/invitation#/)
    const host = { host: 'portal.aster.example' }
    const accepted = await world.as(
      null,
      'POST /invitations/accept',
      { token: tokenIn(link), name: 'Dora', password },
      host,
    )
    const set_ = [accepted.headers['set-cookie']].flat().map(String)
    expect(set_).toContainEqual(expect.stringMatching(/^portal_session=cdc_.*Path=\/; HttpOnly/))
    const cookie = /portal_session=[^;]+/.exec(set_.join())![0]
    const me = (headers: Record<string, string>) => world.as(null, 'GET /me', undefined, { cookie, ...headers })
    expect((await me(host)).status).toBe(200)
    expect((await me({})).status).toBe(401)
    expect(
      (
        await world.as(null, `GET ${portal.base}/api/v1/me`, undefined, {
          cookie,
        })
      ).status,
    ).toBe(401)
    // S2.7
    expect((await set({ domain: null })).body).toMatchObject({
      url: 'http://desk.example.com/p/aster-goods',
      domain: null,
    })
    expect(await linkFor('cleared@example.com')).toMatch(/^http:\/\/desk\.example\.com\/p\/aster-goods\/invitation#/)
    expect([
      await ask('portal.aster.example'),
      (await world.app.inject({ url: '/', headers: host })).statusCode,
    ]).toEqual([404, 404])
  })

  it('187 another account needs a proof of its own for a name that was dropped; old sessions are dead', async () => {
    const first = (await set({ domain: 'portal.shared.example' })).body
    publish(first)
    await check()
    const host = { host: 'portal.shared.example' }
    const link = await linkFor('shared@example.com')
    const accepted = await world.as(
      null,
      'POST /invitations/accept',
      { token: tokenIn(link), name: 'S', password },
      host,
    )
    const cookie = /portal_session=[^;]+/.exec(String(accepted.headers['set-cookie']))![0]
    const me = () => world.as(null, 'GET /me', undefined, { cookie, ...host })
    expect((await me()).status).toBe(200)
    expect((await set({ domain: 'portal.shared.example' }, 'A2')).status).toBe(409)
    await set({ domain: null })
    const second = (await set({ domain: 'portal.shared.example' }, 'A2')).body
    expect((await check('A2')).body.domain).toMatchObject({ state: 'waiting', missed: 'proof' })
    publish(second)
    expect((await check('A2')).body.domain.state).toBe('verified')
    expect((await me()).status).toBe(401)
    // The old proof is worth nothing any more, and what was verified is taken.
    expect((await set({ domain: 'portal.shared.example' })).status).toBe(409)
    await set({ domain: null }, 'A2')
  })

  it('two that prove one name at once: one has it', async () => {
    const both = [
      (await set({ domain: 'portal.race.example' })).body,
      (await set({ domain: 'portal.race.example' }, 'A2')).body,
    ]
    publish(both[0])
    said.texts['_crossdock.portal.race.example'] = both.map(({ domain }) => domain.records[1].value)
    const answers = await Promise.all([check('A1'), check('A2')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    for (const who of ['A1', 'A2'] as const) await set({ domain: null }, who)
  })

  it('F74 a name that DNS misses now and then stays; after three days links leave it, and it may come back or go to who proves it', async () => {
    const url = 'http://portal.fails.example'
    publish((await set({ domain: 'portal.fails.example' })).body)
    await check()
    said.away = true
    await checkDomains(world.deps)
    const { failingSince } = (await get()).domain
    expect(await get()).toMatchObject({ url, domain: { state: 'failing', missed: 'no_answer' } })
    expect(await ask('portal.fails.example')).toBe(200)
    const later = (interval: string) =>
      world.owner.query('update portal.portals set failing_since = failing_since - $1::interval', [interval])
    await later('71 hours')
    await checkDomains(world.deps, true)
    expect((await get()).url).toBe(url)
    await later('61 minutes')
    expect((await get()).url).toBe('http://desk.example.com/p/aster-goods')
    expect(await linkFor('fails@example.com')).toMatch(/^http:\/\/desk\.example\.com\/p\/aster-goods\//)
    expect(await ask('portal.fails.example')).toBe(404)
    // What is looked at each hour is what fails and is used still; the others have their turn once a day.
    said.away = false
    await checkDomains(world.deps, true)
    expect((await get()).domain.state).toBe('failing')
    await checkDomains(world.deps)
    expect(await get()).toMatchObject({ url, domain: { state: 'verified', failingSince: null } })
    said.addresses['portal.fails.example'] = ['198.51.100.1']
    await checkDomains(world.deps)
    const since = (await get()).domain.failingSince
    expect(Date.parse(since)).toBeGreaterThan(Date.parse(failingSince))
    await checkDomains(world.deps, true)
    expect((await get()).domain).toMatchObject({ state: 'failing', missed: 'address', failingSince: since })
    publish((await set({ domain: 'portal.fails.example' }, 'A2')).body)
    expect((await check('A2')).body.domain.state).toBe('verified')
    expect((await get()).domain).toBeNull()
  })

  it('S2.6 while DNS is asked for an account, it is not asked for it a second time: no answer holds all connections', async () => {
    publish((await set({ domain: 'portal.slow.example' })).body)
    const answer = Promise.withResolvers<string[]>()
    const asked = Promise.withResolvers<void>()
    world.deps.dns = {
      ...dns,
      texts() {
        asked.resolve()
        return answer.promise
      },
    }
    const first = check()
    await asked.promise
    expect((await check()).status).toBe(429)
    world.deps.dns = dns
    answer.resolve([])
    expect((await first).body.domain).toMatchObject({ state: 'waiting', missed: 'proof' })
    expect((await check()).body.domain.state).toBe('verified')
  })

  it('every change of the address is in the audit record, and a question about certificates needs a name', async () => {
    const { rows } = await world.owner.query(
      "select distinct action from access.audit where action like 'portal.%' order by 1",
    )
    expect(rows.map(({ action }) => action)).toEqual(['portal.address-changed', 'portal.domain-checked'])
    expect([await ask(''), await ask('desk.example.com'), await ask('%27')]).toEqual([404, 404, 404])
  })
})
