import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import type { Allowed } from '#kernel/permissions.ts'
import { importing } from '../contract.ts'

/** Who works at an import: a job of the queue, or the command line in its own process. */
export interface Worker {
  deps: Deps
  /** The job whose batches count; null on the command line. */
  jobId: string | null
  write<T>(permission: Allowed, work: (tx: Tx) => Promise<T>): Promise<T>
  progress(done: number, total?: number): Promise<void>
  cancelled(): Promise<boolean>
}

/** How many orders or products are checked or written at once, in one transaction. */
export const batchSize = 500

/** Puts what comes one by one into batches, after leaving out the first `done`. */
export async function* inBatches<T>(source: AsyncIterable<T>, done = 0): AsyncGenerator<T[], void, undefined> {
  let batch: T[] = []
  let seen = 0
  for await (const item of source) {
    if (++seen <= done) continue
    batch.push(item)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** The same, each read while the one before is being worked at: the file is read while the database writes. */
export async function* readAhead<T>(source: AsyncGenerator<T, void, undefined>): AsyncGenerator<T, void, undefined> {
  let next = source.next()
  try {
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = source.next()
      next.catch(() => {}) // told when its turn comes
      yield value
    }
  } finally {
    await source.return()
  }
}

/** Does something in a transaction that is given up afterwards, and returns what it found. */
export async function inVain<T>(worker: Worker, work: (tx: Tx) => Promise<T>): Promise<T> {
  const given = new GivenUp<T>()
  try {
    return await worker.write(importing, async (tx) => {
      given.value = await work(tx)
      throw given
    })
  } catch (thrown) {
    if (thrown === given) return given.value!
    throw thrown
  }
}

class GivenUp<T> extends Error {
  value: T | undefined
}
