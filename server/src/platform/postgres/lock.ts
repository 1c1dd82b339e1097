import { DatabaseSync } from 'node:sqlite'

/**
 * File locks that die with the process that holds them. Node has no flock; the locks of the SQLite it brings are the
 * kernel's own, know shared from exclusive, and leave nothing stale behind. The file itself stays empty.
 */
export interface Lock {
  free(): void
}

const BUSY = 5

/** Takes the lock now, or returns undefined when another process (or another holder in this one) is in the way. */
export function tryLock(file: string, mode: 'shared' | 'exclusive'): Lock | undefined {
  const database = new DatabaseSync(file)
  try {
    database.exec(mode === 'exclusive' ? 'BEGIN EXCLUSIVE' : 'BEGIN; SELECT 1 FROM sqlite_schema')
    return { free: () => database.close() }
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode === BUSY) return undefined
    throw error
  }
}

/** Waits for the lock; throws a sentence after `patience` milliseconds. */
export async function takeLock(file: string, mode: 'shared' | 'exclusive', patience = 120_000): Promise<Lock> {
  const until = Date.now() + patience
  for (;;) {
    const lock = tryLock(file, mode)
    if (lock) return lock
    if (Date.now() > until) throw new Error(`Another process has held ${file} for too long: end it and start again.`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
