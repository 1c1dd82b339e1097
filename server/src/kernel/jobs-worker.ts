import { setTimeout as wait } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { uuidv7 } from 'uuidv7'
import type { Deps } from './deps.ts'
import { jobKinds } from './jobs.ts'
import { type Claimed, runClaimed, tidy } from './jobs-run.ts'
import { keepSchedules, schedule, startDue } from './jobs-schedule.ts'
import { Loop } from './loop.ts'

export interface WorkerOptions {
  /** After so many milliseconds of silence a worker is taken for dead, and others take its jobs. */
  lapse?: number
  /** Hears what nobody foresaw, and about which kind of job or schedule it was. */
  report?: (error: unknown, about: string) => void
}
export interface JobWorker {
  /** Takes no more, lets running jobs end their batch, then gives up what still runs after `patience` milliseconds. */
  stop(patience?: number): Promise<void>
}

/** Jobs a worker runs at once; so many more are for those alone that a person waits for. */
const slots = 2
const urgentSlots = 1

schedule('jobs.remove-old', { daily: '03:10' }, async (deps) => {
  await deps.pools.worker.query('select jobs.remove_old()')
})

/** Starts taking jobs from the queue and doing what the house does by itself. There may be any number of workers. */
export async function startWorker(deps: Deps, options: WorkerOptions = {}): Promise<JobWorker> {
  const worker = new Worker(deps, options)
  await worker.start()
  return worker
}

class Worker implements JobWorker {
  readonly #deps: Deps
  readonly #lapse: string
  readonly #report: (error: unknown, about: string) => void
  readonly #id = uuidv7()
  readonly #running = new Map<string, Promise<unknown>>()
  readonly #tasks = new Set<Promise<void>>()
  readonly #stopping = new AbortController()
  readonly #loops: Loop[]
  #listener: PoolClient | undefined
  #filling: Promise<void> | undefined
  #again = false

  constructor(deps: Deps, { lapse = 15_000, report = () => {} }: WorkerOptions) {
    this.#deps = deps
    this.#lapse = `${lapse} milliseconds`
    this.#report = report
    const complain = (error: unknown) => report(error, 'queue')
    this.#loops = [
      new Loop(lapse / 3, () => this.#beat(), complain),
      new Loop(Math.min(2_000, lapse), () => this.#look(), complain),
      new Loop(Math.min(1_000, lapse), () => this.#startDue(), complain),
    ]
  }

  async start(): Promise<void> {
    await this.#register()
    await keepSchedules(this.#deps)
    for (const loop of this.#loops) loop.start()
  }

  async stop(patience = 20_000): Promise<void> {
    this.#stopping.abort()
    const [beat, ...others] = this.#loops
    await Promise.all(others.map((loop) => loop.stop()))
    await this.#filling
    this.#unlisten()
    const atWork = Promise.allSettled([...this.#running.values(), ...this.#tasks])
    await Promise.race([atWork, wait(patience, undefined, { ref: false })])
    await beat!.stop()
    await this.#query(
      `with gone as (delete from jobs.workers where id = $1),
            jobs as (update jobs.jobs set state = 'queued', due_at = app.now(), worker_id = null, lease = lease + 1,
                            attempts = attempts - 1, tries = tries - 1
                      where worker_id = $1 and state = 'running'),
            tasks as (update jobs.schedules set worker_id = null, next_run_at = app.now() where worker_id = $1)
       select pg_notify('crossdock_jobs', '')`,
      [this.#id],
    ).catch((error) => this.#report(error, 'queue')) // then the others find it silent
  }

  #query(text: string, values: unknown[]) {
    return this.#deps.pools.worker.query(text, values)
  }
  #register() {
    return this.#query('insert into jobs.workers (id) values ($1) on conflict do nothing', [this.#id])
  }

  /** Taken for dead while it could not answer, it begins anew: its jobs are others' now, and what they write is refused. */
  async #beat(): Promise<void> {
    const held = [...this.#running.keys()]
    const { rows } = await this.#query('select jobs.beat($1, $2, $3) as alive', [this.#id, held, this.#lapse])
    if (!rows[0].alive) await this.#register()
    const left = await this.#query(
      `select account_id as "accountId", id, kind, subject_id as "subjectId", payload from jobs.jobs
        where untidy and state in ('failed', 'cancelled', 'set_aside') and finished_at < app.now() - $1::interval limit 20`,
      [this.#lapse],
    )
    for (const job of left.rows) await tidy(this.#deps, job)
  }

  /** The queue calls when something comes in; where nobody can listen, looking now and then does. */
  async #look(): Promise<void> {
    this.#listener ??= await this.#listen()
    await this.#fill()
  }

  async #listen(): Promise<PoolClient> {
    const client = await this.#deps.pools.worker.connect()
    client.on('notification', () => void this.#fill())
    client.once('end', () => this.#unlisten())
    await client.query('listen crossdock_jobs').catch((error) => {
      client.release(true)
      throw error
    })
    return client
  }

  #unlisten(): void {
    this.#listener?.release(true)
    this.#listener = undefined
  }

  /** Fills the free slots; asked again meanwhile, it looks once more. */
  #fill(): Promise<void> {
    this.#again = true
    this.#filling ??= (async () => {
      while (this.#again && !this.#stopping.signal.aborted) {
        this.#again = false
        let took = true
        while (took && this.#running.size < slots + urgentSlots) took = await this.#takeOne()
      }
    })()
      .catch((error) => this.#report(error, 'queue'))
      .finally(() => {
        this.#filling = undefined
        if (this.#again && !this.#stopping.signal.aborted) void this.#fill()
      })
    return this.#filling
  }

  async #takeOne(): Promise<boolean> {
    if (this.#stopping.signal.aborted) return false
    const { rows } = await this.#query(
      `select account_id as "accountId", id, kind, subject_id as "subjectId", payload, lease from jobs.claim($1, $2, $3)`,
      [this.#id, [...jobKinds.keys()], this.#running.size >= slots],
    )
    const job = rows[0] as Claimed | undefined
    if (!job) return false
    const end = runClaimed(this.#deps, job, this.#stopping.signal, this.#lapse)
      .then((error) => error && this.#report(error, job.kind))
      .catch((error) => this.#report(error, job.kind))
      .finally(() => {
        this.#running.delete(job.id)
        void this.#fill()
      })
    this.#running.set(job.id, end)
    return true
  }

  async #startDue(): Promise<void> {
    for (const task of await startDue(this.#deps, this.#id, this.#report)) {
      this.#tasks.add(task)
      void task.finally(() => this.#tasks.delete(task))
    }
  }
}
