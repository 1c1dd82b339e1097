import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import { findImport, type ImportRow, importRows, type KeptReason } from '../import-row.ts'
import { ownFields } from '../own-fields.ts'
import { FileRefused, mappingFaults, sentence } from '../reading/index.ts'
import { type FileHead, readHead, shownColumns } from './file-head.ts'
import { fittingMappings } from './mappings.ts'
import { listStores } from './stores.ts'
import { isTemplate } from './template.ts'

/** An import with what its file looks like read as it is to be read now. */
export async function getImport(tx: Tx, deps: Deps, id: string) {
  const row = await findImport(tx, id)
  const head = await headOf(deps, row)
  const { headings, sample } = head
  return {
    ...summary(row),
    error: (row.error ?? head.error) ? told(row.error ?? head.error!) : jobError(row),
    format: row.format,
    certainty: row.sure,
    columns: shownColumns(row, headings, sample),
    fields: ownFields(tx, row.kind).map(({ key, label, required, later, group }) => ({
      key,
      label,
      required: required ?? false,
      later: later ?? false,
      group: group ?? null,
    })),
    faults: mappingFaults(row.kind, headings, row.mapping).map(({ field, ...reason }) => ({ field, ...told(reason) })),
    preview: sample.slice(0, 5),
    exact: isTemplate(row.kind, headings),
    // Kept mappings are the house's, and products go into no store.
    mappings: tx.who.audience === 'staff' ? await fittingMappings(tx, row.kind, headings) : [],
    stores: row.kind === 'orders' ? await listStores(tx) : [],
    survey: row.survey && { ...row.survey, warnings: row.survey.warnings.map(told) },
  }
}

/** The caller's own imports, newest first. */
export async function listImports(tx: Tx) {
  const rows = await tx.rows(importRows(sql`true`))
  return { items: rows.map((row) => ({ ...summary(row), error: row.error ? told(row.error) : jobError(row) })) }
}

const told = ({ code, params }: KeptReason) => ({ code, params, message: sentence(code, params) })

const jobError = ({ state, jobError: error }: ImportRow) =>
  error && state !== 'done' ? { code: error.code, params: {}, message: error.detail } : null

const summary = (row: ImportRow) => ({
  id: row.id,
  version: row.version,
  kind: row.kind,
  fileName: row.fileName,
  bytes: row.bytes,
  state: row.state,
  storeId: row.storeId,
  currency: row.currency,
  mode: row.mode,
  createdAt: row.createdAt,
  finishedAt: row.finishedAt,
  rows: row.rowsTotal,
  rowsDone: row.state === 'checking' ? (row.jobDone ?? 0) : row.rowsDone,
  startedAt: row.startedAt,
  created: row.created,
  changed: row.changed,
  unchanged: row.unchanged,
  rejected: row.rejected,
})

/** A format that a person chose may not fit the file: then there is nothing to show but why. */
async function headOf(deps: Deps, row: ImportRow): Promise<FileHead & { error: KeptReason | null }> {
  try {
    return { ...(await readHead(deps, row.fileId, row.format)), error: null }
  } catch (error) {
    if (error instanceof FileRefused)
      return { headings: [], sample: [], error: { code: error.code, params: error.params } }
    throw error
  }
}
