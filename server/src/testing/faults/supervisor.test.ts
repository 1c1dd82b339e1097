import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emailOf, tokenOf } from '../cast.ts'
import { freePort } from '../free-port.ts'
import { secret } from '../global-setup.ts'
import { nameInstallation } from '../spawned.ts'
import { useWorld } from '../world.ts'

const start = join(import.meta.dirname, '../../../../tools/start.mjs')

describe('npm start keeps the server alive', () => {
  const world = useWorld()

  it('F11 F60 starts a server again that died by a fault or of its memory, and what was acknowledged is there', async () => {
    await nameInstallation(world)
    const port = await freePort()
    const env = {
      ...process.env,
      DATABASE_URL: world.databaseUrl,
      DATA_DIR: world.dataDir,
      CROSSDOCK_SECRET: secret,
      PORT: String(port),
      DEMO: '0',
      CROSSDOCK_FAILPOINT: 'answer.before_send:1:crash',
    }
    const supervisor = spawn(process.execPath, [start], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const said = (text: string, times: number) =>
      new Promise<void>((resolve) => {
        const look = () => output.split(text).length > times && resolve()
        supervisor.stdout.on('data', look)
        supervisor.stderr.on('data', look)
        look()
      })
    for (const stream of [supervisor.stdout, supervisor.stderr])
      stream.on('data', (bytes) => {
        output += bytes
      })
    await said('Crossdock is ready on', 1)
    const child = Number(readFileSync(`/proc/${supervisor.pid}/task/${supervisor.pid}/children`, 'utf8').trim())
    process.kill(child, 'SIGABRT') // as V8 does when the heap is full
    await said('Crossdock is ready on', 2)
    expect(output).toContain('The server died (SIGABRT) and is started again.')
    // A fault that nobody catches: what is under way is answered, then the server ends by itself and is started again.
    const headers = { cookie: `crossdock_session=${tokenOf('A1')}`, 'content-type': 'application/json' }
    const switchTo = (locale: string) =>
      fetch(`http://127.0.0.1:${port}/api/v1/me`, { method: 'PATCH', headers, body: JSON.stringify({ locale }) })
    expect((await switchTo('fr')).status).toBe(200)
    await said('Crossdock is ready on', 3)
    expect(output).toContain('a fault nobody caught')
    expect(output).toContain('The server died (exit code 70) and is started again.')
    const { rows } = await world.owner.query('select locale from identity.users where email = $1', [emailOf('A1')])
    expect(rows).toEqual([{ locale: 'fr' }])
    supervisor.kill('SIGTERM')
    expect(await new Promise((resolve) => supervisor.once('exit', resolve))).toBe(0)
  }, 60_000)
})
