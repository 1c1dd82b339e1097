import type pg from 'pg'
import { createKey } from '#access'
import { write } from '#kernel/db/transaction.ts'
import { Problem } from '#kernel/problem.ts'
import type { Installation } from '../installation.ts'
import { actInAccount } from './act-in-account.ts'
import { type Command, list, need, words } from './command.ts'
import { accountNamed, asOwner, Mistake, sentenceOf } from './owner.ts'

const kinds = {
  store: 'select id from channels.stores where account_id = $1 and (lower(name) = lower($2) or id::text = $2)',
  warehouse: 'select id from stock.warehouses where account_id = $1 and (lower(name) = lower($2) or id::text = $2)',
  supplier:
    "select id from access.parties where account_id = $1 and kind = 'supplier' and (lower(name) = lower($2) or id::text = $2)",
  client:
    "select id from access.parties where account_id = $1 and kind = 'client' and (lower(name) = lower($2) or id::text = $2)",
}

/** @throws Mistake */
async function idOf(client: pg.Client, accountId: string, kind: keyof typeof kinds, name: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(kinds[kind], [accountId, name])
  if (!rows[0]) throw new Mistake(`There is no ${kind} "${name}" in this account.`)
  return rows[0].id
}

/** Makes a key as the page does, by the command line's own member, within whose rights nobody has to stay. Returns the secret. */
async function makeKey({ prepared, deps }: Installation, options: Record<string, string | undefined>): Promise<string> {
  const { accountId, wanted } = await asOwner(prepared, async (client) => {
    const accountId = await accountNamed(client, need(options, 'account'))
    const ids = (kind: keyof typeof kinds, names: string) =>
      Promise.all((list(names) ?? []).map((name) => idOf(client, accountId, kind, name)))
    const company = options.supplier ? 'supplier' : 'client'
    const name = options[company]
    const role = need(options, 'role')
    return {
      accountId,
      wanted: {
        name: options.name ?? `Command line · ${role}`,
        role,
        partyId: name && (await idOf(client, accountId, company, name)),
        scope: {
          ...(options.stores && { stores: await ids('store', options.stores) }),
          ...(options.warehouses && { warehouses: await ids('warehouse', options.warehouses) }),
          ...(options.expires && { until: options.expires }),
        },
        networks: list(options.networks),
      },
    }
  })
  const made = await actInAccount(prepared, accountId, (credential) =>
    write(deps.pools.staff, credential, null, (tx) => createKey(tx, wanted)),
  ).catch((error) => {
    throw error instanceof Problem ? new Mistake(sentenceOf(error).replace('partyId', '--supplier or --client')) : error
  })
  return made.token
}

export const keyCommands: Record<string, Command> = {
  'key create': {
    synopsis:
      '--account N --role R [--name N] [--stores a,b] [--warehouses a,b] [--supplier S] [--client C] [--expires YYYY-MM-DD] [--networks n,m]',
    summary: 'Make an API key, good for a year unless said otherwise, and print it alone, once.',
    options: words('account', 'role', 'name', 'stores', 'warehouses', 'supplier', 'client', 'expires', 'networks'),
    async run({ installation, options }) {
      if (options.expires && !/^\d{4}-\d\d-\d\d$/.test(options.expires))
        throw new Mistake('--expires must be a day to come, such as 2030-12-31.')
      console.log(await makeKey(installation, options))
      return 0
    },
  },
}
