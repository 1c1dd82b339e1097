import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { describe, expect, it } from 'vitest'
import type { Deps } from '#kernel/deps.ts'
import { freePort } from '../../testing/free-port.ts'
import { spawnServer } from '../../testing/spawned.ts'
import { useWorld } from '../../testing/world.ts'
import { gravest, lookAround } from './index.ts'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name))

describe('what the operator is told', () => {
  const world = useWorld()
  const look = async (name: string, deps: Partial<Deps> = {}) =>
    (await lookAround({ ...world.deps, ...deps })).find((finding) => finding.name === name)!

  it('shows page, figures and metrics at an address of its own, and nothing of them at the public one', async () => {
    const port = await freePort()
    const server = await spawnServer(world, { OPERATOR_PORT: String(port) })
    await server.as('A1', 'GET /orders')
    const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
    const page = await (await ask('/')).text()
    expect(page).toMatch(/<th scope="row">database<\/th>.*PostgreSQL 1\d\.\d+.* answers/)
    expect(await (await ask('/health.json')).json()).toMatchObject({ version: '0.1.0' })
    const metrics = await (await ask('/metrics')).text()
    expect(metrics).toMatch(/crossdock_request_seconds_count\{method="GET",route="\/api\/v1\/orders",status="200"\} 1/)
    expect(metrics).toContain('crossdock_alarm{check="jobs"} 0')
    expect(metrics).toContain('process_resident_memory_bytes')
    expect((await ask('/else')).status).toBe(404)
    // The attack list's number 79: the door that customers reach knows none of it.
    for (const path of ['/metrics', '/health.json', '/api/v1/metrics', '/api/v1/health'])
      expect(await (await fetch(server.url + path)).text()).not.toContain('crossdock_')
    await server.kill()
  })

  it('warns of jobs that were set aside, and raises an alarm for those nobody takes', async () => {
    expect(await look('jobs')).toMatchObject({ state: 'ok' })
    const { rows } = await world.owner.query(
      `insert into jobs.jobs (account_id, id, member_id, kind, due_at)
       select account_id, gen_random_uuid(), id, 'nothing', now() - interval '1 hour' from access.members where name = 'A1' returning id`,
    )
    expect(await look('jobs')).toMatchObject({ state: 'alarm', says: expect.stringContaining('since 60 min') })
    await world.owner.query(
      `update jobs.jobs set state = 'set_aside', error = '{"code": "internal"}', finished_at = now() where id = $1`,
      [rows[0].id],
    )
    expect(await look('jobs')).toMatchObject({
      state: 'warning',
      says: expect.stringContaining('1 failed three times'),
    })
  })

  it('F75 raises an alarm 14 days before the certificate of the public address ends, and when it has', async () => {
    const server = createServer({ key: fixture('key.pem'), cert: fixture('certificate.pem') }, (socket) => socket.end())
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const publicUrl = `https://localhost:${(server.address() as AddressInfo).port}`
    const ends = Date.parse('2036-11-19T00:00:00Z')
    const before = (days: number) => look('certificate', { publicUrl, now: () => new Date(ends - days * 86_400_000) })
    expect(await before(40)).toMatchObject({ state: 'ok' })
    expect(await before(10)).toMatchObject({ state: 'alarm', says: expect.stringMatching(/ends in 1\d days/) })
    expect(await before(-3)).toMatchObject({ state: 'alarm', says: expect.stringContaining('has expired') })
    await new Promise((closed) => server.close(closed))
    expect(await before(40)).toMatchObject({ state: 'alarm', says: expect.stringContaining('could not be looked at') })
  })

  it('raises an alarm where the audit record is not sealed', async () => {
    expect(await look('audit')).toMatchObject({ state: 'ok' })
    await world.owner.query(
      `insert into access.audit (account_id, id, at, actor, via, action)
       select id, gen_random_uuid(), now() - interval '1 hour', 'A1', 'hand', 'order.edited' from access.accounts limit 1`,
    )
    expect(await look('audit')).toMatchObject({ state: 'alarm', says: expect.stringContaining('since 60 min') })
  })

  it('warns of a clock that is apart from the database', async () => {
    expect(await look('database')).toMatchObject({ state: 'ok' })
    const ahead = () => new Date(Date.now() + 3_600_000)
    expect(await look('database', { now: ahead })).toMatchObject({
      state: 'warning',
      says: expect.stringContaining('60 min apart'),
    })
  })

  it('goes on looking where the database is away', async () => {
    const away = { query: () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })) }
    const pools = { ...world.deps.pools, worker: away } as unknown as Deps['pools']
    const findings = await lookAround({ ...world.deps, pools })
    expect(findings.find(({ name }) => name === 'database')).toMatchObject({ state: 'alarm' })
    expect(findings.find(({ name }) => name === 'disk')).toMatchObject({ state: 'ok' })
    expect(gravest(findings)).toBe('alarm')
  })
})
