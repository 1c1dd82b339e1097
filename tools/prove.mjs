/** `npm run prove [name …]`: what is slow, timed or statistical, on a PostgreSQL of its own; all of it, or files whose name holds a word. */
import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { ensureInstalled, ROOT } from './setup/install.mjs'

try {
  const env = { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env.PATH}` }
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'prove/vitest.config.ts', ...process.argv.slice(2)]
  process.exit(spawnSync(ensureInstalled(), args, { cwd: ROOT, env, stdio: 'inherit' }).status ?? 1)
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
