import { describe, expect, it } from 'vitest'
import { addOrders } from '#orders'
import { stores } from '../cast.ts'
import { orderDraft } from '../scene.ts'
import { spawnServer } from '../spawned.ts'
import { useWorld } from '../world.ts'

describe('a server that is stopped', () => {
  const world = useWorld(async (w) => {
    await w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [orderDraft('1')] }))
  })

  it('answers until then, ends by itself when asked to, and the next one goes on', async () => {
    const first = await spawnServer(world)
    expect(first.output()).toContain(`Crossdock is ready on ${first.url}`)
    expect((await first.as('A1', 'GET /orders')).status).toBe(200)
    await first.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    const second = await spawnServer(world)
    const answer = (await (await second.as('A1', 'GET /orders')).json()) as { items: unknown[] }
    expect(answer.items).toHaveLength(1)
    await second.kill()
    expect(await second.ended).toBe('SIGKILL')
  }, 60_000)
})
