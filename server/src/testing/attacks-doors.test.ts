import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { cookieName, portal, tokenOf } from './cast.ts'
import { useWorld } from './world.ts'

/** What lies between the desk, a portal below its address, and a portal under a host name of its own. */
describe('between the doors', () => {
  const world = useWorld(async (w) => {
    await w.owner.query(
      "update portal.portals set domain = 'portal.aster.example', token = 't', verified_at = now() where slug = 'aster-goods'",
    )
  })
  let port = 0
  beforeAll(async () => {
    await world.app.listen({ port: 0, host: '127.0.0.1' })
    port = (world.app.server.address() as AddressInfo).port
  })
  /** Sends an address as it stands: no client straightens it out. */
  const raw = (path: string, headers: Record<string, string>) =>
    new Promise<{ status: number; text: string }>((done, failed) => {
      const sent = request({ host: '127.0.0.1', port, path, headers }, (response) => {
        let text = ''
        response.on('data', (part) => {
          text += part
        })
        response.on('end', () => done({ status: response.statusCode ?? 0, text }))
      })
      sent.on('error', failed)
      sent.end()
    })
  const desk = { host: 'crossdock.test', cookie: `${cookieName}=${tokenOf('A1')}; ${portal.cookie}=${tokenOf('A1')}` }
  const client = { host: 'crossdock.test', cookie: `${cookieName}=${tokenOf('P1')}; ${portal.cookie}=${tokenOf('P1')}` }
  const own = { ...client, host: 'portal.aster.example' }

  it('190 crooked addresses lead nobody through another door than the plain one does', async () => {
    const me = '/api/v1/me'
    expect(JSON.parse((await raw(me, desk)).text).audience).toBe('staff')
    expect(JSON.parse((await raw(`${portal.base}${me}`, client)).text).audience).toBe('client')
    const inside = [
      '%2e%2e/',
      '../',
      './',
      '/',
      '%2f',
      'p/aster-goods/',
      ';x/',
      '%00/',
      '\\..\\',
      'p/borage-trading/',
    ].map((odd) => `${portal.base}/${odd}api/v1/me`)
    const before = [
      `//p/aster-goods${me}`,
      `/%70/aster-goods${me}`,
      `/P/aster-goods${me}`,
      `/p/aster%2dgoods${me}`,
      `/p/ASTER-GOODS${me}`,
      `/p/aster-goods.${me}`,
      `/p/aster-goods;x${me}`,
      `/p/aster-goods%2f..${me}`,
      `/p//aster-goods${me}`,
      `/p/${me}`,
      `/p/borage-trading${me}`,
      `/p/borage-trading/../aster-goods${me}`,
      `/api/v1/../../p/aster-goods${me}`,
      `/p/aster-goods?x=${me}`,
      `/p/aster-goods${me}/`,
      `/p/aster-goods${me}%20`,
      `http://evil.example/p/aster-goods${me}`,
    ]
    for (const path of [...inside, ...before])
      for (const headers of [desk, client, own]) {
        const { status, text } = await raw(path, headers)
        expect([path, headers.host, status === 200 && text.startsWith('{')]).toEqual([path, headers.host, false])
      }
    // A target with a host in it is answered as its Host header says.
    const whole = `http://portal.aster.example${me}`
    expect(JSON.parse((await raw(whole, desk)).text).audience).toBe('staff')
    for (const headers of [client, own]) expect((await raw(whole, headers)).status).toBe(401)
  })

  it('189 a host name that only looks like the desk’s or a portal’s is neither', async () => {
    for (const host of [
      'crossdock.test.evil.example',
      'evil-crossdock.test',
      'portal.aster.example.evil.example',
      'xportal.aster.example',
      'aster.example',
      'portal.aster.example@evil.example',
      'portal.aster.example,evil.example',
      'portal.aster.example/evil',
      'pоrtal.aster.example'.normalize('NFKD').replace(/[^\x20-\x7e]/g, '%D0%BE'),
      'portal.aster.example%00',
      '127.0.0.1.evil.example',
    ])
      for (const [path, cookie] of [
        ['/api/v1/me', desk.cookie],
        ['/api/v1/me', client.cookie],
        [`${portal.base}/api/v1/me`, client.cookie],
      ] as const) {
        const { status, text } = await raw(path, { host, cookie })
        expect([host, path, status], text.slice(0, 200)).toEqual([host, path, expect.toSatisfy((one) => one >= 400)])
        expect(text).not.toMatch(/"audience"/)
      }
    // However it is written, it is the same name.
    const same = await world.owner.query(
      "update identity.sessions set door = split_part(door, ' ', 1) || ' portal.aster.example' where door <> '' returning 1",
    )
    expect(same.rowCount).toBeGreaterThan(0)
    for (const host of ['PORTAL.Aster.Example', 'portal.aster.example.', 'portal.aster.example:8443'])
      expect([host, (await raw('/api/v1/me', { ...client, host })).status]).toEqual([host, 200])
  })
})

describe('who asks for certificates', () => {
  const world = useWorld(
    async (w) => {
      await w.owner.query(
        `update portal.portals set domain = case slug when 'aster-goods' then 'portal.aster.example' else 'portal.borage.example' end, token = 't',
                verified_at = case slug when 'aster-goods' then now() end`,
      )
    },
    { limits: { key: { perSecond: 0, burst: 0 }, web: { perSecond: 1, burst: 12 } } },
  )

  it('46 189 learns of a name that waits for its proof what he learns of one that nobody typed, and asks only so often', async () => {
    const ask = (domain: string) => world.as(null, `GET /portal-domains/ask?domain=${encodeURIComponent(domain)}`)
    expect((await ask('portal.aster.example')).status).toBe(200)
    const never = await ask('nobody.example')
    expect(never.status).toBe(404)
    for (const domain of [
      'portal.borage.example',
      'crossdock.test',
      '127.0.0.1',
      'a.portal.aster.example',
      'portal.aster.example.',
      "'--",
    ])
      expect([domain, (await ask(domain)).bare]).toEqual([domain, never.bare])
    const statuses: number[] = []
    for (let n = 0; n < 8; n++) statuses.push((await ask('nobody.example')).status)
    expect(statuses.at(-1)).toBe(429)
  })
})
