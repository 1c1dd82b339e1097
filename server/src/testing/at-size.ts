import { createHash } from 'node:crypto'
import { openAsBlob, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { writeBigFile } from './big-file.ts'
import { cookieName, type Name, tokenOf } from './cast.ts'
import { type Spawned, spawnServer } from './spawned.ts'
import type { World } from './world.ts'

export interface Figures {
  idleMb: number
  importPeakMb: number
  checkSeconds: number
  runSeconds: number
  ordersASecond: number
  exportSeconds: number
  linesASecond: number
  exportPeakMb: number
}

/**
 * A file of so many lines through a real server, which is killed in the middle and started again; then all of it back as an
 * export. What is in the database and in the file is compared with sums made beside both.
 * @param killAtBatch the server dies by kill -9 when so many batches of 500 orders are committed
 */
export async function importAndExport(world: World, lines: number, killAtBatch: number): Promise<Figures> {
  const path = join(world.dataDir, 'big.csv')
  const sums = await writeBigFile(path, lines)
  const first = await spawnServer(world, { CROSSDOCK_FAILPOINT: `import.after_batch:${killAtBatch}:kill` })
  const idle = await settled(first)
  const before = watchMemory(first)
  const id = await uploadOrders(first, 'A1', path)
  const checkSeconds = await timed(async () => {
    await start(first, `POST /imports/${id}/check`)
    expect((await reaches(first, id, 'checked')).survey).toMatchObject({
      rows: lines,
      created: sums.orders,
      rejected: 0,
    })
  })
  const killedAfter = await timed(async () => {
    await start(first, `POST /imports/${id}/run`)
    expect(await first.ended).toBe('SIGKILL')
  })
  const row = await one(world, 'select created, checkpoint, state from intake.imports where id = $1', [id])
  const there = await one(world, 'select count(*) as orders from orders.orders where import_id = $1', [id])
  expect({ ...row, ...there }).toEqual({
    state: 'running',
    created: killAtBatch * 500,
    checkpoint: killAtBatch * 500,
    orders: killAtBatch * 500,
  })

  const second = await spawnServer(world)
  const after = watchMemory(second)
  const resumedFor = await timed(async () => {
    expect(await reaches(second, id, 'done')).toMatchObject({ created: sums.orders, unchanged: 0, rejected: 0 })
  })
  const importPeakMb = Math.max(before.stop(), after.stop())
  expect(
    await one(
      world,
      `select count(distinct o.id) as orders, count(*) as lines, sum(l.quantity) as quantity, sum(l.quantity * p.unit_price_micros / 10000)::bigint as gross
         from orders.orders o join orders.lines l on l.order_id = o.id join orders.line_amounts p on p.line_id = l.id where o.import_id = $1`,
      [id],
    ),
  ).toEqual(sums)

  const memory = watchMemory(second)
  const file = await exportAll(second, 'A1')
  expect({ lines: file.lines, quantity: file.quantity }).toEqual({ lines: sums.lines, quantity: sums.quantity })
  expect(file.trailers).toMatchObject({
    'crossdock-lines': String(sums.lines),
    'repr-digest': `sha-256=:${file.sha256}:`,
  })
  const exportPeakMb = memory.stop()
  await second.kill('SIGTERM')
  return {
    idleMb: idle,
    importPeakMb,
    checkSeconds,
    runSeconds: killedAfter + resumedFor,
    ordersASecond: Math.round(sums.orders / (killedAfter + resumedFor)),
    exportSeconds: file.seconds,
    linesASecond: Math.round(sums.lines / file.seconds),
    exportPeakMb,
  }
}

/** Uploads a file from the disk as the page does; returns the import. */
export async function uploadOrders(server: Spawned, who: Name, path: string): Promise<string> {
  const body = new FormData()
  body.set('kind', 'orders')
  body.set('file', await openAsBlob(path), 'orders.csv')
  const headers = { cookie: `${cookieName}=${tokenOf(who)}` }
  const answer = await fetch(`${server.url}/api/v1/imports`, { method: 'POST', headers, body })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { id: string }).id
}

/** Exports everything, as a stream: counts lines and adds up quantities, without keeping the file. */
export async function exportAll(server: Spawned, who: Name) {
  const columns = [
    'quantity',
    'order_number',
    'order_date',
    'recipient',
    'address_1',
    'city',
    'country',
    'sku',
    'unit_price',
  ]
  const began = performance.now()
  const answer = await post(server, '/orders/export', who, { columns: columns.map((key) => ({ key })) })
  expect(answer.statusCode).toBe(200)
  const hash = createHash('sha256')
  let [lines, quantity, rest] = [-1, 0, '']
  for await (const piece of answer) {
    hash.update(piece)
    const rows = (rest + piece.toString('latin1')).split('\n')
    rest = rows.pop()!
    for (const text of rows) if (++lines > 0) quantity += Number.parseInt(text, 10)
  }
  const seconds = (performance.now() - began) / 1000
  return { lines, quantity, seconds, sha256: hash.digest('base64'), trailers: answer.trailers }
}

const post = (server: Spawned, path: string, who: Name, body: object) =>
  new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    const headers = { cookie: `${cookieName}=${tokenOf(who)}`, 'content-type': 'application/json', connection: 'close' }
    request(`${server.url}/api/v1${path}`, { method: 'POST', headers }, resolve)
      .on('error', reject)
      .end(JSON.stringify(body))
  })

async function start(server: Spawned, call: string): Promise<void> {
  const answer = await server.as('A1', call)
  expect([call, answer.status]).toEqual([call, 202])
}

/** Waits until an import is in a state; one that failed ends the waiting. */
export async function reaches(server: Spawned, id: string, state: string, who: Name = 'A1') {
  for (;;) {
    const answer = await server.as(who, `GET /imports/${id}`)
    const body = (await answer.json()) as { state: string; survey: unknown }
    if (body.state === state) return body
    if (body.state === 'failed') throw new Error(JSON.stringify(body))
    await wait(200)
  }
}

const one = async (world: World, query: string, values: unknown[]) => (await world.owner.query(query, values)).rows[0]

export async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

const megabytes = (server: Spawned) => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0 // it is gone
  }
}

/** What a server takes when nobody asks anything. */
export async function settled(server: Spawned): Promise<number> {
  await wait(3000)
  return megabytes(server)
}

/** Looks at the memory of a server five times a second; `stop` returns the most it took, in MB. */
export function watchMemory(server: Spawned) {
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, megabytes(server))
  }, 200)
  return {
    stop() {
      clearInterval(timer)
      return Math.max(peak, megabytes(server))
    },
  }
}
