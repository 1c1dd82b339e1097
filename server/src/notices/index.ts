export { noticesContract } from './contract.ts'
export { deliverDue } from './deliver.ts'
export { defineMail, type Mail, queueMail } from './mail.ts'
export { noticesHandlers } from './routes.ts'
