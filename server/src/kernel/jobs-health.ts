import type { Deps } from './deps.ts'

/** How the queue is, over all accounts; for the operator, who sees no account. */
export interface JobsHealth {
  queued: number
  running: number
  /** Failed three times and waits for a person: what an operator should be woken for. */
  setAside: number
  /** How long the job has waited that waits longest, in seconds of the database's clock. */
  oldestDueSeconds: number
  /** Programs that run jobs and were heard of lately. None: nothing moves. */
  workers: number
  /** Names of what the house does by itself whose last run failed. */
  failing: string[]
}

export async function jobsHealth(deps: Deps): Promise<JobsHealth> {
  const { rows } = await deps.pools.worker.query<JobsHealth>(`
    select count(*) filter (where state = 'queued' and not held) as queued, count(*) filter (where state = 'running') as running,
           count(*) filter (where state = 'set_aside') as "setAside",
           coalesce(floor(extract(epoch from app.now() - min(due_at) filter (where state = 'queued' and not held and due_at < app.now()))), 0)::integer
             as "oldestDueSeconds",
           (select count(*) from jobs.workers) as workers,
           array(select name from jobs.schedules where error <> '' order by name) as failing
      from jobs.jobs where state in ('queued', 'running', 'set_aside')`)
  return rows[0]!
}
