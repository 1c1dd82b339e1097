/**
 * `npm run bench [-- --full] [-- --sizes 10000,100000] [-- --keep FOLDER]`: how fast the product is, against plain SQL on the
 * same tables and a bare Node server with the same SQL, in one run. How to read it: README.md here.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { inDatabase } from './in-database.ts'
import { load } from './load.ts'
import { machine, scriptsSent } from './machine.ts'
import { addAccounts, type People } from './people.ts'
import {
  openPlace,
  type Place,
  remember,
  remembered,
  residentBytes,
  type Started,
  secret,
  startProgram,
} from './place.ts'
import { keep, type OfSize, print, type Result } from './report.ts'
import { casesOf } from './screens.ts'
import { exportLines, throughHttp } from './through-http.ts'
import { measureWrites } from './writes.ts'

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    sizes: { type: 'string' },
    keep: { type: 'string' },
    batches: { type: 'string', default: '20' },
    results: { type: 'string', default: join(import.meta.dirname, 'results') },
  },
})
const sizes = values.sizes?.split(',').map(Number) ?? [10_000, 100_000, ...(values.full ? [1_000_000] : [])]

const place = await openPlace(values.keep)
try {
  const people = await peopleOf(place)
  const result: Result = { on: machine(), at: new Date().toISOString(), sizes: [], start: await measureStart() }
  for (const size of sizes) {
    console.error(`loading ${size} orders …`)
    await fill(place, size)
    const of = await withServers(place, (ours, bare) => measure(place, ours, bare, people, size, size === sizes.at(-1)))
    result.sizes.push(of)
  }
  print(result)
  console.log(`\n${keep(result, values.results)}`)
} finally {
  await place.close()
}

async function peopleOf(place: Place): Promise<People> {
  const known = remembered<People>(place)
  if (known) return known
  const admin = await place.openAdmin()
  const people = await addAccounts(admin, 200)
  await admin.end()
  remember(place, people)
  return people
}

async function fill(place: Place, size: number): Promise<void> {
  const admin = await place.openAdmin()
  await load(admin, size)
  await admin.end()
}

/** The writes are measured last and at the last size only: they leave what the others are not about. */
async function measure(
  place: Place,
  ours: Started,
  bare: Started,
  people: People,
  orders: number,
  last: boolean,
): Promise<OfSize> {
  const admin = await place.openAdmin()
  const screens: OfSize['screens'] = []
  for (const test of await casesOf(place, admin, people)) {
    console.error(`  ${test.name}`)
    screens.push({
      name: test.name,
      database: await inDatabase(place, people, test),
      http: await throughHttp(ours, bare, people, test),
    })
  }
  await admin.end()
  const exported = await exportLines(place, ours, people)
  const rates = last ? await measureWrites(place, ours, people, Number(values.batches)) : undefined
  return { orders, screens, exported, ...(rates ? { rates } : {}) }
}

function startOurs(): Promise<Started> {
  return startProgram('../server/src/main.ts', {
    DATA_DIR: place.dataDir,
    CROSSDOCK_SECRET: secret,
    DEMO: '0',
    KEY_LIMIT: '0',
  })
}

async function withServers<T>(place: Place, work: (ours: Started, bare: Started) => Promise<T>): Promise<T> {
  const started: Started[] = []
  try {
    started.push(await startOurs())
    started.push(await startProgram('bare.ts', { BENCH_DATABASE: JSON.stringify(place.admin) }))
    return await work(started[0]!, started[1]!)
  } finally {
    for (const each of started) await each.stop()
  }
}

/** A server that has just started and is left alone for five seconds. */
async function measureStart(): Promise<Result['start']> {
  await (await startOurs()).stop() // once before, so that files and code are where a second start finds them
  const server = await startOurs()
  try {
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    return { ms: server.startedIn, idleBytes: residentBytes(server.process.pid!), scriptBytes: scriptsSent() ?? null }
  } finally {
    await server.stop()
  }
}
