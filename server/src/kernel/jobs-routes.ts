import { audit } from './audit.ts'
import { type Statement, sql } from './db/sql.ts'
import type { jobStates, jobsContract } from './jobs-contract.ts'
import { notFound, Problem } from './problem.ts'
import type { Handlers } from './routes.ts'

interface JobRow {
  id: string
  kind: string
  subjectId: string | null
  state: (typeof jobStates)[number]
  done: number
  total: number | null
  error: Record<string, unknown> | null
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
}

const jobRows = (condition: Statement<unknown>) => sql<JobRow>`
  select id, kind, subject_id as "subjectId", state, done, total, error, created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"
    from jobs.jobs where ${condition} order by created_at desc limit 100`

export const jobsHandlers: Handlers<typeof jobsContract> = {
  listJobs: async ({ tx }) => ({ items: await tx.rows(jobRows(sql`true`)) }),
  async getJob({ tx, params }) {
    const job = await tx.first(jobRows(sql`id = ${params.id}`))
    if (!job) throw notFound()
    return job
  },
  async cancelJob({ tx, params }) {
    const job = await tx.first(
      sql`update jobs.jobs set state = 'cancelled' where id = ${params.id} and state in ('queued', 'running') returning id`,
    )
    if (job) {
      await audit(tx, 'job.cancelled', { kind: 'job', id: params.id })
      return {}
    }
    if (await tx.first(jobRows(sql`id = ${params.id}`))) throw new Problem('wrong_state', 'It has ended already.')
    throw notFound()
  },
}
