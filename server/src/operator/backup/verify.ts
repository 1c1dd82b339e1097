import { createHash, type Hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { Mistake } from '../owner.ts'
import { entriesOf } from './archive.ts'
import { fileName, type Manifest, manifestName, partName } from './manifest.ts'

/** A backup that is not whole, or is none; its message says what is missing. */
export class DamagedBackup extends Error {}

interface Seen {
  hash: Hash
  bytes: number
}

/**
 * Reads a backup from its beginning to its end and compares every table and file with what the manifest says of it.
 * @throws DamagedBackup where anything is missing, damaged or too much; Mistake where there is no such file
 */
export async function verifyBackup(file: string): Promise<Manifest> {
  if (!existsSync(file)) throw new Mistake(`There is no file ${file}.`)
  try {
    const { manifest, seen } = await readThrough(file)
    const faults = compare(manifest, seen)
    if (faults.length > 0) throw new Error(faults.join('; '))
    return manifest
  } catch (error) {
    throw new DamagedBackup(
      `${file} is damaged, or no backup of Crossdock: ${(error as Error).message}. Nothing was restored.`,
    )
  }
}

/** What a backup holds, under the names of its tables and files: a table's parts are one. */
async function readThrough(file: string): Promise<{ manifest: Manifest; seen: Map<string, Seen> }> {
  const seen = new Map<string, Seen>()
  const parts = new Map<string, number>()
  let manifest: Manifest | undefined
  for await (const { name, chunks } of entriesOf(file)) {
    if (manifest) throw new Error(`${name} comes after the manifest`)
    if (name === manifestName) {
      manifest = JSON.parse(await text(chunks)) as Manifest
      continue
    }
    const table = /^tables\/(.+)\/\d+$/.exec(name)?.[1]
    if (table) {
      parts.set(table, (parts.get(table) ?? 0) + 1)
      if (name !== partName(table, parts.get(table)!)) throw new Error(`a part before ${name} is missing`)
    }
    const key = table ? `tables/${table}` : name
    if (!table && seen.has(key)) throw new Error(`${name} is there twice`)
    const whole = seen.get(key) ?? { hash: createHash('sha256'), bytes: 0 }
    seen.set(key, whole)
    for await (const chunk of chunks) {
      whole.hash.update(chunk)
      whole.bytes += chunk.length
    }
  }
  if (!manifest) throw new Error('it breaks off before its manifest')
  if (manifest.format !== 1) throw new Error(`its format is ${manifest.format}, which this version does not read`)
  return { manifest, seen }
}

function compare(manifest: Manifest, seen: Map<string, Seen>): string[] {
  const expected = [
    ...manifest.tables.map((table) => ({ ...table, key: `tables/${table.name}` })),
    ...manifest.files.map((file) => ({ ...file, key: fileName(file.name) })),
  ]
  const known = new Set(expected.map(({ key }) => key))
  const faults = [...seen.keys()].filter((key) => !known.has(key)).map((key) => `${key} is not in the manifest`)
  const empty = createHash('sha256').digest('hex')
  for (const { key, bytes, sha256 } of expected) {
    const whole = seen.get(key)
    const sum = whole ? whole.hash.digest('hex') : empty
    if (!whole && (bytes > 0 || key.startsWith('files/'))) faults.push(`${key} is missing`)
    else if (sum !== sha256 || (whole?.bytes ?? 0) !== bytes) faults.push(`${key} is not what the manifest says`)
  }
  return faults
}
