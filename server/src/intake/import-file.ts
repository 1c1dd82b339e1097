import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { type Credential, type Tx, write } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import { Problem } from '#kernel/problem.ts'
import { discardFile, keepFile } from '#kernel/upload.ts'
import { changeImport } from './commands/change-import.ts'
import { createImport } from './commands/create-import.ts'
import { type Start, startCheck, startRun } from './commands/steps.ts'
import { importing } from './contract.ts'
import { findImport } from './import-row.ts'
import type { Worker } from './jobs/batches.ts'
import { checkImport, mostListed } from './jobs/check-import.ts'
import { runImport } from './jobs/run-import.ts'
import { listMappings } from './queries/mappings.ts'
import { keptRejections } from './queries/rejections.ts'
import { listStores } from './queries/stores.ts'
import { type Kind, type ReasonCode, sentence } from './reading/index.ts'

/** What became of a file; counts are of orders or products. `rejected` lists the reasons at their lines, the first of very many. */
export interface Imported {
  created: number
  changed: number
  unchanged: number
  refused: number
  /** What there is to know of orders that came in as already shipped, and of what was left out. */
  notes: string[]
  /** Whether more was refused than is listed. */
  unlisted: boolean
  rejected: { line: number; heading: string; value: string; message: string }[]
}

/**
 * Imports a file from the disk in this process, as somebody, by the same steps and the same code as the pages: upload,
 * match, check, import. `mapping` is `auto` for what is proposed, or the name of a kept one; `store` a name or an id.
 * @throws Problem file_refused, invalid_request where a required field has no column
 */
export async function importFile(
  deps: Deps,
  credential: Credential,
  file: { kind: Kind; path: string; mapping: string; store?: string | undefined; currency?: string | undefined },
): Promise<Imported> {
  const as = <T>(work: (tx: Tx) => Promise<T>) => write(deps.pools.staff, credential, importing, work)
  const kept = await keepFile(deps, basename(file.path), createReadStream(file.path))
  const id = await as((tx) => createImport(tx, deps, file.kind, kept)).catch(async (error) => {
    await discardFile(deps, kept.id)
    throw error
  })
  await as(async (tx) => {
    const storeId = file.store === undefined ? undefined : await storeNamed(tx, file.store)
    const mappingId = file.mapping === 'auto' ? undefined : await mappingNamed(tx, file.kind, file.mapping)
    await changeImport(tx, deps, id, 1, {
      ...(storeId ? { storeId } : {}),
      ...(mappingId ? { mappingId } : {}),
      ...(file.currency ? { currency: file.currency } : {}),
    })
  })
  const worker: Worker = {
    deps,
    jobId: null,
    write: (permission, work) => write(deps.pools.staff, credential, permission, work),
    progress: async () => {},
    cancelled: async () => false,
  }
  await as((tx) => startCheck(tx, deps, id, byMe))
  await checkImport(worker, id)
  await as((tx) => startRun(tx, id, byMe))
  await runImport(worker, id)
  return await as(async (tx) => {
    const { created, changed, unchanged, rejected: refused, survey } = await findImport(tx, id)
    const notes = (survey?.warnings ?? []).flatMap(({ code, params }) =>
      aboutShipping.has(code) ? [sentence(code, params)] : [],
    )
    const rejected = (await keptRejections(tx, id)).map(({ line, heading, value, code, params }) => ({
      line,
      heading,
      value,
      message: sentence(code, params),
    }))
    return { created, changed, unchanged, refused, notes, unlisted: rejected.length >= mostListed, rejected }
  })
}

const aboutShipping = new Set<ReasonCode>([
  'warn_shipped',
  'warn_shipped_known',
  'warn_cost_without_shipment',
  'warn_tracking_without_shipment',
])

/** No job: who asked does the work himself. */
const byMe: Start = async () => null

async function storeNamed(tx: Tx, name: string): Promise<string> {
  const stores = await listStores(tx)
  const store =
    stores.find(({ id }) => id === name) ?? stores.find((one) => one.name.toLowerCase() === name.toLowerCase())
  if (store) return store.id
  throw new Problem(
    'invalid_request',
    `There is no store "${name}". There is: ${stores.map((one) => one.name).join(', ')}.`,
  )
}

async function mappingNamed(tx: Tx, kind: Kind, name: string): Promise<string> {
  const { items } = await listMappings(tx, kind)
  const mapping = items.find((one) => one.name.toLowerCase() === name.toLowerCase())
  if (mapping) return mapping.id
  throw new Problem(
    'invalid_request',
    `There is no mapping "${name}" for ${kind}. Kept are: ${items.map((one) => one.name).join(', ') || 'none'}.`,
  )
}
