import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Limit, type Limits, usualLimits } from '#kernel/rate-limit.ts'

/** Everything an operator may decide from outside, read once at the start. */
export interface Settings {
  port: number
  host: string
  /** Absolute path of the folder that holds the database, the secret and the files. */
  dataDir: string
  /** A PostgreSQL of the operator's own; without it Crossdock runs the one it brings. */
  databaseUrl?: string
  /** The way around a connection pooler, for LISTEN and the job queue. */
  databaseDirectUrl?: string
  /** Whether a PostgreSQL of the operator's own may do without data checksums. */
  allowNoChecksums: boolean
  /** What links in mails begin with; no slash at the end. */
  publicUrl: string
  smtpUrl?: string
  /** Who mails come from; without it, whoever signs in to the mail server. */
  mailFrom?: string
  /** Reverse proxies whose X-Forwarded headers are believed, by comma. */
  trustProxy?: string
  /** Where the operator's own door is: health page and metrics. */
  operatorHost: string
  /** Without it there is no such door. */
  operatorPort?: number
  /** How often a key, or a session of a person, may ask. */
  limits: Limits
  /** How many bytes of uploaded files an account may keep. */
  uploadQuota?: number
  /** Whether sign-in providers inside of this network, and without TLS, may be asked. */
  allowPrivateProviders: boolean
  /** Log every request, and errors in full. */
  verbose: boolean
  /** Signs what must not be forged; 16 characters or more. */
  secret: string
  /** Whether this server runs jobs too, or leaves them to workers of their own. */
  worker: boolean
  /** Milliseconds of silence after which a worker is taken for dead and others take its jobs. */
  workerLapse: number
  /** Whether an empty installation gets the demo account. */
  demo: boolean
  /** Whether a backup is taken before migrations are applied. */
  backupBeforeMigration: boolean
  /** Where a test stops this server; refused on a database that is not a test's own. */
  failpoint?: string
}

const CHECKOUT = resolve(import.meta.dirname, '../../..')

/**
 * Reads the settings from the environment and makes the data folder and its secret on first use.
 * Throws an Error whose message tells the operator which setting is wrong and what it should be.
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const port = readPort('PORT', env.PORT || '4000')
  const host = env.HOST || '127.0.0.1'
  const databaseUrl = readUrl(env, 'DATABASE_URL', ['postgres:', 'postgresql:'])
  const databaseDirectUrl = readUrl(env, 'DATABASE_DIRECT_URL', ['postgres:', 'postgresql:'])
  const publicUrl = readUrl(env, 'PUBLIC_URL', ['http:', 'https:'])?.replace(/\/+$/, '') ?? addressOf(host, port)
  const smtpUrl = readUrl(env, 'SMTP_URL', ['smtp:', 'smtps:'])
  const dataDir = resolve(env.DATA_DIR || join(CHECKOUT, 'data'))
  makeDataDir(dataDir)
  const secret = env.CROSSDOCK_SECRET || keptSecret(join(dataDir, 'secret'))
  if (secret.length < 16) throw new Error('CROSSDOCK_SECRET is too short: use 16 characters or more.')
  return {
    port,
    host,
    dataDir,
    publicUrl,
    secret,
    worker: env.WORKER !== '0',
    workerLapse: readSeconds(env, 'WORKER_LAPSE', '15') * 1_000,
    demo: env.DEMO !== '0',
    backupBeforeMigration: env.BACKUP_BEFORE_MIGRATION !== '0',
    allowPrivateProviders: env.ALLOW_PRIVATE_PROVIDERS === '1',
    verbose: env.LOG === '1',
    operatorHost: env.OPERATOR_HOST || '127.0.0.1',
    ...(env.UPLOAD_QUOTA_MB && { uploadQuota: readMegabytes('UPLOAD_QUOTA_MB', env.UPLOAD_QUOTA_MB) }),
    ...(env.OPERATOR_PORT && { operatorPort: readPort('OPERATOR_PORT', env.OPERATOR_PORT) }),
    limits: {
      key: readLimit('KEY_LIMIT', env.KEY_LIMIT, usualLimits.key),
      web: readLimit('SESSION_LIMIT', env.SESSION_LIMIT, usualLimits.web),
    },
    allowNoChecksums: env.ALLOW_NO_CHECKSUMS === '1',
    ...(databaseUrl && { databaseUrl }),
    ...(databaseDirectUrl && { databaseDirectUrl }),
    ...(smtpUrl && { smtpUrl }),
    ...(env.MAIL_FROM && { mailFrom: env.MAIL_FROM }),
    ...(env.CROSSDOCK_FAILPOINT && { failpoint: env.CROSSDOCK_FAILPOINT }),
    ...(env.TRUST_PROXY && { trustProxy: env.TRUST_PROXY }),
  }
}

function readMegabytes(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`${name} is "${text}": it must be a number of megabytes.`)
  return Number(text) * 1_000_000
}

function readPort(name: string, text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65535) throw new Error(`${name} is "${text}": it must be a number from 0 to 65535.`)
  return port
}

/** Requests a second; five times as many may come at once. */
function readLimit(name: string, text: string | undefined, usual: Limit): Limit {
  if (!text) return usual
  if (!/^\d{1,6}$/.test(text))
    throw new Error(`${name} is "${text}": it must be a number of requests a second, or 0 for no limit.`)
  return { perSecond: Number(text), burst: Number(text) * 5 }
}

function readSeconds(env: NodeJS.ProcessEnv, name: string, otherwise: string): number {
  const seconds = Number(env[name] || otherwise)
  if (!(seconds > 0)) throw new Error(`${name} is "${env[name]}": it must be a number of seconds above 0.`)
  return seconds
}

/** A wrong URL is not repeated in the message: it may hold a password. */
function readUrl(env: NodeJS.ProcessEnv, name: string, protocols: string[]): string | undefined {
  const text = env[name]
  if (!text) return undefined
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol))
    throw new Error(`${name} is not an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`)
  return text
}

function addressOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** 0711: others may pass through (PostgreSQL runs as another user when Crossdock runs as root) but list nothing. */
function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  } catch (error) {
    throw new Error(`The data folder ${dataDir} cannot be made (${reason(error)}): set DATA_DIR to a folder you own.`)
  }
}

/** Two starts at once agree on one secret: each writes its own file, the first link to the final name wins. */
function keptSecret(file: string): string {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    try {
      return readFileSync(file, 'utf8').trim()
    } catch (error) {
      if (code(error) !== 'ENOENT') throw error
    }
    writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true })
    try {
      linkSync(draft, file)
    } catch (error) {
      if (code(error) !== 'EEXIST') throw error
    }
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new Error(
      `The secret in ${file} cannot be kept (${reason(error)}): let this user write there or set CROSSDOCK_SECRET.`,
    )
  } finally {
    rmSync(draft, { force: true })
  }
}

const code = (error: unknown) => (error as NodeJS.ErrnoException).code
const reason = (error: unknown) => code(error) ?? String(error)
