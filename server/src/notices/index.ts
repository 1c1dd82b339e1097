import { defineJob } from '#kernel/jobs.ts'
import { schedule } from '#kernel/jobs-schedule.ts'
import { deliverDue } from './deliver.ts'

defineJob('notices.deliver', (job) => deliverDue(job.deps), { urgent: true, routine: true })
schedule('notices.deliver-due', { every: '1 minute' }, deliverDue)

export { noticesContract } from './contract.ts'
export { type Ask, defineMail, type Mail, queueMail, templateOf } from './mail.ts'
export { noticesHandlers } from './routes.ts'
export { deliverDue }
