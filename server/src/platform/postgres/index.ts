import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { prepareBinaries } from './binaries.ts'
import { ADMIN, ensureCluster } from './cluster.ts'
import { type Home, openHome } from './home.ts'
import { type Lock, takeLock, tryLock } from './lock.ts'
import { boundLog } from './logfile.ts'
import { ensureRunning, type Place, PORT, readPidFile, stop } from './postmaster.ts'
import { worksIn } from './processes.ts'
import { openSocketFolder } from './socket.ts'

/** How to reach a PostgreSQL; `host` may be the folder of its socket. */
export interface Server {
  host: string
  port: number
  user: string
  password: string
  ssl?: unknown
}

const FAST = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']

/**
 * Opens the embedded PostgreSQL of this data folder: started if it does not run, shared with every other process that
 * opened it, stopped when the last of them releases it. Who is last is told by locks that die with their process, so a
 * killed server leaves a PostgreSQL that the next one finds and uses. While open, one that died is started again.
 *
 * `log` gets one line for what an operator should know. `fast` gives durability up and is for tests only.
 * Throws an Error whose message says what the operator can do.
 */
export async function openPostgres(
  dataDir: string,
  log: (line: string) => void,
  { fast = false } = {},
): Promise<{ server: Server; release(): Promise<void> }> {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const home = openHome(dataDir, log)
  const startLock = join(home.path, 'start.lock')
  const useLock = join(home.path, 'use.lock')

  const locked = async <T>(action: () => Promise<T>): Promise<T> => {
    const lock = await takeLock(startLock, 'exclusive')
    try {
      return await action()
    } finally {
      lock.free()
    }
  }

  const { place, server, used } = await locked(async () => {
    const { place, password } = prepare(home, dataDir, fast)
    const used = await takeLock(useLock, 'shared')
    try {
      const host = await ensureRunning(place, log)
      return { place, used, server: { host, port: PORT, user: ADMIN, password } }
    } catch (error) {
      used.free()
      throw error
    }
  })

  const unwatch = watch(place, log, locked)

  let released: Promise<void> | undefined
  const release = async (lock: Lock) => {
    unwatch()
    await locked(async () => {
      lock.free()
      const last = tryLock(useLock, 'exclusive')
      if (last) await stop(place.cluster)
      last?.free()
    })
  }
  return {
    server,
    release: () => {
      released ??= release(used)
      return released
    },
  }
}

function prepare(home: Home, dataDir: string, fast: boolean): { place: Place; password: string } {
  const cluster = join(home.path, 'cluster')
  const binaries = prepareBinaries(home)
  const password = ensureCluster(home, binaries, cluster)
  const socketFolder = openSocketFolder(home)
  const logFile = join(dataDir, 'postgres.log')
  return {
    password,
    place: { cluster, socketFolder, logFile, runner: home.runner, binaries, options: fast ? FAST : [] },
  }
}

/** Looks four times a second whether PostgreSQL is there; returns how to stop looking. Keeps no process alive. */
function watch(place: Place, log: (line: string) => void, locked: <T>(action: () => Promise<T>) => Promise<T>) {
  let busy = false
  let closed = false
  let complaint = ''
  const look = async () => {
    if (worksIn(readPidFile(place.cluster)?.pid ?? 0, place.cluster)) return boundLog(place.logFile)
    await locked(async () => {
      if (!closed) await ensureRunning(place, log)
    })
    log('PostgreSQL had ended and was started again.')
    complaint = ''
  }
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    look()
      .catch((error: Error) => {
        if (error.message !== complaint) log(error.message)
        complaint = error.message
      })
      .finally(() => {
        busy = false
      })
  }, 250)
  timer.unref()
  return () => {
    closed = true
    clearInterval(timer)
  }
}
