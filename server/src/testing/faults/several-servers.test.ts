import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addOrders } from '#orders'
import { memberOf, type Name, stores } from '../cast.ts'
import { orderDraft } from '../scene.ts'
import { type Spawned, spawnServer } from '../spawned.ts'
import { useWorld } from '../world.ts'

describe('several servers on one database', () => {
  const world = useWorld(async (w) => {
    await w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [orderDraft('1')] }))
  })
  let servers: Spawned[] = []
  beforeAll(async () => {
    servers = await Promise.all([spawnServer(world), spawnServer(world)])
  })
  afterAll(async () => {
    for (const server of servers) await server.kill()
  })

  const everywhere = (who: Name) =>
    Promise.all(servers.map(async (server) => (await server.as(who, 'GET /orders')).status))

  it('start at once and serve the same', async () => {
    expect(servers.map((server) => server.output().includes('is ready on'))).toEqual([true, true])
    expect(await everywhere('A1')).toEqual([200, 200])
    const [first, second] = servers as [Spawned, Spawned]
    const made = await first.as('A1', 'POST /products', { sku: 'two', name: 'Two' }, { 'idempotency-key': 'two' })
    const again = await second.as('A1', 'POST /products', { sku: 'two', name: 'Two' }, { 'idempotency-key': 'two' })
    expect([made.status, again.status]).toEqual([201, 201])
    expect(await again.text(), 'a retry that meets the other one is answered the same').toBe(await made.text())
  })

  it('107 119 what ends on one, session, key or member, is dead on the other with the next request', async () => {
    const [first] = servers as [Spawned, Spawned]
    for (const who of ['V1', 'C1', 'Ka'] as Name[]) expect([who, await everywhere(who)]).toEqual([who, [200, 200]])
    expect((await first.as('V1', 'DELETE /session')).status).toBeLessThan(300)
    for (const who of ['C1', 'Ka'] as Name[])
      expect((await first.as('A1', `POST /members/${memberOf(who)}/deactivate`)).status).toBeLessThan(300)
    for (const who of ['V1', 'C1', 'Ka'] as Name[]) expect([who, await everywhere(who)]).toEqual([who, [401, 401]])
  })

  it('one is killed: the other goes on', async () => {
    await servers[0]!.kill()
    expect((await servers[1]!.as('A1', 'GET /orders')).status).toBe(200)
  })
})

describe('a server that stands still', () => {
  const world = useWorld()

  it('F55 refuses at first what comes after, answers its health, and has caught up in seconds', async () => {
    const server = await spawnServer(world, { CROSSDOCK_FAILPOINT: 'answer.before_send:1:block=5000' })
    try {
      expect((await server.as('A1', 'GET /orders')).status, 'the one that stood still').toBe(200)
      const refused = await until(() => server.as('A1', 'GET /orders'), 503)
      expect(refused.headers.get('retry-after')).toBe('2')
      expect(await refused.json()).toMatchObject({ code: 'overloaded' })
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
      await until(() => server.as('A1', 'GET /orders'), 200)
    } finally {
      await server.kill()
    }
  })

  const until = async (ask: () => Promise<Response>, status: number): Promise<Response> => {
    const answer = await ask()
    return answer.status === status ? answer : await until(ask, status)
  }
})
