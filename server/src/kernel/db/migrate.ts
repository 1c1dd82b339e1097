import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'

/**
 * Applies the files of a folder in the order of their names, forward only, each in a transaction, under a lock.
 * @throws Error with a sentence when an applied file was changed, or the database is newer than this program
 */
export async function migrate(
  client: Client,
  folder: string,
  localised: (sql: string) => string,
  log: (line: string) => void = () => {},
) {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  await client.query("select pg_advisory_lock(hashtext('crossdock migrations'))")
  try {
    await client.query('create schema if not exists migrations')
    await client.query(
      'create table if not exists migrations.applied (name text primary key, sha256 text not null, at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from migrations.applied')
    const applied = new Map(rows.map((row) => [row.name, row.sha256]))
    const newer = [...applied.keys()].filter((name) => !files.includes(name))
    if (newer.length > 0)
      throw new Error(
        `The database is newer than this program (it knows ${newer.join(', ')}). Start the newer version.`,
      )
    for (const name of files) {
      const text = await readFile(join(folder, name), 'utf8')
      const sha256 = createHash('sha256').update(text).digest('hex')
      if (applied.get(name) === sha256) continue
      if (applied.has(name))
        throw new Error(
          `The migration ${name} was changed after it was applied here. Restore the file as it was released.`,
        )
      await client.query('begin')
      await client.query(localised(text))
      await client.query('insert into migrations.applied (name, sha256) values ($1, $2)', [name, sha256])
      await client.query('commit')
      log(`applied ${name}`)
    }
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('crossdock migrations'))").catch(() => {})
  }
}
