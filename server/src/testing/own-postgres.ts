import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { prepareBinaries } from '../platform/postgres/binaries.ts'
import { openHome } from '../platform/postgres/home.ts'
import { as, give, type Runner } from '../platform/postgres/runner.ts'
import { freePort } from './free-port.ts'

const DEBIAN = '/usr/lib/postgresql/15/bin'
export const hasDebian = existsSync(join(DEBIAN, 'postgres'))
export const hasPgBouncer = existsSync('/usr/sbin/pgbouncer')

/** A PostgreSQL like an operator's: reached by TCP, with its superuser's address. */
export interface OwnPostgres {
  url: string
  port: number
  /** Its data folder and its log. */
  data: string
  log: string
  runner: Runner
  /** Ends it; by SIGKILL as a power cut would. */
  end(signal?: NodeJS.Signals): Promise<void>
  start(settings?: string[]): Promise<void>
  /** Ends it and removes all it had. */
  remove(): Promise<void>
}

/**
 * Makes and starts a cluster in a folder of its own, on a free port of this machine.
 * @param kind Debian's PostgreSQL 15, or the one that came with npm
 * @param settings such as `fsync=off`; @param initdb options of initdb, such as `--data-checksums`
 * @param inside the folder to make its folder in
 */
export async function startOwnPostgres(
  kind: 'debian' | 'bundled',
  settings: string[] = [],
  { initdb = [] as string[], inside = tmpdir() } = {},
): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(inside, 'crossdock-own-'))
  chmodSync(folder, 0o711)
  const home = openHome(folder, () => {})
  const bundled = prepareBinaries(home)
  const { program, env } =
    kind === 'bundled'
      ? bundled
      : { program: (name: string) => join(DEBIAN, name), env: { ...bundled.env, LD_LIBRARY_PATH: '' } }
  const port = await freePort()
  const data = join(home.path, 'own')
  const log = join(home.path, 'log')
  const passwordFile = join(home.path, 'password')
  writeFileSync(passwordFile, 'boss', { mode: 0o600 })
  give(home.runner, passwordFile)
  const made = spawnSync(
    program('initdb'),
    [
      '-D',
      data,
      '-U',
      'boss',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      ...initdb,
    ],
    { ...as(home.runner), env, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
  const url = `postgresql://boss:boss@127.0.0.1:${port}/postgres`
  let child: ChildProcess
  const start = async (more = settings) => {
    const options = ['listen_addresses=127.0.0.1', `unix_socket_directories=`, 'max_connections=200', ...more]
    child = spawn(
      'sh',
      [
        '-c',
        'exec "$0" "$@" >>"$LOG" 2>&1',
        program('postgres'),
        '-D',
        data,
        '-p',
        String(port),
        ...options.flatMap((option) => ['-c', option]),
      ],
      { ...as(home.runner), env: { ...env, LOG: log }, stdio: 'ignore' },
    )
    for (let tries = 0; !(await answers(url)); tries++) {
      if (child.exitCode !== null || tries > 600)
        throw new Error(`PostgreSQL: ${readFileSync(log, 'utf8').slice(-2000)}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const end = async (signal: NodeJS.Signals = 'SIGINT') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  await start()
  return {
    url,
    port,
    data,
    log,
    runner: home.runner,
    end,
    start,
    remove: async () => {
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Starts Debian's PgBouncer in transaction mode in front of a cluster; its logins are looked up there. */
export async function startPgBouncer(server: OwnPostgres): Promise<{ url: string; remove(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-pgbouncer-'))
  const port = await freePort()
  writeFileSync(join(folder, 'users.txt'), '"boss" "boss"\n')
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=127.0.0.1 port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${folder}/users.txt
auth_user = boss
auth_query = select usename, passwd from pg_catalog.pg_shadow where usename = $1
pool_mode = transaction
max_client_conn = 1000
default_pool_size = 10
server_idle_timeout = 5
logfile = ${folder}/log
`,
  )
  if (server.runner)
    for (const path of [folder, `${folder}/users.txt`, `${folder}/pgbouncer.ini`])
      chownSync(path, server.runner.uid, server.runner.gid)
  const child = spawn('/usr/sbin/pgbouncer', ['-q', join(folder, 'pgbouncer.ini')], {
    ...as(server.runner),
    stdio: 'ignore',
  })
  const url = `postgresql://boss:boss@127.0.0.1:${port}/postgres`
  for (let tries = 0; !(await answers(url)); tries++) {
    if (child.exitCode !== null || tries > 100)
      throw new Error(`PgBouncer: ${readFileSync(join(folder, 'log'), 'utf8')}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    remove: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
