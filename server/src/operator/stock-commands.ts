import { sql, uuids } from '#kernel/db/sql.ts'
import { write } from '#kernel/db/transaction.ts'
import type { Installation } from '../installation.ts'
import { actInAccount } from './act-in-account.ts'
import { type Command, words } from './command.ts'
import { accountNamed, asOwner } from './owner.ts'

interface Difference {
  account_id: string
  kind: string
  order_id: string | null
  place: string
  sku: string
  says: number
  should: number
}

/** What about stock does not agree, of one account or of all. */
async function differences({ prepared }: Installation, account: string | null): Promise<Difference[]> {
  return await asOwner(prepared, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only')
    const { rows } = await client.query<Difference>(
      'select * from stock.differences($1) order by account_id, kind, place, sku',
      [account],
    )
    return rows
  })
}

/** Levels become the sums of the ledger; then orders have kept what they want, as if they had just changed. */
async function repair({ prepared, deps }: Installation, account: string | null, found: Difference[]): Promise<void> {
  await asOwner(prepared, (client) => client.query('select stock.recompute($1)', [account]))
  const wanting = found.filter(({ order_id }) => order_id !== null)
  for (const [accountId, some] of Map.groupBy(wanting, ({ account_id }) => account_id))
    await actInAccount(prepared, accountId, (credential) =>
      write(deps.pools.staff, credential, 'orders:read', (tx) =>
        tx.rows(sql`select stock.allocate(${uuids([...new Set(some.map(({ order_id }) => order_id!))])})`),
      ),
    )
}

export const stockCommands: Record<string, Command> = {
  'stock recompute': {
    synopsis: '[--account N] [--repair]',
    summary:
      'Compute stock levels anew from the ledger, and what orders want anew from their lines, and report differences: exit 0 none, 1 some. With --repair they are put right.',
    options: { ...words('account'), repair: { type: 'boolean' } },
    async run({ installation, options }) {
      const named = options.account
      const account =
        named === undefined ? null : await asOwner(installation.prepared, (client) => accountNamed(client, named))
      let found = await differences(installation, account)
      for (const { account_id, kind, place, sku, says, should } of found)
        console.error(`${account_id} · ${place} · ${sku} · ${kind}: ${says}, should be ${should}`)
      if (options.repair && found.length > 0) {
        await repair(installation, account, found)
        found = await differences(installation, account)
        console.log(found.length === 0 ? 'All of it is put right.' : `${found.length} differences stay.`)
      } else console.log(found.length === 0 ? 'Stock is what its ledger says.' : `${found.length} differences.`)
      return found.length > 0 ? 1 : 0
    },
  },
}
