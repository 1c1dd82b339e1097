/** `npm run bench`: how fast it is; see bench/README.md. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ensureInstalled, ROOT } from './setup/install.mjs'

try {
  const node = ensureInstalled()
  const { status } = spawnSync(node, [join(ROOT, 'bench/run.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exitCode = status ?? 1
} catch (error) {
  console.error(`\n${error.message}\n`)
  process.exitCode = 1
}
