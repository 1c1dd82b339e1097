/** `npm run --silent crossdock -- <command>`: the command line; stdout holds the command's answer and nothing else. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled, ROOT } from './setup/install.mjs'

try {
  const cli = spawn(ensureInstalled(), [join(ROOT, 'server/src/cli.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  // The terminal tells the command itself; we only wait for it.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => cli.kill('SIGTERM'))
  cli.on('error', (error) => {
    console.error(`The command could not be started: ${error.message}`)
    process.exit(1)
  })
  cli.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
