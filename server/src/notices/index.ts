import { defineJob } from '#kernel/jobs.ts'
import { deliverDue } from './deliver.ts'

defineJob('notices.deliver', (job) => deliverDue(job.deps))

export { noticesContract } from './contract.ts'
export { defineMail, type Mail, queueMail } from './mail.ts'
export { noticesHandlers } from './routes.ts'
export { deliverDue }
