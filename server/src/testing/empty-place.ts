import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { readInstallationId } from '#kernel/db/located.ts'
import { type Login, logins, type Target } from '#kernel/db/pools.ts'
import { secret } from './global-setup.ts'
import { urlOf } from './world.ts'

/** An empty database on the tests' PostgreSQL and an empty folder, where something may be restored into. */
export interface EmptyPlace {
  admin: Target & Login
  databaseUrl: string
  dataDir: string
  /** A superuser's eye on the database, which no policy binds. */
  look<Row>(statement: string): Promise<Row[]>
  close(): Promise<void>
}

export async function emptyPlace(): Promise<EmptyPlace> {
  const server = inject('server')
  const admin = { ...server.admin, database: `${server.prefix}${randomBytes(6).toString('hex')}` }
  const root = new pg.Client({ ...(server.admin as pg.ClientConfig), database: 'postgres' })
  await root.connect()
  await root.query(`create database ${admin.database}`)
  const dataDir = await mkdtemp(join(tmpdir(), 'crossdock-empty-'))
  return {
    admin,
    dataDir,
    databaseUrl: urlOf(server.admin, admin.database),
    look: (statement) => lookInto(admin, statement),
    async close() {
      const installation = await readInstallationId(root, admin.database)
      await root.query(`drop database ${admin.database} with (force)`)
      for (const name of installation ? logins : []) await root.query(`drop role if exists cd_${installation}_${name}`)
      await root.end()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** What a superuser reads in a database. */
export async function lookInto<Row>(admin: Target & Login, statement: string): Promise<Row[]> {
  const client = new pg.Client(admin as pg.ClientConfig)
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

/** Runs a command of the command line as an operator does, in a process of its own. */
export function crossdock(
  place: { databaseUrl: string; dataDir: string },
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const settings = { DATABASE_URL: place.databaseUrl, DATA_DIR: place.dataDir, CROSSDOCK_SECRET: secret, DEMO: '0' }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, '../cli.ts'), ...args],
      { env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings, ...env } },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}
