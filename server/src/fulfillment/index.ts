export { type Assigned, type Assignment, assignLines } from './commands/assign-lines.ts'
