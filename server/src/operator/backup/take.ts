import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import pg from 'pg'
import copy from 'pg-copy-streams'
import { uuidv7 } from 'uuidv7'
import { readAnchors, signingKey } from '#access'
import { hasTable } from '#kernel/db/client.ts'
import { countCopied } from '#kernel/db/copy.ts'
import type { Located } from '#kernel/db/located.ts'
import { appliedMigrations } from '#kernel/db/migrate.ts'
import { version } from '../../platform/version.ts'
import { Mistake } from '../owner.ts'
import { ArchiveWriter } from './archive.ts'
import { asText, copyOut, sequencesToKeep, type TableShape, tablesToKeep } from './catalogue.ts'
import { fileName, type KeptTable, type Manifest, manifestName, markSecret, partName } from './manifest.ts'

export interface BackupRequest {
  located: Located
  dataDir: string
  secret: string
  /** Where the backup is to lie. */
  file: string
  /** Whether a file that is there may be replaced. */
  force?: boolean
  /** The caller keeps migrations from running meanwhile; otherwise this does. */
  isLocked?: boolean
}

/** Rows are gathered to parts of about this size: a tar wants to know how long an entry is before it begins. */
const partSize = 1 << 20

/**
 * Takes a backup while everything runs: every table as it was at one moment, the files, and what they are, in one file.
 * It appears under its name when it is whole and on the disk. Memory does not grow with the database.
 * @throws Mistake when the file is there already and may not be replaced, or its folder is not
 */
export async function takeBackup(request: BackupRequest): Promise<{ manifest: Manifest; bytes: number }> {
  const { located, file } = request
  if (existsSync(file) && !request.force) throw new Mistake(`${file} is there already. Take another name, or --force.`)
  if (!existsSync(dirname(file))) throw new Mistake(`There is no folder ${dirname(file)}.`)
  await removeBroken(file)
  const partial = `${file}.${process.pid}.partial`
  const archive = new ArchiveWriter(partial)
  const owner = new pg.Client({ ...(located.target as pg.ClientConfig), ...located.login('owner') })
  try {
    await owner.connect()
    if (!request.isLocked) await owner.query("select pg_advisory_lock_shared(hashtext('crossdock migrations'))")
    const manifest = await writeAll(owner, archive, request)
    await archive.finish()
    await rename(partial, file)
    await syncFolder(dirname(file))
    await record(owner, { at: manifest.takenAt, file: basename(file), bytes: archive.bytes })
    return { manifest, bytes: archive.bytes }
  } catch (error) {
    await archive.abandon()
    await rm(partial, { force: true })
    throw new Error(`The backup was not written, ${file} is as it was before: ${(error as Error).message}`)
  } finally {
    await owner.end()
  }
}

async function writeAll(owner: pg.Client, archive: ArchiveWriter, request: BackupRequest): Promise<Manifest> {
  await asText(owner)
  await owner.query('begin isolation level repeatable read, read only')
  const taken = await owner.query<{ at: Date | string }>('select transaction_timestamp() as at')
  const migrations = await appliedMigrations(owner)
  // Files first: the fewer are removed between the snapshot and their turn.
  const { files, goneFiles } = await writeFiles(archive, join(request.dataDir, 'files'))
  const tables: KeptTable[] = []
  for (const table of await tablesToKeep(owner)) tables.push(await writeTable(owner, archive, table))
  const { keys } = await readAnchors(request.dataDir)
  const manifest: Manifest = {
    format: 1,
    program: version,
    installation: request.located.installation,
    takenAt: new Date(taken.rows[0]!.at).toISOString(),
    migrations,
    secretMark: markSecret(request.secret, request.located.installation),
    auditKeys: [...new Set([...keys, signingKey(request.secret).publicKey])],
    tables,
    sequences: await sequencesToKeep(owner),
    files,
    goneFiles,
  }
  await owner.query('commit')
  const text = Buffer.from(JSON.stringify(manifest, null, 1))
  await archive.add(manifestName, text.length, [text])
  return manifest
}

async function writeTable(owner: pg.Client, archive: ArchiveWriter, table: TableShape): Promise<KeptTable> {
  const rows = owner.query(copy.to(copyOut(owner, table)))
  const hash = createHash('sha256')
  let bytes = 0
  let parts = 0
  for await (const part of wholeRows(rows)) {
    hash.update(part)
    bytes += part.length
    await archive.add(partName(table.name, ++parts), part.length, [part])
  }
  const { name, columns } = table
  return { name, columns, rows: await countCopied(owner, rows), bytes, parts, sha256: hash.digest('hex') }
}

/** Gathers chunks to parts that end with a row. */
async function* wholeRows(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let gathered: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    gathered.push(chunk)
    size += chunk.length
    if (size < partSize) continue
    const part = Buffer.concat(gathered)
    const end = part.lastIndexOf(0x0a) + 1
    if (end > 0) yield part.subarray(0, end)
    gathered = [part.subarray(end)]
    size = part.length - end
  }
  if (size > 0) yield Buffer.concat(gathered)
}

async function writeFiles(archive: ArchiveWriter, folder: string): Promise<Pick<Manifest, 'files' | 'goneFiles'>> {
  const files: Manifest['files'] = []
  const goneFiles: string[] = []
  for (const name of await namesIn(folder)) {
    const kept = await open(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
    if (!kept) {
      goneFiles.push(name)
      continue
    }
    try {
      // One that is still being received is kept as far as it came; no row speaks of it yet.
      const { size } = await kept.stat()
      const hash = createHash('sha256')
      const chunks = size === 0 ? [] : kept.createReadStream({ end: size - 1, autoClose: false })
      await archive.add(fileName(name), size, hashed(chunks, hash))
      files.push({ name, bytes: size, sha256: hash.digest('hex') })
    } finally {
      await kept.close()
    }
  }
  return { files, goneFiles }
}

async function* hashed(chunks: AsyncIterable<Buffer> | Iterable<Buffer>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
}

/** Every file of a folder and of those in it, by its path from there; none where the folder is not made yet. */
async function namesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

/** What a backup left behind whose process died in the middle. */
async function removeBroken(file: string): Promise<void> {
  for (const name of await readdir(dirname(file))) {
    if (!name.startsWith(`${basename(file)}.`) || !name.endsWith('.partial')) continue
    if (!isAlive(Number(name.split('.').at(-2)))) await rm(join(dirname(file), name), { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid !== process.pid && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Notes the backup in the database, so that its age can be shown; not where the schema is too old to have a place for it. */
async function record(owner: pg.Client, backup: { at: string; file: string; bytes: number }): Promise<void> {
  if (!(await hasTable(owner, 'app.backups'))) return
  await owner.query('insert into app.backups (id, at, file, bytes, program) values ($1, $2, $3, $4, $5)', [
    uuidv7(),
    backup.at,
    backup.file,
    backup.bytes,
    version,
  ])
}
