import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readSettings } from './settings.ts'

const DATA_DIR = mkdtempSync(join(tmpdir(), 'crossdock-settings-'))
afterAll(() => rmSync(DATA_DIR, { recursive: true }))

it('has a default for everything and keeps the secret it made', () => {
  const settings = readSettings({ DATA_DIR })
  expect(settings).toMatchObject({ port: 4000, host: '127.0.0.1', publicUrl: 'http://127.0.0.1:4000', demo: true })
  expect(Buffer.from(settings.secret, 'base64url')).toHaveLength(32)
  expect(statSync(join(DATA_DIR, 'secret')).mode & 0o777).toBe(0o600)
  expect(readSettings({ DATA_DIR }).secret).toBe(settings.secret)
  expect(readFileSync(join(DATA_DIR, 'secret'), 'utf8').trim()).toBe(settings.secret)
})

it('takes what the environment says', () => {
  const env = {
    DATA_DIR,
    PORT: '8080',
    HOST: '::1',
    DATABASE_URL: 'postgres://crossdock@db/crossdock',
    SMTP_URL: 'smtp://localhost:2525',
    CROSSDOCK_SECRET: 'sixteen letters!',
    DEMO: '0',
    KEY_LIMIT: '30',
    SESSION_LIMIT: '40',
  }
  expect(readSettings(env)).toEqual({
    dataDir: DATA_DIR,
    port: 8080,
    host: '::1',
    publicUrl: 'http://[::1]:8080',
    databaseUrl: env.DATABASE_URL,
    smtpUrl: env.SMTP_URL,
    secret: env.CROSSDOCK_SECRET,
    demo: false,
    verbose: false,
    allowNoChecksums: false,
    allowPrivateProviders: false,
    backupBeforeMigration: true,
    operatorHost: '127.0.0.1',
    worker: true,
    workerLapse: 15_000,
    limits: { key: { perSecond: 30, burst: 150 }, web: { perSecond: 40, burst: 200 } },
  })
  expect(readSettings({ DATA_DIR, PUBLIC_URL: 'https://desk.example/' }).publicUrl).toBe('https://desk.example')
})

it.each([
  [{ PORT: 'http' }, 'PORT is "http": it must be a number from 0 to 65535.'],
  [{ PORT: '70000' }, 'PORT is "70000": it must be a number from 0 to 65535.'],
  [{ CROSSDOCK_SECRET: 'short' }, 'CROSSDOCK_SECRET is too short: use 16 characters or more.'],
  [{ DATABASE_URL: 'mysql://db' }, 'DATABASE_URL is not an address that starts with postgres:// or postgresql://.'],
  [{ SMTP_URL: 'mail.example' }, 'SMTP_URL is not an address that starts with smtp:// or smtps://.'],
  [{ PUBLIC_URL: 'desk.example' }, 'PUBLIC_URL is not an address that starts with http:// or https://.'],
])('refuses %j in one sentence', (env, sentence) => {
  expect(() => readSettings({ DATA_DIR, ...env })).toThrow(sentence)
})

it('says so when the data folder cannot be made', () => {
  expect(() => readSettings({ DATA_DIR: '/dev/null/data' })).toThrow(/set DATA_DIR to a folder you own/)
})
