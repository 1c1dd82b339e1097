import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openPostgres, type Server } from './index.ts'
import { readPidFile } from './postmaster.ts'
import { processesIn } from './processes.ts'

let base: string
const opened: Awaited<ReturnType<typeof openPostgres>>[] = []
async function open(dataDir: string) {
  const one = await openPostgres(dataDir, () => {})
  opened.push(one)
  return one
}
const clusterOf = (dataDir: string) => join(realpathSync(join(dataDir, 'postgres')), 'cluster')
const patience = { timeout: 15_000, interval: 20 }

async function ask(server: Server, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ ...server, ssl: undefined, database: 'postgres' })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'crossdock-postgres-'))
  // Others may pass through, as in a data folder.
  await chmod(base, 0o711)
})
afterAll(async () => {
  for (const one of opened) await one.release()
  await rm(base, { recursive: true, force: true })
})

describe('the embedded PostgreSQL', () => {
  let dataDir: string
  beforeAll(() => {
    dataDir = join(base, 'a folder, with "signs"')
  })

  it('starts in a new folder, answers through its socket alone, and stops when released', async () => {
    const { server, release } = await open(dataDir)
    const facts = await ask(
      server,
      `select current_setting('server_encoding'), current_setting('data_checksums'),
              current_setting('listen_addresses'), current_setting('password_encryption'),
              datlocprovider::text || ' ' || datlocale
         from pg_database where datname = 'postgres'`,
    )
    expect(facts).toEqual(['UTF8', 'on', '', 'scram-sha-256', 'b C.UTF-8'])
    expect(statSync(server.host).mode & 0o777).toBe(0o700)
    await expect(ask({ ...server, password: 'wrong' }, 'select 1')).rejects.toThrow('password authentication failed')
    await release()
    expect(processesIn(clusterOf(dataDir))).toEqual([])
  })

  it.skipIf(process.getuid?.() !== 0)('runs as another user when started by root', async () => {
    const { release } = await open(dataDir)
    const owner = statSync(`/proc/${readPidFile(clusterOf(dataDir))?.pid}`).uid
    expect(owner).toBe(statSync(clusterOf(dataDir)).uid)
    expect(owner).not.toBe(0)
    await release()
  })

  it('is shared by all who open it, even at once, and outlives the one who started it', async () => {
    const three = await Promise.all([open(dataDir), open(dataDir), open(dataDir)])
    const pid = readPidFile(clusterOf(dataDir))?.pid
    await three[0].release()
    await three[1].release()
    expect(await ask(three[2].server, 'select 1')).toEqual([1])
    expect(readPidFile(clusterOf(dataDir))?.pid).toBe(pid)
    await three[2].release()
    expect(processesIn(clusterOf(dataDir))).toEqual([])
  })

  it('comes back by itself after kill -9, with all that was committed', async () => {
    const { server, release } = await open(dataDir)
    await ask(server, 'create table kept (n int)')
    await ask(server, 'insert into kept values (7)')
    const pid = readPidFile(clusterOf(dataDir))!.pid
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(async () => expect(await ask(server, 'select n from kept')).toEqual([7]), patience)
    expect(readPidFile(clusterOf(dataDir))?.pid).not.toBe(pid)
    await release()
  })

  it('starts again beside a backend that is still busy after kill -9', async () => {
    const first = await open(dataDir)
    const busy = ask(first.server, `do $$ begin loop end loop; end $$`).catch(() => {})
    await vi.waitFor(
      async () =>
        expect(await ask(first.server, `select count(*) from pg_stat_activity where query like 'do %'`)).toEqual(['1']),
      patience,
    )
    process.kill(readPidFile(clusterOf(dataDir))!.pid, 'SIGKILL')
    const second = await open(dataDir)
    expect(await ask(second.server, 'select n from kept')).toEqual([7])
    await busy
    await first.release()
    await second.release()
  })

  it('that a killed server left running is found, used and stopped by the next one', async () => {
    const script = `import { openPostgres } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))}
      await openPostgres(${JSON.stringify(dataDir)}, () => {})
      process.stdout.write('open'); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    const pid = readPidFile(clusterOf(dataDir))?.pid
    child.kill('SIGKILL')
    await once(child, 'exit')
    const { server, release } = await open(dataDir)
    expect(readPidFile(clusterOf(dataDir))?.pid).toBe(pid)
    expect(await ask(server, 'select n from kept')).toEqual([7])
    await release()
    expect(processesIn(clusterOf(dataDir))).toEqual([])
  })

  it('starts although an old postmaster.pid names a process of somebody else', async () => {
    const stranger = spawn('sleep', ['60'], { ...userOf(clusterOf(dataDir)), cwd: '/' })
    const lines = [stranger.pid, clusterOf(dataDir), 1, 5432, '/nowhere', '', '  5432 1', 'ready']
    writeFileSync(join(clusterOf(dataDir), 'postmaster.pid'), `${lines.join('\n')}\n`)
    const { server, release } = await open(dataDir)
    expect(await ask(server, 'select n from kept')).toEqual([7])
    await release()
    expect(stranger.exitCode).toBeNull()
    stranger.kill()
  })

  it('says what to do when another major version made the folder', async () => {
    const file = join(clusterOf(dataDir), 'PG_VERSION')
    const before = readFileSync(file, 'utf8')
    writeFileSync(file, '17\n')
    await expect(open(dataDir)).rejects.toThrow(/was made by PostgreSQL 17, and this Crossdock brings 18/)
    writeFileSync(file, before)
    await (await open(dataDir)).release()
  })
})

it('keeps the path of its socket short however deep the data folder lies', async () => {
  const dataDir = join(base, 'deep'.repeat(20), 'deeper'.repeat(10))
  mkdirSync(dataDir, { recursive: true })
  const { server, release } = await open(dataDir)
  expect(Buffer.byteLength(join(server.host, '.s.PGSQL.5432'))).toBeLessThan(100)
  expect(await ask(server, 'select 1')).toEqual([1])
  await release()
  rmSync(server.host, { recursive: true })
})

it('makes a cluster whole or not at all: what a broken start left behind is no cluster', async () => {
  const dataDir = join(base, 'broken')
  mkdirSync(join(dataDir, 'postgres', 'draft-0000'), { recursive: true })
  writeFileSync(join(dataDir, 'postgres', 'draft-0000', 'PG_VERSION'), '18\n')
  const { server, release } = await open(dataDir)
  expect(await ask(server, 'select 1')).toEqual([1])
  expect(existsSync(join(dataDir, 'postgres', 'draft-0000'))).toBe(false)
  await release()
})

function userOf(path: string) {
  const { uid, gid } = statSync(path)
  return { uid, gid }
}
