import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { addOrders } from '../server/src/orders/index.ts'
import { readDatabaseUrl } from '../server/src/platform/database-url.ts'
import { processesIn } from '../server/src/platform/postgres/processes.ts'
import { stores } from '../server/src/testing/cast.ts'
import { makeTemplate, secret } from '../server/src/testing/global-setup.ts'
import { openNetwork } from '../server/src/testing/network.ts'
import { startOwnPostgres } from '../server/src/testing/own-postgres.ts'
import { orderDraft } from '../server/src/testing/scene.ts'
import { spawnServer } from '../server/src/testing/spawned.ts'
import { openWorld, useWorld, type World } from '../server/src/testing/world.ts'

/** What is to be undone after each, last first. */
const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})

/** A world on a PostgreSQL of its own, which may be broken. */
async function brokenWorld(settings: string[] = [], options: Parameters<typeof startOwnPostgres>[2] = {}) {
  const server = await startOwnPostgres('bundled', settings, options)
  undo.push(() => server.remove())
  const { database: _, ...admin } = readDatabaseUrl(server.url)
  const template = await makeTemplate(admin, { host: admin.host, port: admin.port })
  const network = await openNetwork(admin)
  const world = await openWorld({ server: template, network, poolSize: 4 })
  undo.push(async () => {
    await world.close().catch(() => {})
    await network.close()
  })
  const boss = new pg.Client({ ...admin, database: world.owner.database } as pg.ClientConfig)
  boss.on('error', () => {})
  world.owner.on('error', () => {})
  await boss.connect()
  undo.push(() => boss.end().catch(() => {}))
  return { server, world, network, boss }
}

const add = (world: World, numbers: string[]) =>
  world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: numbers.map((number) => orderDraft(number)) }))
const comment = (world: World, orderId: string, text: string, key: string) =>
  world.as('A1', `POST /orders/${orderId}/comments`, { text, visibility: 'internal' }, { 'idempotency-key': key })

