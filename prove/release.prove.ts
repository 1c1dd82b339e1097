import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { freePort } from '../server/src/testing/free-port.ts'

const root = join(import.meta.dirname, '..')

it('the release runs where there is neither Node nor npm nor anything installed', async () => {
  const archive = execFileSync(process.execPath, [join(root, 'tools/release.mjs')], { encoding: 'utf8' }).trim()
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-release-'))
  execFileSync('chmod', ['711', folder])
  execFileSync('tar', ['-xzf', archive, '-C', folder])
  const program = join(folder, readdirSync(folder)[0]!, 'crossdock')
  const port = await freePort()
  const env = { PATH: '/usr/bin:/bin', PORT: String(port), DATA_DIR: join(folder, 'data') }
  const server = spawn(program, ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  // Read to its end: a server that nobody hears any more stops.
  server.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  await vi.waitFor(() => expect(output).toContain('Its clients sign in'), { timeout: 240_000 })
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
  expect(await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()).toEqual({ ok: true })
  const [, email, password] = /administrator +(\S+@\S+) +(\S+)/.exec(output)!
  const signIn = async (secret: string) => {
    const headers = { 'content-type': 'application/json', origin: `http://127.0.0.1:${port}` }
    const body = JSON.stringify({ email, password: secret })
    return (await fetch(`http://127.0.0.1:${port}/api/v1/session`, { method: 'POST', headers, body })).status
  }
  // What hashes passwords is a process of its own, which the release brings along.
  expect([await signIn('four wrong words together'), await signIn(password!)]).toEqual([401, 200])
  expect(execFileSync(program, ['health'], { env, encoding: 'utf8' })).toContain('database')
  server.kill('SIGTERM')
  expect((await once(server, 'exit'))[0]).toBe(0)
  rmSync(folder, { recursive: true, force: true })
})
