import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { addAccount, asIdentity } from '#access'
import { importFile } from '#intake'
import { readSnapshot, write } from '#kernel/db/transaction.ts'
import { Problem } from '#kernel/problem.ts'
import { OrdersFile, recordExport, recordManifest } from '#orders'
import { demoLogins, ensureDemo, newDemoPasswords, removeDemo } from '../demo/demo.ts'
import { readSettings } from '../platform/settings.ts'
import { accountLink } from './account-link.ts'
import { actInAccount } from './act-in-account.ts'
import { auditCommands, forgetChain } from './audit-commands.ts'
import { backupCommands, outboxCommands } from './backup/commands.ts'
import { type Command, type EarlyCommand, need, words } from './command.ts'
import { keyCommands } from './create-key.ts'
import { factorCommands } from './factor-command.ts'
import { handOver } from './hand-over.ts'
import { gravest, healthText, lookAround } from './health/index.ts'
import { accountNamed, asOwner, Mistake } from './owner.ts'
import { privacyCommands } from './privacy-commands.ts'
import { rolesSql } from './roles-sql.ts'
import { stockCommands } from './stock-commands.ts'

/** Imports a file in this process, as the command line's own member; what was refused goes to standard error, a line a reason. */
function importCommand(kind: 'orders' | 'products', summary: string): Command {
  return {
    synopsis: `FILE --account N --mapping auto|NAME${kind === 'orders' ? ' [--store S]' : ''} [--currency C]`,
    summary: `Import ${kind} from a CSV file: ${summary}.`,
    options: words('account', 'mapping', 'store', 'currency'),
    async run({ installation: { prepared, deps }, options, positionals }) {
      const path = positionals[0]
      if (!path) throw new Mistake('The file is missing: import orders FILE --account N --mapping auto')
      if (!existsSync(path)) throw new Mistake(`There is no file ${path}.`)
      const mapping = need(options, 'mapping')
      const accountId = await asOwner(prepared, (client) => accountNamed(client, need(options, 'account')))
      const { store, currency } = options
      const done = await actInAccount(prepared, accountId, (credential) =>
        importFile(deps, credential, { kind, path, mapping, store, currency }),
      )
      for (const { line, heading, value, message } of done.rejected)
        console.error([`line ${line}`, heading, value, message].filter(Boolean).join(' · '))
      if (done.unlisted) console.error('There are more; the page of the import has the file of all refused rows.')
      for (const note of done.notes) console.log(note)
      const { created, changed, unchanged, refused } = done
      console.log(`${created} created, ${changed} changed, ${unchanged} unchanged, ${refused} refused.`)
      return refused > 0 ? 1 : 0
    },
  }
}

/** Commands that bring no database up to this program. */
export const earlyCommands: Record<string, EarlyCommand> = {
  'roles-sql': {
    synopsis: '',
    summary: 'Print the SQL that makes the logins, for an administrator of the database server to run.',
    options: {},
    async run({ settings }) {
      console.log(await rolesSql(settings))
      return 0
    },
  },
  ...backupCommands,
}

