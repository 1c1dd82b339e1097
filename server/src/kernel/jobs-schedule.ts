import type { Deps } from './deps.ts'

/** Every so often (an interval, '1 minute'), counted from whole ones; or each day at an hour of a zone. */
export type When = { every: string } | { daily: string; zone?: string }
/** The same may run twice after a crash: it must come to the same. */
export type Task = (deps: Deps) => Promise<void>

const schedules = new Map<string, { when: When; task: Task }>()

/** A slice says what the house does by itself, for all accounts. Of all servers and workers one does it each time. */
export function schedule(name: string, when: When, task: Task): void {
  schedules.set(name, { when, task })
}

/** Writes down what this program does by itself; what is new begins at once, or at its hour. */
export async function keepSchedules(deps: Deps): Promise<void> {
  for (const [name, { when }] of schedules) {
    const [every, daily, zone] = 'every' in when ? [when.every, null, 'UTC'] : [null, when.daily, when.zone ?? 'UTC']
    await deps.pools.worker.query(
      `insert into jobs.schedules as s (name, every, daily_at, zone, next_run_at)
       values ($1, $2::interval, $3::time, $4, case when $3::time is null then app.now() else jobs.next_run(null, $3::time, $4) end)
       on conflict (name) do update
         set every = excluded.every, daily_at = excluded.daily_at, zone = excluded.zone, next_run_at = excluded.next_run_at
       where (s.every, s.daily_at, s.zone) is distinct from (excluded.every, excluded.daily_at, excluded.zone)`,
      [name, every, daily, zone],
    )
  }
}

/**
 * Starts what is due; the statement that takes it says when it comes next. One still at work is left to it, and comes once
 * afterwards, however often its time came meanwhile. A clock that was put back does not keep one waiting for longer than
 * it would anyway.
 * @returns one promise for each that was started, which never rejects
 */
export async function startDue(
  deps: Deps,
  workerId: string,
  report: (error: unknown, name: string) => void,
): Promise<Promise<void>[]> {
  const { rows } = await deps.pools.worker.query<{ name: string }>(
    `update jobs.schedules set worker_id = $1, started_at = app.now(), finished_at = null, runs = runs + 1,
            next_run_at = jobs.next_run(every, daily_at, zone)
      where name = any ($2) and worker_id is null and (next_run_at <= app.now() or next_run_at > app.now() + every)
     returning name`,
    [workerId, [...schedules.keys()]],
  )
  return rows.map(({ name }) => runTask(deps, workerId, name, report))
}

async function runTask(
  deps: Deps,
  workerId: string,
  name: string,
  report: (error: unknown, name: string) => void,
): Promise<void> {
  let failure = ''
  try {
    await schedules.get(name)!.task(deps)
  } catch (error) {
    failure = (error as Error).name
    report(error, name)
  }
  await deps.pools.worker
    .query(
      'update jobs.schedules set worker_id = null, finished_at = app.now(), error = $3 where name = $1 and worker_id = $2',
      [name, workerId, failure],
    )
    .catch((error) => report(error, name))
}
