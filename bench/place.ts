import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { roles } from '../server/src/access/roles.ts'
import type { Login, Target } from '../server/src/kernel/db/pools.ts'
import { type Prepared, prepare } from '../server/src/kernel/db/prepare.ts'
import { hashToken } from '../server/src/kernel/tokens.ts'
import { openPostgres } from '../server/src/platform/postgres/index.ts'
import { members, type People, type Who } from './people.ts'

export const secret = 'a secret for the bench only'

/** A database with everything in its place, on the PostgreSQL that the product brings, with its durability. */
export interface Place {
  dataDir: string
  admin: Target & Login
  prepared: Prepared
  /** A connection of the superuser's: no policy binds it. */
  openAdmin(): Promise<pg.Client>
  close(): Promise<void>
}

/** @param kept a folder that stays, with what was loaded into it; without one all is gone afterwards */
export async function openPlace(kept: string | undefined): Promise<Place> {
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'crossdock-bench-'))
  mkdirSync(dataDir, { recursive: true })
  chmodSync(dataDir, 0o711)
  const { server, release } = await openPostgres(dataDir, console.error)
  const admin = {
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
    database: 'crossdock',
  }
  const prepared = await prepare(admin, secret, roles)
  return {
    dataDir,
    admin,
    prepared,
    async openAdmin() {
      const client = new pg.Client(admin)
      client.on('error', () => {})
      await client.connect()
      return client
    },
    async close() {
      await release()
      if (kept === undefined) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A connection that is in a transaction as one of the people, under all policies. */
export async function openAs(place: Place, people: People, who: Who): Promise<pg.Client> {
  const client = new pg.Client({
    ...place.prepared.target,
    ...place.prepared.login(members[who].audience),
  } as pg.ClientConfig)
  client.on('error', () => {})
  await client.connect()
  await client.query('begin')
  await enterAs(client, people, who)
  return client
}

export const enterAs = (client: pg.Client, people: People, who: Who) =>
  client.query({
    name: 'enter',
    text: 'select app.enter($1, $2, $3)',
    values: [hashToken(people.tokens[who]), 'key', null],
  })

/** What a kept folder knows of itself: the people of the account, for the next run. */
export function remembered<T>(place: Place): T | undefined {
  const file = join(place.dataDir, 'bench.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined
}
export const remember = (place: Place, value: object) =>
  writeFileSync(join(place.dataDir, 'bench.json'), JSON.stringify(value))

export interface Started {
  port: number
  process: ChildProcess
  /** From the start of the process to its being ready, in ms. */
  startedIn: number
  stop(): Promise<void>
}

/** Starts a program that prints a line with `ready` when it answers on its port. */
export async function startProgram(script: string, env: Record<string, string>): Promise<Started> {
  const port = await freePort()
  const began = performance.now()
  const extra = process.env.BENCH_NODE_OPTIONS?.split(' ') ?? []
  const child = spawn(
    process.execPath,
    [...(script.endsWith('main.ts') ? extra : []), join(import.meta.dirname, script)],
    {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const ended = once(child, 'exit')
  let output = ''
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (output.includes('ready')) resolve()
    })
  })
  await Promise.race([
    ready,
    ended.then(() => {
      throw new Error(`${script} ended before it was ready:\n${output}`)
    }),
  ])
  return {
    port,
    process: child,
    startedIn: performance.now() - began,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Memory of a process that is held in RAM, in bytes; Linux only. */
export function residentBytes(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(line?.[1] ?? 0) * 1024
}
