import { startSealer } from '#access'
import { startWorker } from '#kernel/jobs-worker.ts'
import { startSeen } from '#kernel/seen.ts'
import { buildApp } from './app.ts'
import { type DemoLogin, demoLogins, demoPortal, ensureDemo } from './demo/demo.ts'
import { drainable } from './drain.ts'
import { type Installation, openInstallation } from './installation.ts'
import { describeError } from './logging.ts'
import { accountLink, hasOwnAccount } from './operator/account-link.ts'
import { openMetrics, openOperatorDoor } from './operator/health/index.ts'
import { askedToStop, patience } from './platform/asked-to-stop.ts'
import { commandLine } from './platform/command.ts'
import { tidyUp } from './platform/memory.ts' // before all that takes memory
import { readSettings, type Settings } from './platform/settings.ts'
import { reportJob } from './worker.ts'

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** The exit code after a fault; `npm start` starts the server again. */
const crashed = 70

/** Starts the server: database, demo, worker, pages; prints one line when it is ready. */
async function start(settings: Settings) {
  const open: { close(): Promise<unknown> }[] = []
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= (async () => {
      for (const { close } of open.reverse()) await close()
    })()
    return stopping
  }
  const leave = (code: number) => {
    setTimeout(() => process.exit(code), patience).unref()
    void stop().finally(() => process.exit(code))
  }
  void askedToStop().then(() => leave(0))
  // After a fault that nobody caught nothing is sure: what is under way may end, then `npm start` starts us anew.
  process.once('uncaughtException', (error) => {
    console.error(
      JSON.stringify({ level: 60, time: Date.now(), msg: 'a fault nobody caught', err: describeError(error) }),
    )
    leave(crashed)
  })

  try {
    const installation = await openInstallation(settings, (line) => console.log(line))
    open.push(installation)
    const { deps, prepared } = installation
    const sealer = startSealer(deps, (sentence) => console.error(sentence))
    open.push({ close: () => sealer.stop() }) // after all that writes has stopped
    const seen = startSeen(deps)
    open.push({ close: () => seen.stop() })
    const made = settings.demo ? await ensureDemo(installation) : undefined
    const logins = await demoLogins(prepared)
    if (logins.length > 0 && !isLoopback(settings.host)) {
      throw new Error(
        `The demo account is here, so this server listens on this machine alone. Remove it first: ${commandLine} demo remove`,
      )
    }
    const metrics = openMetrics(deps)
    if (settings.operatorPort !== undefined)
      open.push(await openOperatorDoor(deps, metrics, { host: settings.operatorHost, port: settings.operatorPort }))
    const app = await buildApp(deps, {
      log: settings.verbose ? 'info' : 'error',
      trustProxy: settings.trustProxy,
      observe: metrics.observe,
      standstill: 3_000,
    })
    const drain = drainable(app)
    await app.listen({ port: settings.port, host: settings.host })
    const worker = settings.worker
      ? await startWorker(deps, { lapse: settings.workerLapse, report: reportJob })
      : undefined
    open.push({ close: () => Promise.all([drain(), worker?.stop()]) })
    tidyUp()
    process.send?.('ready')
    await greet(settings, installation, { made, demo: logins.length > 0 })
  } catch (error) {
    await stop()
    throw error
  }
}

/** What the operator reads when the server is ready. */
async function greet(
  settings: Settings,
  { prepared }: Installation,
  { made, demo }: { made: DemoLogin[] | undefined; demo: boolean },
) {
  console.log(`Crossdock is ready on ${settings.publicUrl}`)
  if (!(await hasOwnAccount(prepared))) {
    console.log(
      `\n  Create your account (this link works once):\n    ${await accountLink(prepared, settings.publicUrl)}`,
    )
  }
  if (made) {
    console.log('\n  Look around in the demo account:')
    for (const { role, email, password } of made) console.log(`    ${role.padEnd(18)} ${email.padEnd(26)} ${password}`)
    console.log(
      `  Its clients sign in at their own address:\n    ${settings.publicUrl}/p/${await demoPortal(prepared)}/`,
    )
  } else if (demo) {
    console.log(`\n  Demo account: new passwords with   ${commandLine} demo passwords`)
  }
}

try {
  const settings = readSettings()
  await start(settings).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new Error(
        `Port ${settings.port} is taken by another program. Choose another one: PORT=${settings.port + 1} npm start`,
      )
    if (error.code === 'EACCES' && error.message.includes('listen'))
      throw new Error(
        `Port ${settings.port} needs more rights than you have. Choose one above 1023: PORT=4000 npm start`,
      )
    throw error
  })
} catch (error) {
  console.error(`\n${(error as Error).message}\n`)
  process.exit(1)
}
