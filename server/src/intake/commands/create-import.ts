import { open } from 'node:fs/promises'
import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import { Problem } from '#kernel/problem.ts'
import { type KeptFile, pathOf } from '#kernel/upload.ts'
import { ownMapping } from '../own-fields.ts'
import { readHead } from '../queries/file-head.ts'
import { listStores } from '../queries/stores.ts'
import {
  FileRefused,
  guessFormat,
  headSize,
  type Kind,
  proposedMapping,
  proposeMapping,
  refuseWrongFile,
  sentence,
} from '../reading/index.ts'

/**
 * Begins an import with a file that is on our disk: guesses how it is written and proposes what its columns fill.
 * @returns the import's id
 * @throws Problem file_refused for what is no CSV file, not_permitted
 */
export async function createImport(tx: Tx, deps: Deps, kind: Kind, file: KeptFile): Promise<string> {
  needPermission(tx, kind)
  await needRoom(tx, deps, file)
  const { format, sure, mapping } = await lookAt(tx, deps, kind, file)
  const [store] = kind === 'orders' ? await listStores(tx) : []
  if (kind === 'orders' && !store)
    throw new Problem('wrong_state', 'There is no store to import into: create one first.')
  const id = uuidv7()
  await tx.rows(sql`
    insert into intake.files (account_id, id, member_id, name, bytes, sha256)
    values (app.account_id(), ${file.id}, app.member_id(), ${file.name}, ${file.bytes}, ${file.sha256})`)
  await tx.rows(sql`
    insert into intake.imports (account_id, id, member_id, kind, file_id, store_id, currency, format, sure, mapping)
    select (select app.account_id()), ${id}, app.member_id(), ${kind}, ${file.id}, ${store?.id ?? null}, coalesce(${store?.currency ?? null}, a.currency),
           ${json(format)}, ${json(sure)}, ${json(mapping)} from access.accounts a`)
  const { name, bytes, sha256 } = file
  await audit(tx, 'import.created', { kind: 'import', id }, { kind, file: { name, bytes, sha256 } })
  return id
}

/** @throws Problem not_permitted: each kind has its word, and who brings in products of the house must be allowed to change them */
export function needPermission(tx: Tx, kind: Kind): void {
  const ofHouse = tx.who.audience === 'staff' ? (['products:edit'] as const) : []
  const needed = kind === 'orders' ? (['orders:import'] as const) : (['products:import', ...ofHouse] as const)
  for (const permission of needed) {
    if (!tx.who.permissions.includes(permission))
      throw new Problem('not_permitted', undefined, { extra: { permission } })
  }
}

const usualQuota = 5 * 1000 ** 3

/** @throws Problem too_large where the account's uploads would take more room than they may */
async function needRoom(tx: Tx, deps: Deps, file: KeptFile): Promise<void> {
  const quota = deps.uploadQuota ?? usualQuota
  const { kept } = (await tx.first(sql<{ kept: number }>`select intake.bytes_kept() as kept`))!
  if (kept + file.bytes <= quota) return
  // How much others keep is nothing a client learns.
  if (tx.who.audience === 'client')
    throw new Problem('too_large', sentence('files_full_here'), { extra: { reason: 'files_full_here', params: {} } })
  const mb = (bytes: number) => Math.ceil(bytes / 1_000_000)
  const params = { count: mb(kept), limit: mb(quota), size: mb(file.bytes) }
  throw new Problem('too_large', sentence('files_full', params), { extra: { reason: 'files_full', params } })
}

async function lookAt(tx: Tx, deps: Deps, kind: Kind, file: KeptFile) {
  try {
    const head = await headOf(pathOf(deps, file.id))
    refuseWrongFile(head, file.bytes)
    const { format, sure } = guessFormat(head)
    const { headings, sample } = await readHead(deps, file.id, format)
    return { format, sure, mapping: ownMapping(tx, proposedMapping(proposeMapping(kind, headings, sample, format))) }
  } catch (error) {
    throw asRefusal(error)
  }
}

/** A refused file as the answer that says so, with its code for the page's own words. */
export const asRefusal = (error: unknown): unknown =>
  error instanceof FileRefused
    ? new Problem('file_refused', error.message, { extra: { reason: error.code, params: error.params } })
    : error

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headSize), 0, headSize, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
