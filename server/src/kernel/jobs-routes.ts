import { audit } from './audit.ts'
import { type Statement, sql, texts } from './db/sql.ts'
import type { Tx } from './db/transaction.ts'
import type { ResponseOf } from './endpoint.ts'
import { routineKinds } from './jobs.ts'
import type { jobsContract } from './jobs-contract.ts'
import { notFound, Problem } from './problem.ts'
import type { Handlers } from './routes.ts'

type JobRow = ResponseOf<(typeof jobsContract)['getJob']>

/** Ids grow with time. The detail of an error may name what only the owner of the job may see. */
const jobRows = (condition: Statement<unknown>, limit: number) => sql<JobRow>`
  select j.id, j.kind, j.subject_id as "subjectId", m.name as owner, j.member_id = app.member_id() as mine, j.state, j.done, j.total, j.attempts,
         case when j.member_id = app.member_id() then j.error when j.error is not null then jsonb_build_object('code', j.error ->> 'code') end as error,
         j.created_at as "createdAt", j.started_at as "startedAt", j.finished_at as "finishedAt"
    from jobs.jobs j left join access.members m on m.account_id = j.account_id and m.id = j.member_id
   where ${condition} order by j.id desc limit ${limit}`

export const jobsHandlers: Handlers<typeof jobsContract> = {
  async listJobs({ tx, query, pages }) {
    const { cursor, limit = 50, ...filter } = query
    const after = pages.open(cursor, filter) as [string] | undefined
    const state = filter.state ? sql`j.state = ${filter.state}` : sql`true`
    const kind = filter.routine
      ? sql`true`
      : sql`(j.kind <> all (${texts(routineKinds())}) or j.state not in ('queued', 'running', 'done'))`
    const beyond = after ? sql`j.id < ${after[0]}::uuid` : sql`true`
    const rows = await tx.rows(jobRows(sql`${state} and ${kind} and ${beyond}`, limit + 1))
    const last = rows.length > limit ? rows[limit - 1]! : undefined
    return { items: rows.slice(0, limit), nextCursor: last ? pages.seal([last.id], filter) : null }
  },
  getJob: ({ tx, params }) => findJob(tx, params.id),
  async cancelJob({ tx, params }) {
    await steer(tx, sql`jobs.cancel(${params.id})`, params.id, 'It has ended already.')
    await audit(tx, 'job.cancelled', { kind: 'job', id: params.id })
    return {}
  },
  async retryJob({ tx, params }) {
    await steer(tx, sql`jobs.retry(${params.id})`, params.id, 'Only what was set aside can be tried again.')
    await audit(tx, 'job.retried', { kind: 'job', id: params.id })
    return {}
  },
}

async function findJob(tx: Tx, id: string): Promise<JobRow> {
  const job = await tx.first(jobRows(sql`j.id = ${id}`, 1))
  if (!job) throw notFound()
  return job
}

/** @throws Problem not_found; wrong_state with this sentence */
async function steer(tx: Tx, step: Statement<unknown>, id: string, otherwise: string): Promise<void> {
  const took = await tx.first(sql<{ took: boolean }>`select ${step} as took`)
  if (took!.took) return
  await findJob(tx, id)
  throw new Problem('wrong_state', otherwise)
}
