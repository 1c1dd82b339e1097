import { join } from 'node:path'
import { roles } from '#access'
import { closePools, type Login, openPools, type Target } from '#kernel/db/pools.ts'
import { type Prepared, type PrepareOptions, prepare } from '#kernel/db/prepare.ts'
import type { Deps } from '#kernel/deps.ts'
import { armFailpoint } from '#kernel/failpoints.ts'
import { Buckets } from '#kernel/rate-limit.ts'
import { Seen } from '#kernel/seen.ts'
import { backupBeforeMigrating } from './operator/backup/index.ts'
import { readDatabaseUrl } from './platform/database-url.ts'
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
  const { admin, direct, release } = await openDatabase(settings, log)
  try {
    const prepared = await prepare(direct, settings.secret, roles, {
      ...leaveOf(settings),
      log,
      beforeMigrating: backupBeforeMigrating(settings, log),
    })
    if (settings.failpoint) armFailpoint(settings.failpoint, prepared.isTest)
    const { user: _user, password: _password, ...pooled } = admin
    const pools = openPools(pooled, prepared.login, undefined, prepared.target)
    const deps: Deps = {
      pools,
      secret: settings.secret,
      publicUrl: settings.publicUrl,
      dataDir: settings.dataDir,
      filesDir: join(settings.dataDir, 'files'),
      allowPrivateProviders: settings.allowPrivateProviders,
      ...(settings.uploadQuota !== undefined && { uploadQuota: settings.uploadQuota }),
      smtpUrl: settings.smtpUrl,
      mailFrom: settings.mailFrom,
      buckets: new Buckets(settings.limits),
      seen: new Seen(),
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

/** What preparing a database may do and overlook, as the operator said. */
export const leaveOf = (settings: Settings): Pick<PrepareOptions, 'mayRekey' | 'allowNoChecksums'> => ({
  mayRekey: !settings.databaseUrl,
  allowNoChecksums: settings.allowNoChecksums,
})

/** The PostgreSQL that the settings name, as it is; `direct` leads around a connection pooler. */
export async function openDatabase(
  settings: Settings,
  log: (line: string) => void,
): Promise<{ admin: Target & Login; direct: Target & Login; release: () => Promise<void> }> {
  const { admin, release } = settings.databaseUrl
    ? { admin: readDatabaseUrl(settings.databaseUrl), release: async () => {} }
    : await embedded(settings.dataDir, log)
  return { admin, direct: settings.databaseDirectUrl ? readDatabaseUrl(settings.databaseDirectUrl) : admin, release }
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
