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
 * The channel between us closes when we are killed, which tells the server to stop. A server that was ready and then died
 * by itself is started again, unless it keeps dying.
 */
function run(node) {
  let server
  let asked = 0
  const deaths = []
  // The C library gives large pieces of memory back as soon as they are free, which it otherwise learns not to: 12 MB less
  // at rest, 60 MB after an import. The server keeps these from PostgreSQL, which they would slow down.
  const memory = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' }
  const start = () => {
    let ready = false
    server = spawn(node, [join(ROOT, 'server/src/main.ts')], {
      cwd: ROOT,
      detached: true,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...memory, ...process.env },
    })
    server.on('message', () => {
      ready = true
    })
    server.on('error', (error) => {
      console.error(`\nThe server could not be started: ${error.message}\n`)
      process.exit(1)
    })
    server.on('exit', (code, signal) => {
      const now = Date.now()
      const recent = deaths.filter((death) => now - death < 60_000)
      deaths.splice(0, Infinity, ...recent, now)
      if (asked || !ready || code === 0 || recent.length >= 5)
        process.exit(code ?? 128 + (constants.signals[signal] ?? 0))
      console.error(`\nThe server died (${signal ?? `exit code ${code}`}) and is started again.\n`)
      start()
    })
  }
  const stop = () => {
    const patience = Date.now() - asked
    if (!asked) server.kill('SIGTERM')
    else if (patience > 2_000) server.kill('SIGKILL')
    asked ||= Date.now()
  }
  start()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
  whenNpmIsGone(stop)
}
