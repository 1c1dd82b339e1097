import './platform/memory.ts'
import './app.ts' // every slice says there what its jobs do
import { startWorker } from '#kernel/jobs-worker.ts'
import type { Installation } from './installation.ts'
import { describeError } from './logging.ts'
import { askedToStop } from './platform/asked-to-stop.ts'
import type { Settings } from './platform/settings.ts'

/** What nobody foresaw, for the log: what it is, where it arose and in which kind of job. */
export function reportJob(error: unknown, about: string): void {
  console.error(
    JSON.stringify({
      level: 50,
      time: Date.now(),
      msg: 'a job failed',
      job: about,
      err: describeError(error as Error),
    }),
  )
}

/** Runs jobs and what the house does by itself, and serves nothing, until it is asked to stop. */
export async function work({ deps }: Installation, { workerLapse }: Settings): Promise<void> {
  const stop = askedToStop()
  const worker = await startWorker(deps, { lapse: workerLapse, report: reportJob })
  console.log('Crossdock works through its jobs.')
  await stop
  await worker.stop()
}
