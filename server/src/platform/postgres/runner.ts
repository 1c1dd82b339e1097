import { spawnSync } from 'node:child_process'
import { chownSync, readFileSync, statSync } from 'node:fs'

/** The operating system user that PostgreSQL runs as: undefined means "as we are". PostgreSQL itself refuses root. */
export type Runner = { uid: number; gid: number; name: string } | undefined

/**
 * Who shall run PostgreSQL. Root gives way to whoever owns the cluster already, else to the user `postgres`, else to
 * `nobody`; no user is ever made. Throws a sentence when there is nobody to give way to.
 */
export function chooseRunner(cluster: string): Runner {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const toRunner = (user: string[] | undefined) =>
    user && { name: user[0]!, uid: Number(user[2]), gid: Number(user[3]) }
  const owner = statSync(cluster, { throwIfNoEntry: false })?.uid
  const owns = owner ? users.find((user) => Number(user[2]) === owner) : undefined
  const runner = toRunner(
    owns ?? users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody'),
  )
  if (runner) return runner
  throw new Error('PostgreSQL refuses to run as root, and there is no user postgres or nobody: start as another user.')
}

/** Options for spawn that make the child the runner. The working folder is one that everybody can enter. */
export const as = (runner: Runner) => ({ cwd: '/', ...(runner && { uid: runner.uid, gid: runner.gid }) })

/** Whether the runner can pass through this folder: the kernel is asked, so every rule of its own counts. */
export function canReach(runner: Runner, folder: string): boolean {
  return runner === undefined || spawnSync('test', ['-x', folder], as(runner)).status === 0
}

export function give(runner: Runner, path: string): void {
  if (runner) chownSync(path, runner.uid, runner.gid)
}
