/** `npm run test:postgres [-- …]`: the suite on a PostgreSQL of one's own; `--help` says how. */
import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { ensureInstalled, ROOT } from './setup/install.mjs'
import { ensureWebBuilt } from './setup/web.mjs'

try {
  const env = { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env.PATH}` }
  const node = ensureInstalled()
  if (!process.argv.includes('--api')) ensureWebBuilt(node)
  const args = [join(ROOT, 'server/src/testing/test-postgres.ts'), ...process.argv.slice(2)]
  process.exit(spawnSync(node, args, { cwd: ROOT, env, stdio: 'inherit' }).status ?? 1)
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
