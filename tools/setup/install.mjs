import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Makes sure that everything the lock file names is installed and returns the Node that the rest runs on: the one that
 * npm installs, whatever Node started this. What npm says goes to stderr, so stdout stays the caller's.
 * Throws an Error whose message tells what to do.
 */
export function ensureInstalled() {
  if (Number(process.versions.node.split('.')[0]) < 20)
    throw new Error(`Crossdock needs Node 20 or newer, and this is ${process.versions.node}: see https://nodejs.org.`)
  if (!isInstalled()) install()
  const own = join(ROOT, 'node_modules/node/bin/node')
  if (existsSync(own)) return own
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Error('npm did not install Node 24, as with ignore-scripts: install Node 24 yourself and start again.')
}

/**
 * Compares the lock file with npm's own record of what it installed. Nothing is written, so a complete node_modules may
 * be read-only. Optional packages do not count: which of them fit depends on the machine.
 */
function isInstalled() {
  const wanted = readJson('package-lock.json')?.packages ?? {}
  const found = readJson('node_modules/.package-lock.json')?.packages ?? {}
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true
    if (optional) return true
    if (!existsSync(join(ROOT, path, 'package.json'))) return false
    return link || found[path]?.version === version
  })
}

function install() {
  console.error('Installing what is missing. This takes about a minute, once.')
  const script = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined
  const [command, first] = script ? [process.execPath, [script]] : ['npm', []]
  // Not `npm ci`: it refuses a lock file when the registry lacks an optional package for some other system.
  const flags = ['--no-save', '--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error']
  const { status, error } = spawnSync(command, [...first, 'install', ...flags], { cwd: ROOT, stdio: ['ignore', 2, 2] })
  if (status === 0 && isInstalled()) return
  throw new Error(
    `npm could not install the packages Crossdock needs${error ? ` (${error.message})` : ''}; what it said is above. ` +
      `Check that this machine reaches the npm registry and that you may write to ${ROOT}, then start again.`,
  )
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
  } catch {
    return undefined
  }
}
