import { resolve } from 'node:path'
import { locate } from '#kernel/db/located.ts'
import { leaveOf, openDatabase } from '../../installation.ts'
import type { Command, EarlyCommand, Typed } from '../command.ts'
import { asOwner, Mistake } from '../owner.ts'
import type { Manifest } from './manifest.ts'
import { restoreBackup } from './restore.ts'
import { takeBackup } from './take.ts'
import { verifyBackup } from './verify.ts'
import { discard, release, waitingSinceRestore } from './waiting.ts'

function fileNamed({ positionals }: Typed, usage: string): string {
  if (!positionals[0]) throw new Mistake(`The file is missing: ${usage}`)
  return resolve(positionals[0])
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
const counted = ({ tables, files, takenAt, program }: Manifest) =>
  `${sum(tables.map(({ rows }) => rows))} rows of ${tables.length} tables and ${files.length} files as of ${takenAt}, by version ${program}`
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

export const backupCommands: Record<string, EarlyCommand> = {
  backup: {
    synopsis: 'FILE [--force]',
    summary: 'Keep everything in one file, while the server runs. The secret is not in it: keep that elsewhere.',
    options: { force: { type: 'boolean' } },
    async run(typed) {
      const { settings } = typed
      const file = fileNamed(typed, 'backup FILE')
      const database = await openDatabase(settings, () => {})
      try {
        const { manifest, bytes } = await takeBackup({
          located: await locate(database.direct, settings.secret),
          dataDir: settings.dataDir,
          secret: settings.secret,
          file,
          force: Boolean(typed.options.force),
        })
        console.log(`${file}: ${counted(manifest)}; ${megabytes(bytes)}.`)
        if (manifest.goneFiles.length > 0)
          console.log(`Removed while it was taken, so not in it: ${manifest.goneFiles.join(', ')}.`)
      } finally {
        await database.release()
      }
      return 0
    },
  },
  'backup verify': {
    synopsis: 'FILE',
    summary: 'Read a backup through and compare everything in it with its checksums; nothing is restored.',
    options: {},
    async run(typed) {
      const manifest = await verifyBackup(fileNamed(typed, 'backup verify FILE'))
      console.log(`Whole: ${counted(manifest)}.`)
      return 0
    },
  },
  restore: {
    synopsis: 'FILE',
    summary:
      'Restore a backup into an empty DATA_DIR, or an empty database (DATABASE_URL); exit 3 if the audit record is not whole.',
    options: {},
    async run(typed) {
      const { settings } = typed
      const file = fileNamed(typed, 'restore FILE')
      const database = await openDatabase(settings, () => {})
      try {
        const restored = await restoreBackup({
          admin: database.direct,
          secret: settings.secret,
          dataDir: settings.dataDir,
          file,
          leave: leaveOf(settings),
        })
        console.log(`Restored, every table as it was: ${counted(restored.manifest)}.`)
        console.log('Everybody signs in anew; links in mails sent before are dead.')
        if (restored.revokedKeys > 0) console.log(`${restored.revokedKeys} API keys are revoked: make new ones.`)
        if (!restored.isSameSecret)
          console.log(
            'The secret is not the one of the backup: credentials of outside services are to be entered again.',
          )
        if (restored.heldMessages + restored.heldJobs > 0)
          console.log(
            `${restored.heldMessages} messages and ${restored.heldJobs} jobs of then wait for your word: outbox waiting, then outbox release or outbox discard.`,
          )
        for (const { accountId, sentence } of restored.audit.findings) console.error(`${accountId} · ${sentence}`)
        if (restored.audit.findings.length === 0) console.log('The audit record is whole.')
        console.log(
          'Take away again what was taken away since: people who left; for data that was erased: privacy reapply.',
        )
        return restored.audit.findings.length > 0 ? 3 : 0
      } finally {
        await database.release()
      }
    },
  },
}

export const outboxCommands: Record<string, Command> = {
  'outbox waiting': {
    synopsis: '',
    summary: 'Show which messages and jobs wait since a restore.',
    options: {},
    async run({ installation }) {
      const waiting = await asOwner(installation.prepared, waitingSinceRestore)
      if (waiting.length === 0) console.log('Nothing waits.')
      for (const { account, what, count, oldest, newest } of waiting)
        console.log(`${account} · ${what}: ${count}, from ${oldest} to ${newest}`)
      return 0
    },
  },
  'outbox release': {
    synopsis: '',
    summary:
      'After a restore: send the messages and run the jobs of then. What was done since the backup is done again.',
    options: {},
    async run({ installation }) {
      const { messages, jobs } = await asOwner(installation.prepared, release)
      console.log(`${messages} messages and ${jobs} jobs go on.`)
      return 0
    },
  },
  'outbox discard': {
    synopsis: '',
    summary: 'After a restore: give up the messages and jobs of then.',
    options: {},
    async run({ installation }) {
      const { messages, jobs } = await asOwner(installation.prepared, discard)
      console.log(`${messages} messages and ${jobs} jobs are given up.`)
      return 0
    },
  },
}
