import { join } from 'node:path'
import { roles } from '#access'
import { closePools, type Login, openPools, type Target } from '#kernel/db/pools.ts'
import { type Prepared, prepare } from '#kernel/db/prepare.ts'
import type { Deps } from '#kernel/deps.ts'
import { armFailpoint } from '#kernel/failpoints.ts'
import { openPostgres } from './platform/postgres/index.ts'
import type { Settings } from './platform/settings.ts'

/** A database that is up, migrated and open; what main and the command line both begin with. */
export interface Installation {
  deps: Deps
  prepared: Prepared
  close(): Promise<void>
}

/**
 * Opens the operator's own PostgreSQL (DATABASE_URL) or the embedded one, and brings the database up to this program.
 * @throws Error with a sentence for the operator
 */
export async function openInstallation(settings: Settings, log: (line: string) => void): Promise<Installation> {
  const { admin, release } = settings.databaseUrl
    ? { admin: fromUrl(settings.databaseUrl), release: async () => {} }
    : await embedded(settings.dataDir, log)
  try {
    const direct = settings.databaseDirectUrl ? fromUrl(settings.databaseDirectUrl) : admin
    const prepared = await prepare(direct, settings.secret, roles, { log })
    if (settings.failpoint) armFailpoint(settings.failpoint, prepared.isTest)
    const pooled = { ...prepared.target, host: admin.host, port: admin.port }
    const pools = openPools(pooled, prepared.login, undefined, prepared.target)
    const deps: Deps = {
      pools,
      secret: settings.secret,
      publicUrl: settings.publicUrl,
      filesDir: join(settings.dataDir, 'files'),
      smtpUrl: settings.smtpUrl,
      mailFrom: settings.mailFrom,
      now: () => new Date(),
    }
    return {
      deps,
      prepared,
      close: async () => {
        await closePools(pools)
        await release()
      },
    }
  } catch (error) {
    await release()
    throw error
  }
}

async function embedded(
  dataDir: string,
  log: (line: string) => void,
): Promise<{ admin: Target & Login; release: () => Promise<void> }> {
  const { server, release } = await openPostgres(dataDir, log)
  return {
    admin: {
      host: server.host,
      port: server.port,
      user: server.user,
      password: server.password,
      database: 'crossdock',
    },
    release,
  }
}

function fromUrl(text: string): Target & Login {
  const url = new URL(text)
  const mode = url.searchParams.get('sslmode')
  return {
    host: url.searchParams.get('host') ?? url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || 'crossdock',
    ...(mode && mode !== 'disable'
      ? { ssl: { rejectUnauthorized: mode === 'verify-full' || mode === 'verify-ca' } }
      : {}),
  }
}
