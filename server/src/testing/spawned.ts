import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { cast, type Name, portal, tokenOf } from './cast.ts'
import { freePort } from './free-port.ts'
import { secret } from './global-setup.ts'
import type { World } from './world.ts'

/** A real server process: what an operator starts, on the database and the files of a world. */
export interface Spawned {
  url: string
  process: ChildProcess
  /** What it printed so far, both streams. */
  output(): string
  /** Sends a request as one of the cast, through the network. */
  as(who: Name | null, call: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  /** Resolves to the signal or exit code it ended with. */
  ended: Promise<NodeJS.Signals | number | null>
  /** Ends it, by SIGKILL unless told otherwise, and waits until it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>
}

/**
 * Starts `main.ts` as a process of its own and waits until it is ready, or has ended before it was.
 * @param env settings beyond those that lead it to the world; a failpoint, say
 */
export async function spawnServer(world: World, env: Record<string, string> = {}): Promise<Spawned> {
  await nameInstallation(world)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts')], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: world.pooledUrl,
      DATABASE_DIRECT_URL: world.databaseUrl,
      DATA_DIR: world.dataDir,
      CROSSDOCK_SECRET: secret,
      PORT: String(port),
      DEMO: '0',
      KEY_LIMIT: '0',
      SESSION_LIMIT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as NodeJS.Signals | number | null)
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        if (output.includes('Crossdock is ready on')) resolve()
      })
    }
  })
  await Promise.race([ready, ended])
  return {
    url,
    process: child,
    output: () => output,
    ended,
    as: (who, call, body, headers) => ask(url, who, call, body, headers),
    async kill(signal = 'SIGKILL') {
      child.kill(signal)
      await ended
    },
  }
}

async function ask(url: string, who: Name | null, call: string, body?: unknown, headers: Record<string, string> = {}) {
  const [method, path] = call.split(' ') as [string, string]
  const isClient = who !== null && cast[who].audience === 'client'
  const identity: Record<string, string> =
    who === null
      ? {}
      : 'kind' in cast[who]
        ? { authorization: `Bearer ${tokenOf(who)}` }
        : { cookie: `${isClient ? portal.cookie : 'crossdock_session'}=${tokenOf(who)}` }
  return await fetch(`${url}${isClient ? portal.base : ''}${path.startsWith('/api') ? path : `/api/v1${path}`}`, {
    method,
    headers: { ...identity, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** A cloned database has no comment, where a server finds which installation it is. */
export async function nameInstallation(world: World) {
  const { rows } = await world.owner.query<{ id: string }>('select id from app.installation')
  const admin = new pg.Client({ ...inject('server').admin, database: 'postgres' } as pg.ClientConfig)
  await admin.connect()
  await admin.query(`comment on database ${world.owner.database} is 'crossdock ${rows[0]!.id}'`)
  await admin.end()
}
