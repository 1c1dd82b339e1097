import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import type { importStates, modes } from './contract.ts'
import {
  FileRefused,
  type Format,
  type FormatGuess,
  type Kind,
  type Mapping,
  type Params,
  type ReasonCode,
} from './reading/index.ts'
import type { Survey } from './survey.ts'

export type ImportState = (typeof importStates)[number]
/** Why a file as a whole could not be taken, as it is kept. */
export interface KeptReason {
  code: ReasonCode
  params: Params
}

/** An import with what is needed to go on with it. */
export interface ImportRow {
  id: string
  version: number
  kind: Kind
  fileId: string
  fileName: string
  bytes: number
  storeId: string | null
  currency: string
  mode: (typeof modes)[number]
  format: Format
  sure: FormatGuess['sure']
  mapping: Mapping
  state: ImportState
  survey: Survey | null
  checkpoint: number
  rowsTotal: number | null
  rowsDone: number
  created: number
  changed: number
  unchanged: number
  rejected: number
  error: KeptReason | null
  /** How the job ended that was at it, if it did not end well; and how far a check is. */
  jobError: { code: string; detail: string } | null
  jobDone: number | null
  startedAt: string | null
  createdAt: string
  finishedAt: string | null
  timezone: string
}

/** A job that died or was stopped from the job list has the last word over what its import says of itself. */
const stateNow = sql`case
  when i.state = 'running' and j.state in ('failed', 'cancelled') then j.state
  when i.state = 'running' and j.state = 'set_aside' then 'failed'
  when i.state = 'checking' and j.state in ('failed', 'cancelled', 'set_aside') then 'uploaded'
  else i.state end`

export const importRows = (condition: Statement<unknown>) => sql<ImportRow>`
  select i.id, i.version, i.kind, i.file_id as "fileId", f.name as "fileName", f.bytes, i.store_id as "storeId", i.currency, i.mode, i.format, i.sure,
         i.mapping, ${stateNow} as state, i.survey, i.checkpoint, i.rows_total as "rowsTotal", i.rows_done as "rowsDone", i.created,
         i.changed, i.unchanged, i.rejected, i.error, j.error as "jobError", j.done as "jobDone", j.started_at as "startedAt",
         i.created_at as "createdAt", i.finished_at as "finishedAt", a.timezone
    from intake.imports i
    join intake.files f on f.id = i.file_id
    join access.accounts a on a.id = i.account_id
    left join jobs.jobs j on j.id = i.job_id
   where ${condition} order by i.created_at desc, i.id desc limit 100`

/** @throws Problem not_found for one that is not the caller's */
export async function findImport(tx: Tx, id: string): Promise<ImportRow> {
  const row = await tx.first(importRows(sql`i.id = ${id}`))
  if (!row) throw notFound()
  return row
}

/** The reason a file was refused for; anything else goes on being thrown. */
export function reasonOf(error: unknown): KeptReason {
  if (error instanceof FileRefused) return { code: error.code, params: error.params }
  throw error
}
