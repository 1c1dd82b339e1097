import './jobs/index.ts'
import { schedule } from '#kernel/jobs-schedule.ts'
import { sweepFiles } from './sweep-files.ts'

schedule('intake.sweep-files', { every: '10 minutes' }, (deps) => sweepFiles(deps))

export { intakeContract } from './contract.ts'
export { eraseRows, type KeptFile } from './erase-rows.ts'
export { type Imported, importFile } from './import-file.ts'
export { guessFormat, proposeMapping, readTable } from './reading/index.ts'
export { intakeHandlers } from './routes.ts'
export { sweepFiles }
