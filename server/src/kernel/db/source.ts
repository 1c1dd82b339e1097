import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Migration, readMigrations } from './migrate.ts'

/** A role that every account has; the access slice says which. */
export interface BuiltInRole {
  slug: string
  name: string
  audience: string
  permissions: readonly string[]
  switches?: readonly string[]
  beginsOn?: readonly string[]
}

const repository = join(import.meta.dirname, '../../../..')
export const migrationsFolder = join(repository, 'db/migrations')

/** Everything that is applied to a database, with the names of this installation's logins. */
export interface Source {
  migrations: Migration[]
  roles: string
  functions: string[]
  policies: string[]
  localised: (sql: string) => string
  fingerprint: string
}

export async function readSource(roles: readonly BuiltInRole[], installation: string): Promise<Source> {
  const localised = (sql: string) =>
    sql.replace(/\bcrossdock_(owner|staff|client|supplier|identity|worker)\b/g, `cd_${installation}_$1`)
  const migrations = await readMigrations(migrationsFolder)
  const rolesSql = localised(await readFile(join(repository, 'db/roles.sql'), 'utf8'))
  const functions = (await sqlFiles(/^([a-z]+-)?functions\.sql$/)).map(localised)
  const policies = [
    ...(await sqlFiles(/^policies\.sql$/)),
    await readFile(join(repository, 'server/src/kernel/kernel-policies.sql'), 'utf8'),
  ].map(localised)
  const fingerprint = createHash('sha256')
    .update(
      JSON.stringify([migrations.map(({ name, sha256 }) => [name, sha256]), rolesSql, functions, policies, roles]),
    )
    .digest('hex')
  return { migrations, roles: rolesSql, functions, policies, localised, fingerprint }
}

/**
 * The files whose names fit: functions.sql (or more of them, such as jobs-functions.sql), policies.sql; slice by slice in the order
 * of the server's package.json, by name within a slice.
 */
async function sqlFiles(fits: RegExp): Promise<string[]> {
  const { imports } = JSON.parse(await readFile(join(repository, 'server/package.json'), 'utf8'))
  const slices = Object.keys(imports).map((door) => /^#(\w+)/.exec(door)![1]!)
  const files = await Promise.all(
    slices.map(async (slice) => {
      const folder = join(repository, 'server/src', slice)
      const names = (await readdir(folder)).filter((name) => fits.test(name)).sort()
      return names.map((name) => join(folder, name))
    }),
  )
  return await Promise.all(files.flat().map((path) => readFile(path, 'utf8')))
}
