import { describe, expect, it, vi } from 'vitest'
import { jobOf } from '../server/src/testing/queue.ts'
import { type Spawned, spawnServer } from '../server/src/testing/spawned.ts'
import { newStore, upload } from '../server/src/testing/upload.ts'
import { at, useWorld } from '../server/src/testing/world.ts'

describe('three servers of which one is killed again and again', () => {
  const world = useWorld()
  const orders = 12_000

  it('F2 F55 F58 bring six imports in, each order once, and set none aside', async () => {
    const imports: { who: 'A1' | 'F1'; id: string; storeId: string }[] = []
    for (let n = 0; n < 6; n++) {
      const who = n % 4 === 3 ? 'F1' : 'A1'
      const rows = Array.from({ length: orders }, (_, row) => `${n}-${row},TEA-01,1,FR`)
      const { body } = await upload(world, who, 'orders', `Order number,SKU,Quantity,Country\n${rows.join('\n')}\n`)
      const storeId = await newStore(world, `store ${n}`)
      expect((await world.as(who, `PATCH /imports/${body.id}`, { storeId }, at(1))).status).toBe(200)
      await world.as(who, `POST /imports/${body.id}/check`)
      imports.push({ who, id: body.id, storeId })
    }
    await world.drain()
    const env = { WORKER_LAPSE: '1.5' }
    const servers: Spawned[] = []
    for (let n = 0; n < 3; n++) servers.push(await spawnServer(world, env))
    for (const { who, id } of imports) expect((await world.as(who, `POST /imports/${id}/run`)).status).toBe(202)
    const states = async () =>
      (await world.owner.query('select distinct state from jobs.jobs where kind = $1', ['intake.run'])).rows.map(
        ({ state }) => state,
      )
    let kills = 0
    while ((await states()).some((state) => state !== 'done') && kills < 60) {
      const victim = kills++ % servers.length
      await servers[victim]!.kill()
      servers[victim] = await spawnServer(world, env)
    }
    await vi.waitFor(async () => expect(await states()).toEqual(['done']), { timeout: 120_000, interval: 500 })
    const attempts: number[] = []
    for (const { id, storeId } of imports) {
      const { rows } = await world.owner.query(
        'select job_id, (select count(*) from orders.orders o where o.store_id = $2) as count from intake.imports where id = $1',
        [id, storeId],
      )
      expect(rows[0].count).toBe(orders)
      attempts.push((await jobOf(world, rows[0].job_id)).attempts)
    }
    console.log(`${kills} servers were killed; attempts of the six imports: ${attempts.join(', ')}`)
    expect(Math.max(...attempts)).toBeGreaterThan(1)
    for (const server of servers) await server.kill()
  })
})
