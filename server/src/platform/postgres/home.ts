import { createHash } from 'node:crypto'
import { accessSync, constants, lstatSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { canReach, chooseRunner, give, type Runner } from './runner.ts'

const ELSEWHERE = '/var/lib/crossdock'

/** The folder that belongs to the embedded PostgreSQL, and who runs it there. */
export interface Home {
  path: string
  runner: Runner
}

/**
 * Finds or makes `<data folder>/postgres`. When Crossdock runs as root under a folder that PostgreSQL's user cannot
 * enter (such as /root), that name is a link to a folder in /var/lib/crossdock, so the choice is made once and seen.
 */
export function openHome(dataDir: string, log: (line: string) => void): Home {
  const own = join(dataDir, 'postgres')
  const runner = chooseRunner(join(own, 'cluster'))
  if (lstatSync(own, { throwIfNoEntry: false }) || canReach(runner, dataDir))
    return { path: ready(own, runner), runner }
  const path = join(ELSEWHERE, createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
  try {
    mkdirSync(ELSEWHERE, { recursive: true, mode: 0o755 })
    ready(path, runner)
  } catch {
    throw new Error(
      `PostgreSQL runs as ${runner?.name}, who cannot enter ${dataDir}: set DATA_DIR to a folder outside of it.`,
    )
  }
  symlinkSync(path, own)
  log(`PostgreSQL runs as ${runner?.name}, who cannot enter ${dataDir}: its files are in ${path}.`)
  return { path, runner }
}

/** The real path, since PostgreSQL's processes are known by the folder they stand in. */
function ready(folder: string, runner: Runner): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    give(runner, folder)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    throw new Error(`The folder ${folder} belongs to another user: start Crossdock as that user.`)
  }
  const path = realpathSync(folder)
  if (!canReach(runner, path))
    throw new Error(`PostgreSQL runs as ${runner?.name}, who cannot enter ${path}: let this user pass through.`)
  return path
}