describe('a database that breaks', () => {
  const world = useWorld()

  it('F3 kill -9 of the whole PostgreSQL in the middle of an import: nothing acknowledged is lost, no batch is there in part', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crossdock-f3-'))
    execFileSync('chmod', ['711', folder])
    undo.push(() => rmSync(folder, { recursive: true, force: true }))
    const env = { DATABASE_URL: '', DATABASE_DIRECT_URL: '', DATA_DIR: folder }
    const server = await spawnServer(world, env)
    undo.push(() => server.kill('SIGTERM'))
    const cli = (words: string[], input = '') =>
      spawnSync(process.execPath, ['server/src/cli.ts', ...words], {
        env: { PATH: process.env.PATH, CROSSDOCK_SECRET: secret, ...env },
        input,
        encoding: 'utf8',
      }).stdout.trim()
    cli(['account', 'create', '--name', 'N', '--admin-email', 'a@example.com', '--password-stdin'], 'a good password')
    const key = cli(['key', 'create', '--account', 'N', '--role', 'administrator'])
    const post = (batch: number) =>
      fetch(`${server.url}/api/v1/orders/batch`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': `b${batch}` },
        body: JSON.stringify({
          mode: 'all',
          orders: Array.from({ length: 50 }, (_, n) => ({
            number: `${batch}-${n}`,
            lines: [{ sku: 'S', quantity: 1 }],
          })),
        }),
      })
    const acknowledged: number[] = []
    let refusals = 0
    let next = 0
    let stopped = false
    const poster = async () => {
      while (!stopped) {
        const batch = next++
        for (;;) {
          const status = await post(batch).then(
            (answer) => answer.status,
            () => 0,
          )
          if (status < 300 && status > 0) break
          if (status !== 429 && status !== 503) throw new Error(`batch ${batch}: ${status}\n${server.output()}`)
          refusals++
          await new Promise((resolve) => setTimeout(resolve, 200))
        }
        acknowledged.push(batch)
      }
    }
    const posters = [poster(), poster(), poster()]
    for (let kill = 0; kill < 5; kill++) {
      const before = acknowledged.length
      await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(before + 5), { timeout: 60_000 })
      for (const pid of processesIn(join(folder, 'postgres', 'cluster'))) process.kill(pid, 'SIGKILL')
    }
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(next - 4), { timeout: 60_000 })
    stopped = true
    await Promise.all(posters)
    const csv = cli(['export', 'orders', '--account', 'N'])
    const numbers = csv
      .split('\n')
      .slice(1)
      .map((row) => row.split(',')[0]!)
    expect(new Set(numbers).size).toBe(numbers.length)
    const batches = new Map<string, number>()
    for (const number of numbers) {
      const batch = number.split('-')[0]!
      batches.set(batch, (batches.get(batch) ?? 0) + 1)
    }
    expect([...batches.values()].filter((rows) => rows !== 50)).toEqual([])
    expect(acknowledged.filter((batch) => !batches.has(String(batch)))).toEqual([])
    console.log(
      `F3: ${acknowledged.length} batches acknowledged, ${batches.size} present, ${refusals} refusals, 5 kills`,
    )
  })

  it('F52 the disk of the database is full: writes are refused, reads go on, and it heals when there is room', async (context) => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0)
      return context.skip('a small file system is mounted for this, which only root may do, on Linux')
    const disk = mkdtempSync(join(tmpdir(), 'crossdock-f52-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=240m,mode=0711', 'tmpfs', disk])
    undo.push(() => {
      execFileSync('umount', ['-l', disk])
      rmSync(disk, { recursive: true })
    })
    // The log of changes stands elsewhere, as it should: without room for that PostgreSQL stops altogether.
    const log = mkdtempSync(join(tmpdir(), 'crossdock-f52-wal-'))
    execFileSync('chown', ['postgres', log])
    undo.push(() => rmSync(log, { recursive: true, force: true }))
    const { world } = await brokenWorld(['fsync=off'], { inside: disk, initdb: ['--waldir', join(log, 'wal')] })
    await add(world, ['before'])
    const filler = join(disk, 'filler')
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 65_536))
    const refused = await vi.waitFor(
      async () => {
        const numbers = Array.from({ length: 200 }, () => `full-${Math.random()}`)
        const error = await add(world, numbers).catch((error) => error)
        expect(error).toMatchObject({ code: 'unavailable', status: 503 })
        return numbers
      },
      { timeout: 60_000, interval: 0 },
    )
    const list = await world.as('A1', 'GET /orders')
    expect(list.status).toBe(200)
    expect(list.body.items.some((order: { number: string }) => refused.includes(order.number))).toBe(false)
    rmSync(filler)
    await add(world, ['after'])
    const { rows } = await world.owner.query(
      "select number from orders.orders where number in ('before', 'after') order by 1",
    )
    expect(rows.map(({ number }) => number)).toEqual(['after', 'before'])
  })

  it('F63 a commit that waits for a standby is cancelled: not certain, says the answer, and the same key tells', async () => {
    const { world, boss } = await brokenWorld(['fsync=off'])
    const orderId = [...(await add(world, ['1'])).values()][0]!
    await boss.query("alter system set synchronous_standby_names = 'a_standby_that_is_away'")
    await boss.query('select pg_reload_conf()')
    const waiting = "select pid from pg_stat_activity where wait_event = 'SyncRep'"
    for (const end of ['pg_cancel_backend', 'pg_terminate_backend']) {
      const asked = comment(world, orderId, end, end)
      const pid = await vi.waitFor(async () => {
        const { rows } = await boss.query(waiting)
        expect(rows).toHaveLength(1)
        return rows[0].pid
      })
      await boss.query(`select ${end}($1)`, [pid])
      const answer = await asked
      expect([end, answer.status, answer.body.code]).toEqual([end, 503, 'outcome_unknown'])
    }
    await boss.query('alter system reset synchronous_standby_names')
    await boss.query('select pg_reload_conf()')
    for (const text of ['pg_cancel_backend', 'pg_terminate_backend']) {
      const again = await comment(world, orderId, text, text)
      expect([text, again.status, again.headers['idempotency-replayed']]).toEqual([text, 201, 'true'])
    }
    expect((await world.owner.query('select 1 from orders.comments')).rowCount).toBe(2)
  })

  it('F68 flipped bytes in a page: those rows are refused with 500, the others answer, and nothing wrong is told', async () => {
    const { server, world, boss, network } = await brokenWorld(['fsync=off', 'shared_buffers=1MB'], {
      initdb: ['--data-checksums'],
    })
    const ids = await add(
      world,
      Array.from({ length: 300 }, (_, n) => `n${n}`),
    )
    await boss.query('vacuum orders.orders')
    const { rows } = await boss.query(
      "select pg_relation_filepath('orders.orders') as path, (ctid::text::point)[0]::int as page, array_agg(id) as ids from orders.orders group by 2 order by 2",
    )
    expect(rows.length).toBeGreaterThan(2)
    await boss.query('checkpoint')
    await server.end()
    const file = openSync(join(server.data, rows[0].path), 'r+')
    const byte = Buffer.alloc(1)
    for (const at of [4000, 6000, 8000]) {
      readSync(file, byte, 0, 1, 8192 + at)
      byte[0]! ^= 0xff
      writeSync(file, byte, 0, 1, 8192 + at)
    }
    closeSync(file)
    await server.start()
    network.cut()
    const damaged = rows[1].ids as string[]
    const sound = rows.filter(({ page }) => page !== 1).flatMap(({ ids }) => ids as string[])
    expect(damaged.length + sound.length).toBe(ids.size)
    const statuses = async (some: string[]) => {
      const seen = new Set<number>()
      for (const id of some.slice(0, 20)) seen.add((await world.as('A1', `GET /orders/${id}`)).status)
      return [...seen]
    }
    expect(await statuses(damaged)).toEqual([500])
    expect(await statuses(sound)).toEqual([200])
  })

  it('F70 the database is silent for good: whoever waits is told within fifteen seconds', async () => {
    const { world, network } = await brokenWorld(['fsync=off'])
    const orderId = [...(await add(world, ['1'])).values()][0]!
    network.freeze()
    const began = Date.now()
    const [read, write] = await Promise.all([world.as('A1', 'GET /orders'), comment(world, orderId, 'F70', 'f70')])
    expect([read.status, write.status]).toEqual([503, 503])
    expect(Date.now() - began).toBeLessThan(15_000)
    network.cut()
    network.thaw()
    expect((await comment(world, orderId, 'F70', 'f70')).status).toBe(201)
    expect(
      (await world.owner.query("select 1 from orders.comments where text = 'F70'").catch(() => undefined))?.rowCount ??
        1,
    ).toBe(1)
  })
})
