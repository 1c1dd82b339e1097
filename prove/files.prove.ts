import { execFileSync } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addOrders } from '../server/src/orders/index.ts'
import { exportAll, timed } from '../server/src/testing/at-size.ts'
import { accounts, type Name, stores } from '../server/src/testing/cast.ts'
import { line, orderDraft } from '../server/src/testing/scene.ts'
import { type Spawned, spawnServer } from '../server/src/testing/spawned.ts'
import { upload } from '../server/src/testing/upload.ts'
import { useWorld } from '../server/src/testing/world.ts'

describe('a folder of files that is full', () => {
  const world = useWorld()
  beforeAll(() => {
    if (process.getuid?.() !== 0) throw new Error('F53 mounts a small file system: run it as root.')
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', world.deps.filesDir])
  })
  afterAll(() => execFileSync('umount', [world.deps.filesDir]))
  const file = (rows: number) =>
    `Order number,SKU,Quantity,Country\n${Array.from({ length: rows }, (_, n) => `N${n},TEA-01,1,FR`).join('\n')}\n`

  it('F53 refuses an upload in a sentence, gives the room back and takes a smaller one', async () => {
    const refused = await upload(world, 'A1', 'orders', file(100_000))
    expect([refused.status, refused.body.code]).toEqual([503, 'unavailable'])
    expect(refused.body.detail).toContain('no room left')
    expect(await readdir(world.deps.filesDir)).toEqual([])
    expect((await upload(world, 'A1', 'orders', file(100))).status).toBe(201)
  })

  it('F53 exports all the same: they need no room', async () => {
    const [kept] = await readdir(world.deps.filesDir)
    await writeFile(join(world.deps.filesDir, 'filler'), Buffer.alloc(1_000_000)).catch(() => {})
    expect((await world.as('A1', 'POST /orders/export', {})).status).toBe(200)
    expect(await readdir(world.deps.filesDir)).toContain(kept)
  })
})

describe('exports beside people who work', () => {
  const orders = 8_000
  const world = useWorld(async (w) => {
    const theirs = await w.owner.query('select id from channels.stores where account_id = $1', [accounts.two.id])
    for (let from = 0; from < orders; from += 500) {
      const batch = Array.from({ length: 500 }, (_, n) => {
        const lines = Array.from({ length: 5 }, (_, at) => line(`SKU-${at}`, at + 1, 9_500_000))
        return orderDraft(`${from + n}`, { lines })
      })
      await w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: batch }))
      await w.work('A2', (tx) => addOrders(tx, { storeId: theirs.rows[0].id, orders: batch }))
    }
    await w.owner.query('analyze')
  })

  /** The 99th percentile of 400 looks at the list, in milliseconds. */
  async function p99(server: Spawned): Promise<number> {
    const times: number[] = []
    for (let n = 0; n < 400; n++)
      times.push(
        await timed(async () => {
          const answer = await server.as('F1', 'GET /orders?limit=50')
          expect(answer.status).toBe(200)
          await answer.arrayBuffer()
        }),
      )
    return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)]! * 1000
  }

  it('F57 with an export going on in two accounts at a time, a list still comes within twice its time', async () => {
    const server = await spawnServer(world, { SESSION_LIMIT: '0' })
    await p99(server) // warm
    const alone = await p99(server)
    let going = true
    const exporting = async (who: Name) => {
      while (going) expect((await exportAll(server, who)).lines).toBe(orders * 5)
    }
    const both = Promise.all([exporting('A1'), exporting('A2')])
    const beside = await p99(server)
    going = false
    await both
    console.log(
      `a list of 50, 99th percentile: ${alone.toFixed(1)} ms alone, ${beside.toFixed(1)} ms beside two exports`,
    )
    expect(beside).toBeLessThan(Math.max(2 * alone, 25))
    await server.kill('SIGTERM')
  })
})
