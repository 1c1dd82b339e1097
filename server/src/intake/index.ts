import './jobs/index.ts'

export { intakeContract } from './contract.ts'
export { type Imported, importFile } from './import-file.ts'
export { guessFormat, proposeMapping, readTable } from './reading/index.ts'
export { intakeHandlers } from './routes.ts'
export { sweepFiles } from './sweep-files.ts'
