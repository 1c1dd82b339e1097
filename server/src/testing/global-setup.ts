import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { roles } from '#access'
import { type Login, type LoginName, logins, type Target } from '#kernel/db/pools.ts'
import { type Prepared, prepare } from '#kernel/db/prepare.ts'
import { readDatabaseUrl } from '../platform/database-url.ts'
import { openPostgres } from '../platform/postgres/index.ts'
import { seedCast } from './cast.ts'
import { describeServer } from './describe-server.ts'

/** What each test file needs to clone a database of its own from the template. */
export interface TestServer {
  /** The way to PostgreSQL itself. */
  admin: Omit<Target, 'database'> & Login
  /** Where the program's pools connect to: the same, or a connection pooler in front. */
  pooled: Omit<Target, 'database'>
  logins: Record<LoginName, Login>
  template: string
  /** Every database of this run begins so, and is removed after it. */
  prefix: string
}
declare module 'vitest' {
  interface ProvidedContext {
    server: TestServer
  }
}

export const secret = 'a secret for tests only, never elsewhere'

/**
 * One PostgreSQL for a whole run: the embedded one in a folder of its own, without durability, gone afterwards; or, by
 * `npm run test:postgres`, one that is given. There the run leaves nothing behind either.
 */
export default async function setup(project: TestProject) {
  const { admin, pooled, release } = process.env.TEST_DATABASE_URL
    ? await given(process.env.TEST_DATABASE_URL, process.env.TEST_DATABASE_DIRECT_URL)
    : await embedded()
  const { prepared, ...server } = await makeTemplate(admin, pooled)
  project.provide('server', server)
  return async () => {
    if (process.env.TEST_DATABASE_URL) await clear(admin, server.prefix, prepared)
    await release()
  }
}

/** Makes the database that worlds are cloned from, with the cast in it. */
export async function makeTemplate(
  admin: TestServer['admin'],
  pooled: TestServer['pooled'],
): Promise<TestServer & { prepared: Prepared }> {
  const prefix = `cd_test_${randomBytes(4).toString('hex')}_`
  const template = `${prefix}template`
  const prepared = await prepare({ ...admin, database: template }, secret, roles, { isTest: true })
  await seedCast(prepared)
  const entries = logins.map((name) => [name, prepared.login(name)] as const)
  const all = Object.fromEntries(entries) as Record<LoginName, Login>
  return { admin, pooled, logins: all, template, prefix, prepared }
}

async function embedded() {
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-test-'))
  // Started by root, PostgreSQL runs as somebody else, who must be able to pass through.
  await chmod(folder, 0o711)
  const { server, release } = await openPostgres(folder, () => {}, { fast: true })
  return {
    admin: server,
    pooled: { host: server.host, port: server.port },
    release: async () => {
      await release()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function given(url: string, directUrl = url) {
  const { database: _, ...admin } = readDatabaseUrl(directUrl)
  const { host, port, ssl } = readDatabaseUrl(url)
  for (const line of await describeServer(url, directUrl)) console.log(line)
  return { admin, pooled: { host, port, ...(ssl ? { ssl } : {}) }, release: async () => {} }
}

/** Databases that a broken test left behind go too; roles belong to the whole server and go last. */
async function clear(admin: TestServer['admin'], prefix: string, prepared: Prepared) {
  const client = new pg.Client({ ...(admin as pg.ClientConfig), database: 'postgres' })
  await client.connect()
  const { rows } = await client.query('select datname from pg_database where starts_with(datname, $1)', [prefix])
  for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
  for (const name of logins) await client.query(`drop role if exists ${prepared.login(name).user}`)
  await client.end()
}
