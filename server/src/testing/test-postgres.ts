import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { hasDebian, hasPgBouncer, startOwnPostgres, startPgBouncer } from './own-postgres.ts'

const usage = `npm run test:postgres [-- options and words]: unit, API and browser tests on a PostgreSQL of one's own.

  DATABASE_URL          a superuser of a server for tests, 15 or newer; or a connection pooler's address
  DATABASE_DIRECT_URL   the way around the pooler, where there is one
  --debian              start Debian's PostgreSQL 15 for the run (apt-get install postgresql)
  --bundled             start the PostgreSQL that came with npm for the run, reached by TCP
  --pgbouncer           put Debian's PgBouncer in transaction mode in front of it (apt-get install pgbouncer)
  --browser             the browser stories; --api: the unit and API tests. Both, unless one is named
  words                 only the files whose names hold one of them`

const { values, positionals } = parseArgs({
  options: {
    ...Object.fromEntries(
      ['debian', 'bundled', 'pgbouncer', 'browser', 'api', 'help'].map((name) => [name, { type: 'boolean' as const }]),
    ),
  },
  allowPositionals: true,
})

let running: ChildProcess | undefined
/** What is to be undone in the end, last first. */
const undo: (() => Promise<void>)[] = []
try {
  if (values.help) console.log(usage)
  else process.exitCode = await run()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
} finally {
  for (const one of undo.reverse()) await one()
}

async function run(): Promise<number> {
  const { url, directUrl } = values.debian || values.bundled ? await started() : given()
  // Ctrl-C reaches the tests as well: they end, then we clean up.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => running?.kill('SIGTERM'))
  const configs = [
    ...(values.browser && !values.api ? [] : ['vitest.config.ts']),
    ...(values.api && !values.browser ? [] : ['e2e/vitest.config.ts']),
  ]
  let worst = 0
  for (const config of configs) {
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', config, ...positionals]
    const env = { ...process.env, TEST_DATABASE_URL: url, TEST_DATABASE_DIRECT_URL: directUrl }
    running = spawn(process.execPath, args, { env, stdio: 'inherit' })
    const [code] = await once(running, 'exit')
    worst = Math.max(worst, (code as number | null) ?? 1)
  }
  return worst
}

function given() {
  const { DATABASE_URL: url, DATABASE_DIRECT_URL: directUrl = url } = process.env
  if (!url || !directUrl) throw new Error(`DATABASE_URL is not set, so there is no PostgreSQL to test on.\n\n${usage}`)
  return { url, directUrl }
}

async function started() {
  if (values.debian && !hasDebian) throw new Error('There is no PostgreSQL 15 here: apt-get install postgresql')
  if (values.pgbouncer && !hasPgBouncer) throw new Error('There is no PgBouncer here: apt-get install pgbouncer')
  const server = await startOwnPostgres(values.debian ? 'debian' : 'bundled', ['fsync=off', 'synchronous_commit=off'])
  undo.push(server.remove)
  if (!values.pgbouncer) return { url: server.url, directUrl: server.url }
  const pooler = await startPgBouncer(server)
  undo.push(pooler.remove)
  return { url: pooler.url, directUrl: server.url }
}
