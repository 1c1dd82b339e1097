/** `npm start`: installs what is missing, builds the web app if it changed, runs the server and ends when it ends. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled, ROOT } from './setup/install.mjs'
import { whenNpmIsGone } from './setup/parent.mjs'
import { ensureWebBuilt } from './setup/web.mjs'

try {
  const node = ensureInstalled()
  ensureWebBuilt(node)
  run(node)
} catch (error) {
  console.error(`\n${error.message}\n`)
  process.exit(1)
}

/**
 * The server gets a process group of its own: Ctrl-C goes to npm and to us, and reaches the server once, from here.
 * The channel between us closes when we are killed, which tells the server to stop.
 */
function run(node) {
  const server = spawn(node, [join(ROOT, 'server/src/main.ts')], {
    cwd: ROOT,
    detached: true,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  let asked = 0
  const stop = () => {
    const patience = Date.now() - asked
    if (!asked) server.kill('SIGTERM')
    else if (patience > 2_000) server.kill('SIGKILL')
    asked ||= Date.now()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
  whenNpmIsGone(stop)
  server.on('error', (error) => {
    console.error(`\nThe server could not be started: ${error.message}\n`)
    process.exit(1)
  })
  server.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}
