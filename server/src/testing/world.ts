import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { closePools, openPools } from '#kernel/db/pools.ts'
import { type Tx, write } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import { Buckets, type Limit, type Limits } from '#kernel/rate-limit.ts'
import { Seen } from '#kernel/seen.ts'
import { hashToken } from '#kernel/tokens.ts'
import { buildApp } from '../app.ts'
import { cast, cookieName, doorOf, type Name, portal, tokenOf } from './cast.ts'
import { checkAnswer } from './check-answer.ts'
import { secret, type TestServer } from './global-setup.ts'
import { runJob } from './run-job.ts'

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came back
  body: any
  text: string
  /** The same as bytes, for what is no text. */
  raw: Buffer
  headers: Record<string, unknown>
  /** The answer as an outsider compares it: without date and request id. */
  bare: string
}

/** A whole server in process, on a database of its own that begins with the cast. */
export interface World {
  app: FastifyInstance
  deps: Deps
  /** Sends a request as one of the cast, or as nobody (null), through HTTP in process: a client at his portal, anybody else at the desk. */
  as(who: Name | null, call: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Works as one of the cast in a write transaction, below the routes: for laying out a scene and for attacks by SQL. */
  work<T>(who: Name, work: (tx: Tx) => Promise<T>): Promise<T>
  /** The owner's eye: sees every row of every account. */
  owner: pg.Client
  /** How a process of its own reaches this world's database, as its administrator. */
  databaseUrl: string
  /** The same as the program's pools reach it: through a connection pooler, where the run has one. */
  pooledUrl: string
  /** The folder that holds the world's files. */
  dataDir: string
  /** Runs every queued job, including those that jobs put in, until none is left. */
  drain(): Promise<void>
}

const unlimited: Limit = { perSecond: 0, burst: 0 }

interface WorldOptions {
  /** How often a key or a session may ask; left out: as often as it likes. */
  limits?: Limits
  now?: () => Date
  poolSize?: number
  publicUrl?: string
  /** Another server than that of the run. */
  server?: TestServer
  /** What stands between this world and its database, the queue's connections included. */
  network?: { host: string; port: number }
}

export async function openWorld(options: WorldOptions = {}): Promise<World & { close(): Promise<void> }> {
  const server = options.server ?? inject('server')
  const database = `${server.prefix}${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ ...server.admin, database: 'postgres' } as pg.ClientConfig)
  // A test may end the server itself.
  admin.on('error', () => {})
  await admin.connect()
  await admin.query(`create database ${database} template ${server.template}`)
  await admin.query(`revoke temporary on database ${database} from public`)
  const { user: _user, password: _password, ...direct } = { ...server.admin, database }
  const pooled = { ...server.pooled, ...options.network, database }
  const dataDir = await mkdtemp(join(tmpdir(), 'crossdock-data-'))
  await mkdir(join(dataDir, 'files'))
  const deps: Deps = {
    pools: openPools(
      pooled,
      (name) => server.logins[name],
      options.poolSize ?? Number(process.env.CROSSDOCK_TEST_POOL ?? 2),
      { ...direct, ...options.network },
    ),
    secret,
    publicUrl: options.publicUrl ?? 'http://crossdock.test',
    dataDir,
    filesDir: join(dataDir, 'files'),
    smtpUrl: undefined,
    mailFrom: undefined,
    buckets: new Buckets(options.limits ?? { key: unlimited, web: unlimited }),
    seen: new Seen(),
    now: options.now ?? (() => new Date()),
  }
  const app = await buildApp(deps)
  const owner = new pg.Client({ ...direct, ...server.logins.owner } as pg.ClientConfig)
  await owner.connect()
  return {
    app,
    deps,
    owner,
    databaseUrl: urlOf(server.admin, database),
    pooledUrl: urlOf({ ...server.admin, ...server.pooled }, database),
    dataDir,
    as: (who, call, body, headers) => send(app, who, call, body, headers),
    work: (who, work) =>
      write(
        deps.pools[cast[who].audience],
        { tokenHash: hashToken(tokenOf(who)), purpose: isKey(who) ? 'key' : 'web', door: doorOf(who) },
        null,
        work,
      ),
    async drain() {
      for (;;) {
        const { rows } = await owner.query<{ account_id: string; id: string }>(
          "select account_id, id from jobs.jobs where state = 'queued' order by created_at, id limit 1",
        )
        if (!rows[0]) return
        await runJob(deps, rows[0].account_id, rows[0].id)
      }
    },
    async close() {
      await app.close()
      await owner.end()
      await closePools(deps.pools)
      await admin.query(`drop database ${database} with (force)`)
      await admin.end()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** `host` may be the folder of a socket, which has no place in the authority of a URL. */
export function urlOf(admin: { host: string; port: number; user: string; password: string }, database: string): string {
  const url = new URL(`postgresql://localhost:${admin.port}/${database}`)
  url.username = encodeURIComponent(admin.user)
  url.password = encodeURIComponent(admin.password)
  url.searchParams.set('host', admin.host)
  return url.href
}

/** A world for a test file, opened before its tests and closed after them. */
export function useWorld(layOut: (world: World) => Promise<void> = async () => {}, options: WorldOptions = {}): World {
  const holder = {} as World & { close(): Promise<void> }
  beforeAll(async () => {
    Object.assign(holder, await openWorld(options))
    await layOut(holder)
  })
  afterAll(() => holder.close?.())
  return holder
}

/** The header of an edit that is based on this version. */
export const at = (version: number) => ({ 'if-match': `"${version}"` })

const isKey = (who: Name) => 'kind' in cast[who]
const isClient = (who: Name) => cast[who].audience === 'client'

async function send(
  app: FastifyInstance,
  who: Name | null,
  call: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const [method, path] = call.split(' ') as [InjectOptions['method'], string]
  const identity: Record<string, string> =
    who === null
      ? {}
      : isKey(who)
        ? { authorization: `Bearer ${tokenOf(who)}` }
        : { cookie: `${isClient(who) ? portal.cookie : cookieName}=${tokenOf(who)}` }
  const isWhole = path.startsWith('/api') || path.startsWith('/p/') || path.startsWith('//')
  const response = await app.inject({
    method: method!,
    url: `${who && isClient(who) ? portal.base : ''}${isWhole ? path : `/api/v1${path}`}`,
    headers: { ...identity, ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  })
  const given = { status: response.statusCode, text: response.payload, headers: response.headers }
  checkAnswer(method!, response.raw.req.url ?? '', given)
  const isJson = /json/.test(String(response.headers['content-type']))
  const { date: _date, 'x-request-id': _id, ...kept } = response.headers
  return {
    status: response.statusCode,
    body: isJson && response.payload !== '' ? response.json() : undefined,
    text: response.payload,
    raw: response.rawPayload,
    headers: response.headers,
    bare: JSON.stringify({
      status: response.statusCode,
      headers: kept,
      body: response.payload.replace(/"requestId":"[^"]*"/, ''),
    }),
  }
}
