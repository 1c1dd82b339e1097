import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import copy from 'pg-copy-streams'
import { entriesOf } from './archive.ts'
import { asText, columnList, copyOut, quoted, type TableShape, tablesToKeep } from './catalogue.ts'
import { type Manifest, manifestName } from './manifest.ts'

/**
 * Loads a verified backup into a database whose schema is the backup's own, before policies stand on it, and its files into a
 * new folder. Foreign keys are taken off and put back, which checks every row; triggers do not run. At the end every table's
 * checksum is taken anew, from the database.
 * @throws Error where a table is not what it was
 */
export async function loadBackup(owner: pg.Client, file: string, manifest: Manifest, folder: string): Promise<void> {
  await asText(owner)
  const tables = await tablesToKeep(owner)
  checkShapes(tables, manifest)
  const references = await foreignKeys(owner)
  for (const { table, name } of references) await owner.query(`alter table ${table} drop constraint ${name}`)
  for (const table of tables) {
    await owner.query(`alter table ${quoted(owner, table.name)} disable trigger user`)
    // A migration may have brought rows of its own; the backup's are the ones.
    await owner.query(`truncate ${quoted(owner, table.name)}`)
  }
  await fill(owner, file, new Map(tables.map((table) => [table.name, table])), folder)
  for (const { name, value, isCalled } of manifest.sequences)
    await owner.query('select setval($1::regclass, $2, $3)', [quoted(owner, name), value, isCalled])
  await checkSums(owner, tables, manifest)
  for (const { table, name, definition } of references)
    await owner.query(`alter table ${table} add constraint ${name} ${definition}`)
  for (const table of tables) await owner.query(`alter table ${quoted(owner, table.name)} enable trigger user`)
}

function checkShapes(tables: TableShape[], manifest: Manifest): void {
  const here = tables.map(({ name, columns }) => `${name} (${columns.join(', ')})`)
  const there = manifest.tables.map(({ name, columns }) => `${name} (${columns.join(', ')})`)
  const odd = [...here.filter((table) => !there.includes(table)), ...there.filter((table) => !here.includes(table))]
  if (odd.length > 0) throw new Error(`The backup's tables are not those its migrations make: ${odd.join('; ')}.`)
}

interface ForeignKey {
  table: string
  name: string
  definition: string
}

async function foreignKeys(owner: pg.Client): Promise<ForeignKey[]> {
  const { rows } = await owner.query<ForeignKey>(
    `select c.conrelid::regclass::text as table, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition
       from pg_constraint c join pg_class t on t.oid = c.conrelid
      where c.contype = 'f' and c.conparentid = 0 and pg_get_userbyid(t.relowner) = current_user
      order by c.conname`,
  )
  return rows
}

async function fill(
  owner: pg.Client,
  file: string,
  tables: ReadonlyMap<string, TableShape>,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for await (const { name, chunks } of entriesOf(file)) {
    if (name === manifestName) for await (const _ of chunks);
    else if (name.startsWith('files/')) await pipeline(chunks, await newFile(folder, name.slice('files/'.length)))
    else {
      const table = tables.get(name.split('/')[1]!)!
      const into = `copy ${quoted(owner, table.name)} (${columnList(owner, table)}) from stdin`
      await pipeline(chunks, owner.query(copy.from(into)))
    }
  }
}

async function newFile(folder: string, name: string) {
  const path = join(folder, normalize(name))
  if (!path.startsWith(folder + sep)) throw new Error(`The backup has a file that would lie elsewhere: ${name}.`)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
}

async function checkSums(owner: pg.Client, tables: TableShape[], manifest: Manifest): Promise<void> {
  const expected = new Map(manifest.tables.map(({ name, sha256 }) => [name, sha256]))
  for (const table of tables) {
    const hash = createHash('sha256')
    await pipeline(owner.query(copy.to(copyOut(owner, table))), hash)
    if (hash.digest('hex') !== expected.get(table.name))
      throw new Error(
        `The table ${table.name} does not read as it did when the backup was taken; nothing was restored.`,
      )
  }
}
