import { chmodSync, copyFileSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs'

const LIMIT = 5 * 1024 * 1024

/** PostgreSQL's own log, for appending. */
export function openLog(file: string): number {
  const descriptor = openSync(file, 'a', 0o600)
  chmodSync(file, 0o600)
  return descriptor
}

/** Keeps the log under 5 MB and one older piece of it. PostgreSQL appends, so cutting under its hands is safe. */
export function boundLog(file: string): void {
  if (sizeOf(file) <= LIMIT) return
  copyFileSync(file, `${file}.1`)
  truncateSync(file)
}

export const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** What was written since the file had this size. */
export const writtenSince = (file: string, size: number) => readFileSync(file).subarray(size).toString('utf8')

/** Turns what PostgreSQL or initdb wrote into one sentence that says what to do. */
export function explain(output: string, folder: string): string {
  if (/No space left on device|Disk quota exceeded/i.test(output))
    return `The disk that holds ${folder} is full: make room and start again; what was saved is still there.`
  if (/EPERM/.test(output))
    return 'Root may not become another user here, and PostgreSQL refuses root: start Crossdock as an ordinary user.'
  if (/Permission denied|EACCES|wrong ownership|Operation not permitted/i.test(output))
    return `PostgreSQL may not use ${folder}: give the folder back to the user who runs it and start again.`
  if (/Read-only file system/i.test(output))
    return `${folder} is on a read-only file system: set DATA_DIR to a folder that can be written.`
  if (/Cannot allocate memory|could not map anonymous shared memory/i.test(output))
    return 'PostgreSQL found too little memory to start: free some and start again.'
  const worst =
    output.split('\n').findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? output.trim().split('\n').at(-1)
  return `PostgreSQL in ${folder} did not start: ${worst || 'it said nothing'}`
}
