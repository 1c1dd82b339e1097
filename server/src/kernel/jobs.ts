import { Logger, type Runner, run } from 'graphile-worker'
import { uuidv7 } from 'uuidv7'
import { json, sql } from './db/sql.ts'
import { type Credential, Reading, type Tx, write } from './db/transaction.ts'
import type { Deps } from './deps.ts'
import { fp } from './failpoints.ts'
import type { Audience, Permission } from './permissions.ts'
import { Problem } from './problem.ts'
import { hashToken, mintToken } from './tokens.ts'

/** A job at work. It is its owner: every read and write enters as him, so a right that ended, ends the job. */
export interface RunningJob {
  id: string
  accountId: string
  subjectId: string | null
  payload: Record<string, unknown>
  deps: Deps
  read(permission: Permission): Tx
  write<T>(permission: Permission, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Keeps how far it is, for the page. */
  progress(done: number, total?: number): Promise<void>
  /** Whether somebody asked it to stop; asked between batches. Throws where the server itself is stopping. */
  cancelled(): Promise<boolean>
}
export type JobHandler = (job: RunningJob) => Promise<void>

const handlers = new Map<string, JobHandler>()

/** A slice says what one of its kinds of job does. The same work may run twice after a crash: it must come to the same. */
export function defineJob(kind: string, handler: JobHandler): void {
  handlers.set(kind, handler)
}

export interface NewJob {
  kind: string
  subjectId?: string
  payload?: Record<string, unknown>
  /** The account's own automation runs it, not the caller. */
  asAutomation?: boolean
}

/** Puts a job into the queue in the caller's transaction: no commit, no job. Returns its id. */
export async function enqueue(tx: Tx, job: NewJob): Promise<string> {
  const id = uuidv7()
  await tx.rows(
    sql`select jobs.enqueue(${id}, ${job.kind}, ${job.subjectId ?? null}, ${json(job.payload ?? {})}, ${job.asAutomation ?? false})`,
  )
  return id
}

interface JobRow {
  kind: string
  state: string
  subject_id: string | null
  payload: Record<string, unknown>
}

/** Runs one queued job to its end, or until the server stops: it is taken up again at the next start. */
export async function runJob(deps: Deps, accountId: string, id: string, stopping?: AbortSignal): Promise<void> {
  const worker = deps.pools.worker
  const taken = await worker.query<JobRow>(
    `update jobs.jobs set state = 'running', started_at = coalesce(started_at, app.now())
      where account_id = $1 and id = $2 and state in ('queued', 'running') returning kind, state, subject_id, payload`,
    [accountId, id],
  )
  const row = taken.rows[0]
  if (!row) return
  await fp('job.taken')
  const token = mintToken('staff')
  const minted = await worker.query<{ audience: Audience }>('select jobs.mint_session($1, $2, $3) as audience', [
    accountId,
    id,
    hashToken(token),
  ])
  const pool = deps.pools[minted.rows[0]!.audience]
  const credential: Credential = { tokenHash: hashToken(token), purpose: 'job', requestId: `job:${id}` }
  const finish = (state: string, error: object | null) =>
    worker.query(
      'update jobs.jobs set state = $3, error = $4, finished_at = app.now() where account_id = $1 and id = $2',
      [accountId, id, state, error],
    )
  const isCancelled = async () =>
    (
      await worker.query('select 1 from jobs.jobs where account_id = $1 and id = $2 and state = $3', [
        accountId,
        id,
        'cancelled',
      ])
    ).rowCount === 1
  try {
    const handler = handlers.get(row.kind)
    if (!handler) throw new Error(`no job of kind ${row.kind} is known`)
    await handler({
      id,
      accountId,
      subjectId: row.subject_id,
      payload: row.payload,
      deps,
      read: (permission) => new Reading(pool, credential, permission),
      write: async (permission, work) => {
        const result = await write(pool, credential, permission, work)
        await worker.query('select app.count_young_tables()')
        return result
      },
      progress: async (done, total) => {
        await worker.query(
          'update jobs.jobs set done = $3, total = coalesce($4, total) where account_id = $1 and id = $2',
          [accountId, id, done, total ?? null],
        )
      },
      cancelled: async () => {
        stopping?.throwIfAborted()
        return await isCancelled()
      },
    })
    await fp('job.before_finish')
    if (!(await isCancelled())) await finish('done', null)
  } catch (error) {
    // A refusal will not get better by trying again; anything else is tried again by the queue.
    if (!(error instanceof Problem) || error.code === 'unavailable' || error.code === 'busy') throw error
    await finish('failed', { code: error.code, detail: error.detail })
  } finally {
    await worker.query('select jobs.end_session($1)', [hashToken(token)]).catch(() => {})
  }
}

/**
 * Puts back into the queue what a server that died left running. Each job has one place there, so one that waits already
 * waits no second time.
 */
export async function requeueInterrupted(deps: Deps): Promise<void> {
  await deps.pools.worker.query(
    "select graphile_worker.crossdock_wake(account_id, id) from jobs.jobs where state in ('queued', 'running')",
  )
}

/** Starts taking jobs from the queue; `stop` hands back what is not finished. */
export async function startWorker(deps: Deps, everyMinute: ((deps: Deps) => Promise<void>)[]): Promise<Runner> {
  await requeueInterrupted(deps)
  return await run({
    pgPool: deps.pools.worker,
    concurrency: 2,
    noHandleSignals: true,
    // Who stops the server waits for a batch, not for a whole import.
    gracefulShutdownAbortTimeout: 100,
    // A failed job says so in its row; the queue's own chatter is not for the console.
    logger: new Logger(() => () => {}),
    pollInterval: 2000,
    taskList: {
      run: async (payload, helpers) => {
        const { accountId, jobId } = payload as { accountId: string; jobId: string }
        try {
          await runJob(deps, accountId, jobId, helpers.abortSignal)
        } catch (error) {
          if (!helpers.abortSignal?.aborted && helpers.job.attempts >= helpers.job.max_attempts) {
            await deps.pools.worker.query(
              "update jobs.jobs set state = 'failed', error = $3, finished_at = app.now() where account_id = $1 and id = $2",
              [accountId, jobId, { code: 'internal', detail: 'It failed three times and was set aside.' }],
            )
          }
          throw error
        }
      },
      tick: async () => {
        for (const task of everyMinute) await task(deps)
      },
    },
    crontab: '* * * * * tick ?fill=1m',
  })
}
