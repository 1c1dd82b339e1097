import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { boundLog, explain, openLog, sizeOf, writtenSince } from './logfile.ts'
import { answers, pause, processesIn, worksIn } from './processes.ts'
import type { Runner } from './runner.ts'
import { as, give } from './runner.ts'

export const PORT = 5432

/** What it takes to run one cluster. */
export interface Place {
  cluster: string
  socketFolder: string
  logFile: string
  runner: Runner
  binaries: Binaries
  /** Options beyond the usual, such as those that make tests fast. */
  options: string[]
}

interface PidFile {
  pid: number
  socketFolder: string
  status: string
}

/** What postmaster.pid says, believed only as far as it is checked. */
export function readPidFile(cluster: string): PidFile | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), socketFolder: lines[4] ?? '', status: lines[7]?.trim() ?? '' }
  } catch {
    return undefined
  }
}

/** Whether PostgreSQL runs in this cluster: by its process, or by its socket when that is out of our sight. */
async function runs(cluster: string, file = readPidFile(cluster)): Promise<boolean> {
  if (!file) return false
  return (
    worksIn(file.pid, cluster) || (file.socketFolder !== '' && answers(join(file.socketFolder, `.s.PGSQL.${PORT}`)))
  )
}

/**
 * Returns the socket folder of a PostgreSQL that takes connections, started if it did not run. Recovery after a crash
 * may take its time: it is waited for. The caller holds the start lock. Throws a sentence when it cannot start.
 */
export async function ensureRunning(place: Place, log: (line: string) => void): Promise<string> {
  const { cluster } = place
  let child: ChildProcess | undefined
  let failure: Error | undefined
  const logged = sizeOf(place.logFile)
  for (let waited = 0; ; waited += 10) {
    const file = readPidFile(cluster)
    const up = await runs(cluster, file)
    if (file && up && file.status === 'ready') return file.socketFolder
    if (child && (failure || child.exitCode !== null || child.signalCode !== null))
      throw new Error(explain(failure?.message ?? writtenSince(place.logFile, logged), cluster))
    if (!up && !child) {
      await clearRemains(cluster, file)
      child = start(place)
      child.once('error', (error) => {
        failure = error
      })
    }
    if (waited > 0 && waited % 5_000 === 0) log('PostgreSQL is still getting ready, as after a crash or a power cut.')
    await pause(10)
  }
}

/** Detached, so that Ctrl-C in the terminal reaches Crossdock alone, which then stops PostgreSQL in good order. */
function start({ cluster, socketFolder, logFile, runner, binaries, options }: Place): ChildProcess {
  boundLog(logFile)
  const output = openLog(logFile)
  give(runner, logFile)
  const settings = [
    'listen_addresses=',
    `unix_socket_directories="${socketFolder.replaceAll('"', '""')}"`,
    'unix_socket_permissions=0700',
    'max_connections=100',
    'shared_buffers=128MB',
    // An import fills empty tables in seconds: plans made while they were empty must not live for a minute.
    'autovacuum_naptime=3s',
    // Refused statements are the program's business, and their details would put personal data into the log.
    'log_min_messages=log',
    'log_checkpoints=off',
    ...options,
  ]
  const args = ['-D', cluster, '-p', String(PORT), ...settings.flatMap((setting) => ['-c', setting])]
  const child = spawn(binaries.program('postgres'), args, {
    ...as(runner),
    env: binaries.env,
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  child.unref()
  return child
}

/**
 * After a kill -9 of the postmaster its children leave by themselves, unless one is busy: those are ended, for no new
 * postmaster may start beside them. A postmaster.pid whose number went to a stranger would block the start: it goes.
 */
async function clearRemains(cluster: string, file: PidFile | undefined): Promise<void> {
  for (const [signal, patience] of [
    [0, 2_000],
    ['SIGQUIT', 2_000],
    ['SIGKILL', 5_000],
  ] as const) {
    for (const pid of processesIn(cluster)) send(pid, signal)
    for (let waited = 0; waited < patience; waited += 20) {
      if (processesIn(cluster).length === 0) {
        if (file && send(file.pid, 0)) rmSync(join(cluster, 'postmaster.pid'), { force: true })
        return
      }
      await pause(20)
    }
  }
  throw new Error(`PostgreSQL processes of an earlier start still hold ${cluster}: restart the machine.`)
}

/** Stops it as for a planned shutdown: open transactions are rolled back, everything committed is on disk. */
export async function stop(cluster: string): Promise<void> {
  const pid = readPidFile(cluster)?.pid
  if (!pid) return
  for (const [signal, patience] of [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    if (worksIn(pid, cluster)) send(pid, signal)
    for (let waited = 0; waited < patience; waited += 10) {
      if (!worksIn(pid, cluster)) return
      await pause(10)
    }
  }
}

/** Whether a process of that number exists, after it got the signal if it is ours to signal. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
