import { startWorker } from '#kernel/jobs.ts'
import { deliverDue } from '#notices'
import { releaseDueHolds } from '#orders'
import { buildApp } from './app.ts'
import { demoLogins, ensureDemo } from './demo/demo.ts'
import { openInstallation } from './installation.ts'
import { accountLink, hasOwnAccount } from './operator/account-link.ts'
import { readSettings, type Settings } from './platform/settings.ts'

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** Starts the server: database, demo, worker, pages; prints one line when it is ready. */
async function start(settings: Settings) {
  const installation = await openInstallation(settings, (line) => console.log(line))
  const { deps, prepared } = installation
  const app = await buildApp(deps, { log: process.env.LOG === '1' ? 'info' : 'error' })
  let worker: Awaited<ReturnType<typeof startWorker>> | undefined
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= (async () => {
      await app.close()
      await worker?.stop()
      await installation.close()
    })()
    return stopping
  }
  try {
    const made = settings.demo ? await ensureDemo(installation) : undefined
    const logins = await demoLogins(prepared)
    if (logins.length > 0 && !isLoopback(settings.host)) {
      throw new Error(
        'The demo account is here, so this server listens on this machine alone. Remove it first: npm run crossdock -- demo remove',
      )
    }
    await app.listen({ port: settings.port, host: settings.host })
    worker = await startWorker(deps, [deliverDue, releaseDueHolds])
    console.log(`Crossdock is ready on ${settings.publicUrl}`)
    if (!(await hasOwnAccount(prepared)))
      console.log(
        `\n  Create your account (this link works once):\n    ${await accountLink(prepared, settings.publicUrl)}`,
      )
    if (made) {
      console.log('\n  Look around in the demo account:')
      for (const login of made) console.log(`    ${login.role.padEnd(18)} ${login.email.padEnd(26)} ${login.password}`)
    } else if (logins.length > 0) {
      console.log('\n  Demo account: new passwords with   npm run crossdock -- demo passwords')
    }
  } catch (error) {
    await stop()
    throw error
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(0)))
  // Started by `npm start`, and that was killed: nobody would stop us any more.
  process.once('disconnect', () => void stop().then(() => process.exit(0)))
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
  console.error(process.env.LOG === '1' ? error : `\n${(error as Error).message}\n`)
  process.exit(1)
}
