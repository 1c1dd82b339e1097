import { describe, expect, it } from 'vitest'
import { compile, type Statement } from '#kernel/db/sql.ts'
import { registered } from '#kernel/routes.ts'
import { templateOf } from '#notices'
import { layOutCanaries } from './canaries.ts'
import { idsFor } from './canary-scan.ts'
import { accounts, parties, portal, stores, warehouses } from './cast.ts'
import { dot } from './pictures.ts'
import { form } from './upload.ts'
import { at, useWorld } from './world.ts'

/** What clients never read: the product's name, and how the host is called inside. */
const inside = /crossdock|aster goods/i

describe('what a portal calls itself', () => {
  const world = useWorld(async (w) => {
    await layOutCanaries(w)
    await w.owner.query("update portal.brands set name = 'Petit Quai', sender = '' where account_id = $1", [
      accounts.one.id,
    ])
    const { body, headers } = form({ kind: 'logo-light' }, { name: 'logo.png', content: dot })
    await w.as('A1', 'POST /portal-brand/images', body, headers)
    await w.owner.query(
      "update portal.portals set domain = 'portal.quai.example', token = 't', verified_at = now() where slug = 'aster-goods'",
    )
    const orders = (await w.as('A1', 'GET /orders')).body.items as { id: string; storeName: string }[]
    for (const { id } of orders) {
      await w.as('C1', `POST /orders/${id}/comments`, { text: 'On its way', visibility: 'client' })
      await w.as('C1', `POST /orders/${id}/hold`, { reason: 'Wait' })
    }
  })
  const own = { host: 'portal.quai.example' }

  it('53 nobody who comes to a portal, by either address, reads another name than its own', async () => {
    const paths = [
      '/',
      '/sign-in',
      '/problems',
      '/healthz',
      '/readyz',
      '/favicon.svg',
      '/nothing/here',
      '/nothing.html',
    ]
    const calls = ['/openapi.json', '/portal', '/nothing', '/me', '/portal-domains/ask?domain=a.example']
    for (const [base, headers] of [
      [portal.base, {}],
      ['', own],
    ] as const)
      for (const path of [...paths, ...calls.map((call) => `/api/v1${call}`)]) {
        const answer = await world.app.inject({ url: `${base}${path}`, headers })
        expect([base, path, answer.body.match(inside)]).toEqual([base, path, null])
        expect([base, path, JSON.stringify(answer.headers).match(inside)]).toEqual([base, path, null])
      }
    const problems = await world.app.inject({ url: `${portal.base}/problems` })
    expect(problems.body).toContain('<title>Problems · Petit Quai</title>')
    const api = (await world.as(null, `GET ${portal.base}/api/v1/openapi.json`)).body
    expect([api.info.title, api.servers[0].url]).toEqual(['Petit Quai', `${portal.base}/api/v1`])
    const desk = (await world.as(null, 'GET /openapi.json')).body
    expect([desk.info.title, desk.servers[0].url]).toEqual(['Crossdock', '/api/v1'])
    expect((await world.app.inject({ url: '/problems' })).body).toContain('Crossdock')
  })

  it('53 no answer to a client names the product or the host’s account, in its body or its head', async () => {
    const idsOf = await idsFor(world)
    let answered = 0
    for (const { endpoint } of registered) {
      if (endpoint.method !== 'GET') continue
      const paths = endpoint.path.includes(':id')
        ? idsOf(endpoint.path).map((id) => endpoint.path.replace(':id', id))
        : [endpoint.path]
      for (const path of paths) {
        const answer = await world.as('P1', `GET ${path}`)
        if (answer.status === 200) answered++
        expect([path, `${answer.text} ${JSON.stringify(answer.headers)}`.match(inside)]).toEqual([path, null])
        if (answer.status === 403) break
      }
    }
    expect(answered).toBeGreaterThan(25)
    expect((await world.as('P1', 'GET /me')).body.account.name).toBe('Petit Quai')
    expect((await world.as('A1', 'GET /me')).body.account.name).toBe('Aster Goods')
  }, 60_000)

  it('S2.13 what the host did with an order or a transfer is told in the portal’s name', async () => {
    const [order] = (await world.as('P1', 'GET /portal/orders')).body.items
    const { timeline, comments } = (await world.as('P1', `GET /portal/orders/${order.id}`)).body
    const ofHost = [...timeline, ...comments].filter(({ side }: { side: string }) => side === 'host')
    expect(ofHost.length).toBeGreaterThan(1)
    for (const { actor, author } of ofHost) expect(actor ?? author).toBe('Petit Quai')
    const [transfer] = (await world.as('P1', 'GET /transfers')).body.items
    const read = async (who: 'P1' | 'W1') =>
      (await world.as(who, `GET /transfers/${transfer.id}`)).body.comments[0].actor
    expect([await read('P1'), await read('W1')]).toEqual(['Petit Quai', 'W1'])
    await world.owner.query("update portal.brands set name = 'Grand Quai' where account_id = $1", [accounts.one.id])
    expect(await read('P1')).toBe('Grand Quai')
    await world.owner.query("update portal.brands set name = 'Petit Quai' where account_id = $1", [accounts.one.id])
  })

  it('53 mails to clients come from the portal, and lead there', async () => {
    const ask = async <Row>(statement: Statement<Row>) => {
      const { text, values } = compile(statement)
      return (await world.deps.pools.worker.query(text, values as unknown[])).rows as Row[]
    }
    const whole = { role: 'client-member', stores: [stores.a], warehouses: [warehouses.main] }
    await world.as('A1', `POST /clients/${parties.P1.id}/users`, { email: 'new@example.com', ...whole })
    const [user] = (await world.as('A1', `GET /clients/${parties.P1.id}/users`)).body.users
    const two = { ...whole, role: 'client-viewer' }
    await world.as('A1', `PATCH /clients/${parties.P1.id}/users/${user.id}`, two, at(user.version))
    await world.as('A1', `POST /clients/${parties.P1.id}/users/${user.id}/send-reset`)
    const { rows } = await world.owner.query(
      "select template, account_id, subject_id from notices.outbox where recipient in ('new@example.com', 'p1@example.com')",
    )
    expect(new Set(rows.map(({ template }) => template))).toEqual(new Set(['invitation', 'colleague-access', 'reset']))
    for (const { template, account_id, subject_id } of rows)
      for (const locale of ['en', 'fr']) {
        const link = (await templateOf(template).link(ask, account_id, subject_id, world.deps))!
        expect(link).toMatch(/^http:\/\/portal\.quai\.example\//)
        const mail = await templateOf(template).render(ask, account_id, subject_id, link, locale)
        expect([template, JSON.stringify(mail).match(inside)]).toEqual([template, null])
        expect(mail.sender).toBe('Petit Quai')
      }
  })
})
