import { defineJob, type RunningJob } from '#kernel/jobs.ts'
import type { Worker } from './batches.ts'
import { checkImport } from './check-import.ts'
import { runImport } from './run-import.ts'

const asWorker = (job: RunningJob): Worker => ({
  deps: job.deps,
  jobId: job.id,
  write: job.write,
  progress: job.progress,
  cancelled: job.cancelled,
})

defineJob('intake.check', (job) => checkImport(asWorker(job), job.subjectId!), { urgent: true })
defineJob('intake.run', (job) => runImport(asWorker(job), job.subjectId!))
