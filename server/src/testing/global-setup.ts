import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { roles } from '#access'
import { type Login, type LoginName, logins, type Target } from '#kernel/db/pools.ts'
import { prepare } from '#kernel/db/prepare.ts'
import { openPostgres } from '../platform/postgres/index.ts'
import { seedCast } from './cast.ts'

/** What each test file needs to clone a database of its own from the template. */
export interface TestServer {
  admin: Omit<Target, 'database'> & Login
  logins: Record<LoginName, Login>
}
declare module 'vitest' {
  interface ProvidedContext {
    server: TestServer
  }
}

export const template = 'crossdock_template'
export const secret = 'a secret for tests only, never elsewhere'

/** One PostgreSQL for a whole run: its own folder, no durability, gone afterwards. */
export default async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-test-'))
  // Started by root, PostgreSQL runs as somebody else, who must be able to pass through.
  await chmod(folder, 0o711)
  const { server, release } = await openPostgres(folder, () => {}, { fast: true })
  const admin = { host: server.host, port: server.port, user: server.user, password: server.password }
  const prepared = await prepare({ ...admin, database: template }, secret, roles, { isTest: true })
  await seedCast(prepared)
  const entries = logins.map((name) => [name, prepared.login(name)] as const)
  project.provide('server', { admin, logins: Object.fromEntries(entries) as Record<LoginName, Login> })
  return async () => {
    await release()
    await rm(folder, { recursive: true, force: true })
  }
}
