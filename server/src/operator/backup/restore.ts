import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { readAnchors, rememberKey, roles, signingKey, type Verdict, verifyAudit } from '#access'
import { pendingMigrations, readMigrations } from '#kernel/db/migrate.ts'
import type { Login, Target } from '#kernel/db/pools.ts'
import { type Prepared, type PrepareOptions, prepare } from '#kernel/db/prepare.ts'
import { migrationsFolder } from '#kernel/db/source.ts'
import { asOwner, Mistake } from '../owner.ts'
import { loadBackup } from './load.ts'
import { type Manifest, markSecret } from './manifest.ts'
import { type Settled, settle } from './settle.ts'
import { verifyBackup } from './verify.ts'

export interface Restored extends Settled {
  manifest: Manifest
  prepared: Prepared
  /** Whether this installation's secret is the one of the backup. */
  isSameSecret: boolean
  /** What the audit record says, read against the anchors kept in the data folder. */
  audit: Verdict
}

/**
 * Restores a backup into an empty database and an empty folder of files, whole or not at all: the file is read through
 * first, then everything is loaded in one transaction; the files take their place just before it is committed.
 * @throws Error or Mistake with a sentence: a damaged file, one of a newer version, a database or folder that is not empty
 */
export async function restoreBackup(request: {
  admin: Target & Login
  secret: string
  dataDir: string
  file: string
  leave?: Pick<PrepareOptions, 'mayRekey' | 'allowNoChecksums'>
}): Promise<Restored> {
  const { admin, secret, dataDir, file } = request
  const filesDir = join(dataDir, 'files')
  const manifest = await verifyBackup(file)
  pendingMigrations(await readMigrations(migrationsFolder), manifest.migrations, 'backup')
  if (existsSync(filesDir) && (await readdir(filesDir)).length > 0)
    throw new Mistake(`The folder ${filesDir} has files in it, so nothing was restored. Name a new DATA_DIR.`)
  const isSameSecret = markSecret(secret, manifest.installation) === manifest.secretMark
  const folder = `${filesDir}.restoring`
  await rm(folder, { recursive: true, force: true })
  let settled: Settled | undefined
  const prepared = await prepare(admin, secret, roles, {
    ...request.leave,
    fill: {
      async load(owner, migrateTo) {
        await migrateTo(manifest.migrations)
        await loadBackup(owner, file, manifest, folder)
      },
      async settle(owner, { installation }) {
        settled = await settle(owner, manifest, installation)
        await rename(folder, filesDir)
      },
      async undo() {
        if (settled) await rm(filesDir, { recursive: true, force: true })
        await rm(folder, { recursive: true, force: true })
      },
    },
  })
  for (const publicKey of manifest.auditKeys) await rememberKey(dataDir, { publicKey })
  const audit = await asOwner(prepared, (owner) => readAudit(owner, dataDir, secret))
  return { manifest, prepared, isSameSecret, audit, ...settled! }
}

async function readAudit(owner: pg.Client, dataDir: string, secret: string): Promise<Verdict> {
  await owner.query('set transaction isolation level repeatable read, read only')
  const anchors = await readAnchors(dataDir)
  anchors.keys.push(signingKey(secret).publicKey)
  return await verifyAudit(owner, anchors)
}
