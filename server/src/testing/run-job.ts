import type { Deps } from '#kernel/deps.ts'
import { type Claimed, runClaimed } from '#kernel/jobs-run.ts'

const never = new AbortController().signal
const pause = '1 minute'

/** Runs one job now, in whoever's hands it is: as a worker does that takes it from one who died. */
export async function runJob(deps: Deps, accountId: string, id: string): Promise<void> {
  const { rows } = await deps.pools.worker.query<Claimed>(
    `update jobs.jobs set state = 'running', lease = lease + 1, untidy = true
      where account_id = $1 and id = $2 and state in ('queued', 'running')
     returning account_id as "accountId", id, kind, subject_id as "subjectId", payload, lease`,
    [accountId, id],
  )
  const error = rows[0] && (await runClaimed(deps, rows[0], never, pause))
  if (error) throw error
}
