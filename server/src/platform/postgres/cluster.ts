import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import type { Home } from './home.ts'
import { explain } from './logfile.ts'
import { as, give } from './runner.ts'

export const ADMIN = 'crossdock_admin'

/**
 * Makes the cluster on first use, whole or not at all, and returns its administrator's password.
 * Throws a sentence when the cluster was made by another major version or when it cannot be made.
 */
export function ensureCluster(home: Home, binaries: Binaries, cluster: string): string {
  const passwordFile = join(home.path, 'password')
  if (!existsSync(cluster)) create(home, binaries, cluster, passwordFile)
  const major = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (major !== binaries.major)
    throw new Error(
      `The database in ${cluster} was made by PostgreSQL ${major}, and this Crossdock brings ${binaries.major}: ` +
        'start the Crossdock version that made it, take a backup there and restore it here.',
    )
  return readFileSync(passwordFile, 'utf8').trim()
}

function create(home: Home, binaries: Binaries, cluster: string, passwordFile: string): void {
  for (const name of readdirSync(home.path)) {
    if (name.startsWith('draft-')) rmSync(join(home.path, name), { recursive: true, force: true })
  }
  writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  give(home.runner, passwordFile)
  const draft = join(home.path, `draft-${randomBytes(4).toString('hex')}`)
  const made = spawnSync(
    binaries.program('initdb'),
    [
      ['-D', draft],
      ['-U', ADMIN],
      [`--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '-E', 'UTF8'],
      ['--data-checksums'],
    ].flat(),
    { ...as(home.runner), env: binaries.env, encoding: 'utf8' },
  )
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true })
    throw new Error(explain(made.error?.message ?? made.stderr, home.path))
  }
  renameSync(draft, cluster)
}
