export { backupHealth } from './age.ts'
export { backupBeforeMigrating } from './before-migrating.ts'
