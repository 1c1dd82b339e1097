import { audit } from '#kernel/audit.ts'
import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import { enqueue } from '#kernel/jobs.ts'
import { Problem } from '#kernel/problem.ts'
import { findImport, type ImportRow, type ImportState } from '../import-row.ts'
import { readHead } from '../queries/file-head.ts'
import { mappingFaults, sentence } from '../reading/index.ts'
import { asRefusal, needPermission } from './create-import.ts'

/** How a step is worked off: by a job of the queue, or, on the command line, by the process that asked. */
export type Start = (tx: Tx, kind: 'intake.check' | 'intake.run', importId: string) => Promise<string | null>
export const byJob: Start = (tx, kind, subjectId) => enqueue(tx, { kind, subjectId })

/** @throws Problem wrong_state, invalid_request where the mapping cannot be used, file_refused */
export async function startCheck(tx: Tx, deps: Deps, id: string, start: Start): Promise<void> {
  const row = await inState(tx, id, ['uploaded', 'checked'], 'It was checked already and has begun to run.')
  const { headings } = await readHead(deps, row.fileId, row.format).catch((error) => {
    throw asRefusal(error)
  })
  const faults = mappingFaults(row.kind, headings, row.mapping)
  if (faults.length > 0) {
    const errors = faults.map(({ field, code, params }) => ({
      field: `columns.${field}`,
      message: sentence(code, params),
    }))
    throw new Problem('invalid_request', errors[0]!.message, { errors })
  }
  await go(tx, row, start, 'intake.check', sql`state = 'checking', survey = null, error = null`)
  await audit(tx, 'import.check-started', { kind: 'import', id })
}

/** @throws Problem wrong_state where it was not checked, or where the same file is being imported already */
export async function startRun(tx: Tx, id: string, start: Start): Promise<void> {
  const row = await inState(tx, id, ['checked'], 'Check it first: every row is looked at before anything is written.')
  await refuseSecondRun(tx, row)
  await go(tx, row, start, 'intake.run', sql`state = 'running', error = null`)
  await audit(tx, 'import.started', { kind: 'import', id })
}

/** Whoever chose the same file twice is told: nothing would double, but he would wait for nothing. */
async function refuseSecondRun(tx: Tx, row: ImportRow): Promise<void> {
  const [first] = await tx.rows(sql<{ id: string }>`
    select i.id from intake.imports i
      join intake.files f on f.id = i.file_id
      join jobs.jobs j on j.id = i.job_id and j.state in ('queued', 'running')
     where i.id <> ${row.id} and i.state = 'running' and i.kind = ${row.kind} and i.store_id is not distinct from ${row.storeId}::uuid
       and f.sha256 = (select m.sha256 from intake.files m where m.id = ${row.fileId}) limit 1`)
  if (!first) return
  const detail =
    'The same file is being imported already. Wait until that import has ended; then this one adds what is missing.'
  throw new Problem('wrong_state', detail, { extra: { importId: first.id } })
}

/** Goes on with the first batch that is not in. @throws Problem wrong_state */
export async function resume(tx: Tx, id: string, start: Start): Promise<void> {
  const row = await inState(tx, id, ['cancelled', 'failed'], 'Only what was stopped or has failed can be resumed.')
  await go(tx, row, start, 'intake.run', sql`state = 'running', error = null`)
  await audit(tx, 'import.resumed', { kind: 'import', id })
}

/** Stops a check or a run between two batches: what is in stays in. @throws Problem wrong_state */
export async function cancel(tx: Tx, id: string): Promise<void> {
  const row = await inState(tx, id, ['checking', 'running'], 'There is nothing to stop: it does not run.')
  const { jobId } = (await tx.first(sql<{ jobId: string | null }>`
    update intake.imports set state = ${row.state === 'checking' ? 'uploaded' : 'cancelled'} where id = ${id} returning job_id as "jobId"`))!
  await tx.rows(sql`select jobs.cancel(${jobId})`)
  await audit(tx, 'import.cancelled', { kind: 'import', id })
}

/** The import, locked, where it is in one of these states; `otherwise` says why it must be. */
async function inState(tx: Tx, id: string, states: ImportState[], otherwise: string): Promise<ImportRow> {
  await tx.rows(sql`select from intake.imports where id = ${id} for update`)
  const row = await findImport(tx, id)
  needPermission(tx, row.kind)
  if (!states.includes(row.state)) throw new Problem('wrong_state', otherwise, { extra: { state: row.state } })
  return row
}

async function go(
  tx: Tx,
  row: ImportRow,
  start: Start,
  kind: 'intake.check' | 'intake.run',
  change: Statement<unknown>,
) {
  const jobId = await start(tx, kind, row.id)
  await tx.rows(sql`update intake.imports set ${change}, job_id = ${jobId} where id = ${row.id}`)
}
