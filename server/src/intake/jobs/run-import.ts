import { audit } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import { fp } from '#kernel/failpoints.ts'
import { Problem } from '#kernel/problem.ts'
import { importing } from '../contract.ts'
import { findImport, type ImportRow, reasonOf } from '../import-row.ts'
import { type Checked, sentence } from '../reading/index.ts'
import type { Draft } from '../survey.ts'
import { inBatches, readAhead, type Worker } from './batches.ts'
import { kindsOfImport } from './kinds.ts'

/**
 * Brings a checked file in, batch by batch. Each batch moves the checkpoint in its own transaction, so whoever goes on
 * after a stop or a crash begins with the first batch that is not in.
 * @throws Problem file_refused where the file cannot be read any more
 */
export async function runImport(worker: Worker, id: string): Promise<void> {
  const row = await worker.write(importing, (tx) => findImport(tx, id))
  try {
    if (await bringIn(worker, row)) await finish(worker, id)
  } catch (error) {
    const reason = reasonOf(error)
    await worker.write(importing, (tx) =>
      tx.rows(sql`update intake.imports set state = 'failed', error = ${json(reason)} where ${mine(worker, id)}`),
    )
    throw new Problem('file_refused', sentence(reason.code, reason.params), { extra: { reason: reason.code } })
  }
}

const mine = (worker: Worker, id: string) =>
  sql`id = ${id} and state = 'running' and job_id is not distinct from ${worker.jobId}::uuid`

/** False where somebody stopped it. */
async function bringIn(worker: Worker, row: ImportRow): Promise<boolean> {
  const { results } = await kindsOfImport[row.kind].open(worker.deps, row)
  let { checkpoint, rowsDone } = row
  for await (const batch of readAhead(inBatches(results, checkpoint))) {
    if (await worker.cancelled()) return false
    const rows = batch.reduce((sum, result) => sum + result.rows.length, 0)
    await writeBatch(worker, row, batch, { from: checkpoint, rows })
    await fp('import.after_batch')
    checkpoint += batch.length
    rowsDone += rows
    await worker.progress(rowsDone, row.rowsTotal ?? undefined)
  }
  return true
}

async function writeBatch(worker: Worker, row: ImportRow, batch: Checked<Draft>[], at: { from: number; rows: number }) {
  const drafts = batch.flatMap(({ draft }) => draft ?? [])
  await worker.write(importing, async (tx) => {
    // First of all the import's own row, locked to the end: of two who are at it, one goes on.
    const ahead = await tx.first(sql`
      update intake.imports set checkpoint = checkpoint + ${batch.length}, rows_done = rows_done + ${at.rows},
             rejected = rejected + ${batch.length - drafts.length}
       where ${mine(worker, row.id)} and checkpoint = ${at.from} returning id`)
    if (!ahead) throw new Error('this import is in other hands now')
    const { created, changed, unchanged } = await kindsOfImport[row.kind].write(tx, row, drafts)
    await tx.rows(sql`
      update intake.imports set created = created + ${created}, changed = changed + ${changed}, unchanged = unchanged + ${unchanged}
       where id = ${row.id}`)
    await fp('import.before_commit')
  })
}

async function finish(worker: Worker, id: string): Promise<void> {
  await fp('import.before_finish')
  await worker.write(importing, async (tx) => {
    const done = await tx.first(sql<Record<string, number>>`
      update intake.imports set state = 'done', finished_at = app.now()
       where ${mine(worker, id)} returning created, changed, unchanged, rejected`)
    if (done) await audit(tx, 'import.finished', { kind: 'import', id }, done)
  })
}
