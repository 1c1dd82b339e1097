import { sql } from './db/sql.ts'
import { type Credential, Reading, write } from './db/transaction.ts'
import type { Deps } from './deps.ts'
import { fp } from './failpoints.ts'
import { type EndedJob, jobKinds, type RunningJob } from './jobs.ts'
import type { Audience } from './permissions.ts'
import { Problem } from './problem.ts'
import { hashToken, mintToken } from './tokens.ts'

/** A job as a worker took it from the queue: it is his for as long as the lease is the latest. */
export interface Claimed extends EndedJob {
  kind: string
  lease: number
}

/** Somebody else has the job now, or it was cancelled: what was being written is rolled back. */
class LeaseLost extends Error {}

/**
 * Runs a job that was taken, to its end or until `stopping`, which hands it back.
 * @param pause how long it waits after a first failure, as an interval; twice as long after a second
 * @returns the error for which it is tried again or set aside; undefined where it ended, or is another's now
 */
export async function runClaimed(
  deps: Deps,
  job: Claimed,
  stopping: AbortSignal,
  pause: string,
): Promise<Error | undefined> {
  await fp('job.taken')
  const token = mintToken('staff')
  const credential: Credential = { tokenHash: hashToken(token), purpose: 'job', requestId: `job:${job.id}` }
  try {
    const kind = jobKinds.get(job.kind)
    if (!kind) throw new Error(`no job of kind ${job.kind} is known`)
    const minted = await deps.pools.worker.query<{ audience: Audience | null }>(
      'select jobs.mint_session($1, $2, $3, $4) as audience',
      [...keys(job), credential.tokenHash],
    )
    const audience = minted.rows[0]!.audience
    if (audience === null) throw new Problem('not_signed_in')
    await kind.run(asRunning(deps, job, credential, audience, stopping))
    await fp('job.before_finish')
    await finish(deps, job, 'done', null)
  } catch (error) {
    if (error instanceof LeaseLost) return undefined
    if (stopping.aborted) await handBack(deps, job)
    // A refusal will not get better by trying again; a database that went away will, were it during the last commit.
    else if (error instanceof Problem && error.status !== 503 && error.code !== 'busy')
      await finish(deps, job, 'failed', reasonFor(error))
    else {
      await tryLater(deps, job, pause)
      return error as Error
    }
  } finally {
    await deps.pools.worker.query('select jobs.end_session($1)', [credential.tokenHash]).catch(() => {})
    await tidy(deps, job).catch(() => {}) // else the next beat of a worker does
  }
  return undefined
}

function asRunning(
  deps: Deps,
  job: Claimed,
  credential: Credential,
  audience: Audience,
  stopping: AbortSignal,
): RunningJob {
  const { worker, [audience]: pool } = deps.pools
  return {
    ...job,
    deps,
    read(permission) {
      stopping.throwIfAborted()
      return new Reading(pool, credential, permission)
    },
    async write(permission, work) {
      stopping.throwIfAborted()
      const result = await write(pool, credential, permission, async (tx) => {
        const result = await work(tx)
        const lease = await tx.first(sql<{ holds: true | null }>`
          select jobs.holds_lease(${job.id}, ${job.lease}) as holds`)
        if (!lease?.holds) throw new LeaseLost('this job is in other hands now')
        return result
      })
      await worker.query('select app.count_young_tables()')
      return result
    },
    async progress(done, total) {
      await worker.query(
        `update jobs.jobs set done = $4, total = coalesce($5, total), furthest = greatest(furthest, $4),
                tries = case when $4 > furthest then 1 else tries end, crashed = crashed and $4 <= furthest
          where ${mine}`,
        [...keys(job), done, total ?? null],
      )
    },
    async cancelled() {
      stopping.throwIfAborted()
      const { rows } = await worker.query<{ state: string }>(
        'select state from jobs.jobs where account_id = $1 and id = $2 and lease = $3',
        keys(job),
      )
      if (!rows[0]) throw new LeaseLost('this job is in other hands now')
      return rows[0].state === 'cancelled'
    },
  }
}

const keys = (job: Claimed) => [job.accountId, job.id, job.lease]
const mine = "account_id = $1 and id = $2 and lease = $3 and state = 'running'"

const finish = (deps: Deps, job: Claimed, state: 'done' | 'failed', error: object | null) =>
  deps.pools.worker.query(
    `update jobs.jobs set state = $4, error = $5, finished_at = app.now(), worker_id = null, untidy = $4 <> 'done', crashed = false
      where ${mine}`,
    [...keys(job), state, error],
  )

const tryLater = (deps: Deps, job: Claimed, pause: string) =>
  deps.pools.worker.query(
    `update jobs.jobs set state = case when tries < 3 then 'queued' else 'set_aside' end, error = $4, crashed = false,
            finished_at = case when tries < 3 then null else app.now() end, due_at = app.now() + tries * $5::interval,
            worker_id = null, lease = lease + 1
      where ${mine}`,
    [...keys(job), { code: 'internal', detail: 'An unexpected error stopped it.' }, pause],
  )

const handBack = (deps: Deps, job: Claimed) =>
  deps.pools.worker.query(
    `with back as (
       update jobs.jobs set state = 'queued', due_at = app.now(), worker_id = null, lease = lease + 1, attempts = attempts - 1, tries = tries - 1
        where ${mine} returning id)
     select pg_notify('crossdock_jobs', '') from back`,
    keys(job),
  )

/** Who may not enter any more has not merely lost a permission: whoever looks at the job is told which of the two. */
const reasonFor = (problem: Problem) =>
  problem.code === 'not_signed_in'
    ? { code: 'owner_gone', detail: 'Whoever it belongs to may not sign in any more.' }
    : { code: problem.code, detail: problem.detail }

/** Clears away what the job left behind, where it ended other than well. */
export async function tidy(deps: Deps, job: EndedJob & { kind: string }): Promise<void> {
  const { rowCount } = await deps.pools.worker.query(
    "select from jobs.jobs where account_id = $1 and id = $2 and untidy and state in ('failed', 'cancelled', 'set_aside')",
    [job.accountId, job.id],
  )
  if (rowCount === 0) return
  await jobKinds.get(job.kind)?.tidy?.(deps, job)
  await deps.pools.worker.query(
    "update jobs.jobs set untidy = false where account_id = $1 and id = $2 and state in ('failed', 'cancelled', 'set_aside')",
    [job.accountId, job.id],
  )
}
