import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hasTable } from '#kernel/db/client.ts'
import { asOwner, type Located } from '#kernel/db/located.ts'
import type { Settings } from '../../platform/settings.ts'
import { version } from '../../platform/version.ts'
import { takeBackup } from './take.ts'

/** How many of them are kept. */
const kept = 3

/**
 * What happens before migrations are applied to a database that somebody works with: a backup into DATA_DIR/backups. Where
 * it can't be taken, nothing is migrated.
 */
export function backupBeforeMigrating(settings: Settings, log: (line: string) => void) {
  return async (located: Located, pending: string[]): Promise<void> => {
    if (!settings.backupBeforeMigration || !(await hasAccounts(located))) return
    const folder = join(settings.dataDir, 'backups')
    const moment = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
    const file = join(folder, `before-${version}-${moment}.tar.zst`)
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await takeBackup({ located, dataDir: settings.dataDir, secret: settings.secret, file, isLocked: true })
    } catch (error) {
      throw new Error(
        `No backup could be taken before ${pending.join(', ')}, so nothing was changed: ${(error as Error).message}\n` +
          'Make room in DATA_DIR, or take a backup by other means and start with BACKUP_BEFORE_MIGRATION=0.',
      )
    }
    log(`took a backup before the upgrade: ${file}`)
    const older = (await readdir(folder)).filter((name) => /^before-.*\.tar\.zst$/.test(name)).sort(byMoment)
    for (const name of older.slice(0, -kept)) await rm(join(folder, name))
  }
}

const momentOf = (name: string) => name.slice(name.lastIndexOf('-'))
const byMoment = (a: string, b: string) => momentOf(a).localeCompare(momentOf(b))

async function hasAccounts({ target, login }: Located): Promise<boolean> {
  return await asOwner(target, login, async (owner) => {
    if (!(await hasTable(owner, 'access.accounts'))) return false
    return (await owner.query('select from access.accounts limit 1')).rowCount === 1
  })
}
