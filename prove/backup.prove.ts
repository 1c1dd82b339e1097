import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addOrders } from '../server/src/orders/index.ts'
import { stores } from '../server/src/testing/cast.ts'
import { type EmptyPlace, emptyPlace } from '../server/src/testing/empty-place.ts'
import { secret } from '../server/src/testing/global-setup.ts'
import { line, orderDraft } from '../server/src/testing/scene.ts'
import { nameInstallation } from '../server/src/testing/spawned.ts'
import { useWorld } from '../server/src/testing/world.ts'

const orders = Number(process.env.ORDERS ?? 100_000)

describe(`a backup of ${orders} orders`, () => {
  const world = useWorld(nameInstallation)
  let place: EmptyPlace
  let folder: string
  beforeAll(async () => {
    place = await emptyPlace()
    folder = await mkdtemp(join(tmpdir(), 'crossdock-prove-'))
    for (let first = 0; first < orders; first += 500) {
      const batch = Array.from({ length: 500 }, (_, n) =>
        orderDraft(`${first + n}`, {
          buyerName: `Buyer ${first + n}`,
          lines: [line('NW-011', 2, 10_000_000), line('NW-042', 10, 9_800_000), line('NW-072', 5, 34_800_000)],
        }),
      )
      await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: batch }))
      // As autovacuum would in time; until then every reference is checked by a plan for small tables.
      if (first === 1_000 || first === 10_000) await world.owner.query('analyze')
    }
  }, 1_800_000)
  afterAll(async () => {
    await place?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('F65 is taken and restored in minutes, within 150 MB above the command line itself', async () => {
    const file = join(folder, 'all.tar.zst')
    const idle = await measured(world, ['help'])
    const backup = await measured(world, ['backup', file])
    const restore = await measured(place, ['restore', file])
    const { size } = await stat(file)
    console.log(backup.out.trim())
    console.log(`the command line alone ${idle.megabytes} MB`)
    console.log(`backup  ${backup.seconds} s, ${backup.megabytes} MB at most, file ${Math.round(size / 1e6)} MB`)
    console.log(`restore ${restore.seconds} s, ${restore.megabytes} MB at most`)
    expect([backup.code, restore.code]).toEqual([0, 0])
    const [counted] = await place.look<{ count: number }>('select count(*) from orders.orders')
    expect(counted!.count).toBe(orders)
    if (process.platform === 'linux')
      expect(Math.max(backup.megabytes, restore.megabytes) - idle.megabytes).toBeLessThan(150)
    expect(restore.seconds).toBeLessThan(600)
  })
})

/** Runs a command and looks every 20 ms how much memory it has taken at most. */
async function measured(place: { databaseUrl: string; dataDir: string }, args: string[]) {
  const began = performance.now()
  const child = spawn(process.execPath, [join(import.meta.dirname, '../server/src/cli.ts'), ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: place.databaseUrl,
      DATA_DIR: place.dataDir,
      CROSSDOCK_SECRET: secret,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let megabytes = 0
  const timer = setInterval(() => {
    try {
      megabytes = Math.round(
        Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024,
      )
    } catch {} // it has ended, or this is no Linux
  }, 20)
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearInterval(timer)
  return { code, out, megabytes, seconds: Math.round((performance.now() - began) / 100) / 10 }
}
