import { json, sql } from '#kernel/db/sql.ts'
import { Problem } from '#kernel/problem.ts'
import { importing } from '../contract.ts'
import { findImport, type ImportRow, reasonOf } from '../import-row.ts'
import { type Refusal, sentence } from '../reading/index.ts'
import { type Survey, Surveyor } from '../survey.ts'
import { inBatches, inVain, readAhead, type Worker } from './batches.ts'
import { kindsOfImport } from './kinds.ts'
import { warningsOf } from './warnings.ts'

/** Of very many refusals only so many are kept to be listed; all are counted, and all are in the file of refused rows. */
export const mostListed = 10_000

/**
 * Reads the whole file and says what an import would do: every refusal with its line, what would be created, changed or
 * left as it is. Writes nothing but that.
 * @throws Problem file_refused where the file cannot be read to its end
 */
export async function checkImport(worker: Worker, id: string): Promise<void> {
  const row = await worker.write(importing, async (tx) => {
    await tx.rows(sql`delete from intake.rejections where import_id = ${id}`)
    return await findImport(tx, id)
  })
  const survey = await surveyOf(worker, row).catch(async (error) => {
    const reason = reasonOf(error)
    await settle(worker, id, sql`state = 'uploaded', error = ${json(reason)}`)
    throw new Problem('file_refused', sentence(reason.code, reason.params), { extra: { reason: reason.code } })
  })
  if (survey) {
    await settle(
      worker,
      id,
      sql`state = 'checked', error = null, survey = ${json(survey)}, rows_total = ${survey.rows}`,
    )
  }
}

/** Only the job that is still in charge says how a check ended. */
const settle = (worker: Worker, id: string, change: ReturnType<typeof sql>) =>
  worker.write(importing, (tx) =>
    tx.rows(sql`
      update intake.imports set ${change}
       where id = ${id} and state = 'checking' and job_id is not distinct from ${worker.jobId}::uuid`),
  )

/** Undefined where somebody stopped it. */
async function surveyOf(worker: Worker, row: ImportRow): Promise<Survey | undefined> {
  const kind = kindsOfImport[row.kind]
  const { results, rows } = await kind.open(worker.deps, row)
  const surveyor = new Surveyor()
  const warnings = await warningsOf(worker, row)
  let listed = 0
  for await (const batch of readAhead(inBatches(results))) {
    if (await worker.cancelled()) return
    for (const result of batch) surveyor.add(result)
    const drafts = batch.flatMap(({ draft }) => draft ?? [])
    const refusals = listed < mostListed ? batch.flatMap((result) => result.refusals).slice(0, mostListed - listed) : []
    surveyor.tally(await inVain(worker, (tx) => kind.foresee(tx, row, drafts)))
    await warnings.see(drafts)
    await list(worker, row.id, refusals, listed)
    listed += refusals.length
    await worker.progress(surveyor.rows, rows ?? undefined)
  }
  return surveyor.finish(listed, warnings.all())
}

async function list(worker: Worker, importId: string, refusals: Refusal[], from: number): Promise<void> {
  if (refusals.length === 0) return
  const rows = refusals.map((refusal, index) => ({ ...refusal, ordinal: from + index }))
  await worker.write(importing, (tx) =>
    tx.rows(sql`
      insert into intake.rejections (account_id, import_id, member_id, line, ordinal, heading, value, code, params)
      select (select app.account_id()), ${importId}, app.member_id(), r.line, r.ordinal, coalesce(r."column", ''), r.value, r.code, r.params
        from jsonb_to_recordset(${json(withoutNul(rows))}) as r (line integer, ordinal integer, "column" text, value text, code text, params jsonb)`),
  )
}

/** PostgreSQL keeps neither NUL nor half of a surrogate pair, and a refused cell may hold anything. */
const withoutNul = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value, (_, part) =>
      typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '\ufffd') : part,
    ),
  )
