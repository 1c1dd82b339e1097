import { uuidv7 } from 'uuidv7'
import { json, sql } from './db/sql.ts'
import type { Tx } from './db/transaction.ts'
import type { Deps } from './deps.ts'
import type { Allowed } from './permissions.ts'

/** A job at work. It is its owner: every read and write enters as him, so a right that ended, ends the job. */
export interface RunningJob {
  id: string
  accountId: string
  subjectId: string | null
  payload: Record<string, unknown>
  /** Grows whenever the job changes hands; in the name of a file it keeps two who are at it apart. */
  lease: number
  deps: Deps
  read(permission: Allowed): Tx
  /** Commits only while the job is still this worker's. */
  write<T>(permission: Allowed, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Keeps how far it is, for the page. Whoever gets further than ever has three tries again. */
  progress(done: number, total?: number): Promise<void>
  /** Whether somebody asked it to stop; asked between batches. Throws where the job is in other hands, or the worker is stopping. */
  cancelled(): Promise<boolean>
}
export type JobHandler = (job: RunningJob) => Promise<void>

/** What a kind of job is besides what it does. */
export interface KindOptions {
  /** A person waits for it: it goes before the others of its account, and one slot of each worker is kept for such jobs. */
  urgent?: boolean
  /** So common that its jobs are listed only when asked for, as long as they go well. */
  routine?: boolean
  /** Clears away what a job left outside the database that failed, was cancelled or set aside. May be called twice. */
  tidy?: (deps: Deps, job: EndedJob) => Promise<void>
}
export interface EndedJob {
  accountId: string
  id: string
  subjectId: string | null
  payload: Record<string, unknown>
}

const kinds = new Map<string, KindOptions & { run: JobHandler }>()
/** Every kind that this program knows; a worker takes no other. */
export const jobKinds: ReadonlyMap<string, KindOptions & { run: JobHandler }> = kinds

/** A slice says what one of its kinds of job does. The same work may run twice after a crash: it must come to the same. */
export function defineJob(kind: string, run: JobHandler, options: KindOptions = {}): void {
  kinds.set(kind, { run, ...options })
}

export interface NewJob {
  kind: string
  subjectId?: string
  payload?: Record<string, unknown>
  /** The account's own automation runs it, not the caller. */
  asAutomation?: boolean
}

/** The kinds that the list of jobs leaves out while they go well. */
export const routineKinds = (): string[] => [...kinds].flatMap(([kind, { routine }]) => (routine ? kind : []))

/** Puts a job into the queue in the caller's transaction: no commit, no job. Returns its id. */
export async function enqueue(tx: Tx, job: NewJob): Promise<string> {
  const id = uuidv7()
  const urgent = kinds.get(job.kind)?.urgent ?? false
  await tx.rows(sql`
    select jobs.enqueue(${id}, ${job.kind}, ${job.subjectId ?? null}, ${json(job.payload ?? {})}, ${job.asAutomation ?? false}, ${urgent})`)
  return id
}
