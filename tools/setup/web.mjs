import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './install.mjs'

const STAMP = join(ROOT, 'web/dist/.built-from')

/** Builds the web app unless what is built was built from the very sources that are here. Throws a sentence. */
export function ensureWebBuilt(node) {
  if (!existsSync(join(ROOT, 'web/vite.config.ts'))) return
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashOfSources()) return
  console.error('Building the web app. This takes a few seconds, once.')
  const built = buildWeb(node, 'pipe')
  if (built.status !== 0) throw new Error(`The web app could not be built:\n${built.stdout ?? ''}${built.stderr ?? ''}`)
}

/** The configuration is loaded by Node itself: Vite's own way writes into node_modules, which may be read-only. */
export function buildWeb(node, stdio) {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const args = [vite, 'build', 'web', '--configLoader', 'native', '--logLevel', 'warn']
  const built = spawnSync(node, args, { cwd: ROOT, stdio, encoding: 'utf8' })
  if (built.status === 0) writeFileSync(STAMP, hashOfSources())
  return built
}

/** The web app takes types alone from the server, so its own files and the lock file decide what comes out. */
function hashOfSources() {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')))
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) {
        if (entry.name !== 'dist' && entry.name !== 'node_modules') visit(path)
      } else {
        hash.update(`${path.slice(ROOT.length)}\0`).update(readFileSync(path))
      }
    }
  }
  visit(join(ROOT, 'web'))
  return hash.digest('hex')
}