/** Every command of the command line that works on the database. */
export const commands: Record<string, Command> = {
  migrate: {
    synopsis: '',
    summary: 'Bring the database up to this program.',
    options: {},
    async run() {
      console.log('The database is up to date.')
      return 0
    },
  },
  health: {
    synopsis: '',
    summary: 'Look at database, disk, jobs, mail, certificate; exit 1 if something wants to be seen to now.',
    options: {},
    async run({ installation }) {
      const findings = await lookAround(installation.deps)
      console.log(healthText(findings))
      return gravest(findings) === 'alarm' ? 1 : 0
    },
  },
  worker: {
    synopsis: '',
    summary: 'Run jobs and serve nothing, beside one server or several, until it is stopped.',
    options: {},
    async run({ installation }) {
      const { work } = await import('../worker.ts')
      await work(installation, readSettings())
      return 0
    },
  },
  ...outboxCommands,
  'account create': {
    synopsis: '--name N --admin-email E --password-stdin [--currency EUR] [--timezone Europe/Paris]',
    summary: 'Create an account with its first administrator; the password is read from standard input.',
    options: {
      ...words('name', 'admin-email', 'currency', 'timezone', 'admin-name'),
      'password-stdin': { type: 'boolean' },
    },
    async run({ installation, options }) {
      const name = need(options, 'name')
      const email = need(options, 'admin-email')
      if (!options['password-stdin'])
        throw new Mistake(
          '--password-stdin is missing: the password is read from standard input, never from the command line.',
        )
      const password = (await text(process.stdin)).replace(/\r?\n$/, '')
      if (password.length < 10) throw new Mistake('The password needs 10 characters or more.')
      if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw new Mistake(`"${email}" is not an e-mail address.`)
      const timezone = options.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
      await asIdentity(installation.deps.pools.identity, (identity) =>
        addAccount(identity, {
          accountName: name,
          name: options['admin-name'] ?? email.split('@')[0]!,
          email,
          password,
          currency: options.currency ?? 'EUR',
          timezone,
        }),
      ).catch((error) => {
        if (error instanceof Problem && error.errors?.[0])
          throw new Mistake(`${error.errors[0].field}: ${error.errors[0].message}`)
        throw error
      })
      console.log(`The account "${name}" is ready; ${email} is its administrator.`)
      return 0
    },
  },
  'account link': {
    synopsis: '',
    summary: 'Print a one-time link with which somebody creates his account in the browser.',
    options: {},
    async run({ installation }) {
      console.log(await accountLink(installation.prepared, installation.deps.publicUrl))
      return 0
    },
  },
  'account hand-over': handOver,
  ...keyCommands,
  'import orders': importCommand('orders', 'one row an order line; exit 0 only if every row came in'),
  'import products': importCommand('products', 'one row a product; exit 0 only if every row came in'),
  'export orders': {
    synopsis: '--account N',
    summary: 'Write every order as CSV to standard output, one row an order line.',
    options: words('account'),
    async run({ installation: { prepared, deps }, options }) {
      const accountId = await asOwner(prepared, (client) => accountNamed(client, need(options, 'account')))
      await actInAccount(prepared, accountId, async (credential) => {
        const as = [deps.pools.staff, credential, 'orders:export'] as const
        const id = await write(...as, (tx) => recordExport(tx, {}))
        const file = new OrdersFile({})
        const pieces = readSnapshot(...as, (tx) => file.pieces(tx))
        await pipeline(pieces, process.stdout, { end: false })
        await write(...as, (tx) => recordManifest(tx, id, file.manifest()))
      })
      return 0
    },
  },
  ...auditCommands,
  ...factorCommands,
  recount: {
    synopsis: '',
    summary: 'Count the orders of every status anew; says how many of the kept counts were wrong.',
    options: {},
    async run({ installation: { prepared } }) {
      const { rows } = await asOwner(prepared, (client) => client.query('select orders.recount() as wrong'))
      console.log(`${rows[0].wrong} counts were wrong.`)
      return 0
    },
  },
  ...privacyCommands,
  ...stockCommands,
  'demo load': {
    synopsis: '',
    summary: 'Make the demo account, with sample orders dated from today backwards.',
    options: {},
    async run({ installation }) {
      const made = await ensureDemo(installation, { again: true })
      if (!made) throw new Mistake('The demo account is here already.')
      for (const login of made) console.log(`${login.role.padEnd(18)} ${login.email.padEnd(26)} ${login.password}`)
      return 0
    },
  },
  'demo passwords': {
    synopsis: '',
    summary: 'Set new random passwords for the demo users and print them.',
    options: {},
    async run({ installation }) {
      if ((await demoLogins(installation.prepared)).length === 0) throw new Mistake('There is no demo account.')
      for (const login of await newDemoPasswords(installation.prepared))
        console.log(`${login.role.padEnd(18)} ${login.email.padEnd(26)} ${login.password}`)
      return 0
    },
  },
  'demo remove': {
    synopsis: '',
    summary: 'Remove the demo account with everything in it.',
    options: {},
    async run({ installation }) {
      const gone = await removeDemo(installation.prepared)
      if (gone) await forgetChain(installation.deps, gone)
      console.log('The demo account is gone.')
      return 0
    },
  },
}
