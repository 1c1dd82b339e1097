import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'
import { hasTable, inTransaction } from './client.ts'

/** A file of db/migrations as this program has it. */
export interface Migration {
  name: string
  sha256: string
  text: string
}
/** A migration as a database, or a backup of one, remembers it. */
export type Applied = Pick<Migration, 'name' | 'sha256'>

/** The migrations of a folder, in the order in which they apply: that of their names. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { name, sha256: createHash('sha256').update(text).digest('hex'), text }
    }),
  )
}

/** What was applied to a database; nothing where it is new. */
export async function appliedMigrations(client: Client): Promise<Applied[]> {
  if (!(await hasTable(client, 'migrations.applied'))) return []
  return (await client.query<Applied>('select name, sha256 from migrations.applied order by name')).rows
}

/**
 * The migrations that are still to be applied.
 * @throws Error with a sentence when an applied one was changed since, or `what` is newer than this program
 */
export function pendingMigrations(
  migrations: readonly Migration[],
  applied: readonly Applied[],
  what = 'database',
): Migration[] {
  const newer = applied.filter(({ name }) => !migrations.some((migration) => migration.name === name))
  if (newer.length > 0)
    throw new Error(
      `The ${what} is newer than this program (it knows ${newer.map(({ name }) => name).join(', ')}). Start the newer version.`,
    )
  const sums = new Map(applied.map(({ name, sha256 }) => [name, sha256]))
  const changed = migrations.find(({ name, sha256 }) => sums.has(name) && sums.get(name) !== sha256)
  if (changed)
    throw new Error(
      `The migration ${changed.name} was changed after it was applied to this ${what}. Restore the file as it was released.`,
    )
  return migrations.filter(({ name }) => !sums.has(name))
}

/** Applies migrations in the transaction that the caller has begun. */
export async function applyMigrations(
  client: Client,
  migrations: readonly Migration[],
  localised: (sql: string) => string,
): Promise<void> {
  await client.query('create schema if not exists migrations')
  await client.query(
    'create table if not exists migrations.applied (name text primary key, sha256 text not null, at timestamptz not null default now())',
  )
  for (const { name, sha256, text } of migrations) {
    await client.query(localised(text))
    await client.query('insert into migrations.applied (name, sha256) values ($1, $2)', [name, sha256])
  }
}

/**
 * Applies what is pending, forward only, each file in a transaction of its own, under a lock: where one fails, those
 * before it stay, and the next start goes on with it.
 * @param before is awaited once, before the first of them, with the owner's connection
 * @throws Error with a sentence when an applied file was changed, or the database is newer than this program
 */
export async function migrate(
  client: Client,
  migrations: readonly Migration[],
  localised: (sql: string) => string,
  {
    log = () => {},
    before,
  }: { log?: (line: string) => void; before?: (pending: string[]) => Promise<void> | undefined } = {},
): Promise<void> {
  await client.query("select pg_advisory_lock(hashtext('crossdock migrations'))")
  try {
    const pending = pendingMigrations(migrations, await appliedMigrations(client))
    if (pending.length > 0) await before?.(pending.map(({ name }) => name))
    for (const migration of pending) {
      await inTransaction(client, () => applyMigrations(client, [migration], localised))
      log(`applied ${migration.name}`)
    }
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('crossdock migrations'))").catch(() => {})
  }
}
