import type pg from 'pg'
import { write } from '#kernel/db/transaction.ts'
import { askErasure, eraseOrders, type Hand, readTombstones } from '#privacy'
import { actInAccount } from './act-in-account.ts'
import type { Command } from './command.ts'
import { asOwner } from './owner.ts'

export const privacyCommands: Record<string, Command> = {
  'privacy reapply': {
    synopsis: '',
    summary: 'After a restore: erase again what was erased since that backup was made (DATA_DIR/erasures.jsonl).',
    options: {},
    async run({ installation: { deps, prepared } }) {
      let erased = 0
      let waiting = 0
      for (const [accountId, orderIds] of await readTombstones(deps.dataDir)) {
        const { closed, open } = await asOwner(prepared, (client) => notErased(client, accountId, orderIds))
        await actInAccount(prepared, accountId, async (credential) => {
          const hand: Hand = {
            deps,
            accountId,
            write: (permission, work) => write(deps.pools.staff, credential, permission, work),
          }
          if (closed.length > 0) await eraseOrders(hand, closed)
          if (open.length > 0) await hand.write('privacy:manage', (tx) => askErasure(tx, open, 'ship_first'))
        })
        erased += closed.length
        waiting += open.length
      }
      console.log(
        `The buyers of ${erased} orders are erased again; ${waiting} more will be once their orders have left.`,
      )
      return 0
    },
  },
}

/** Of these orders those that the backup brought back with their buyer, by whether they have left in it. */
async function notErased(client: pg.Client, accountId: string, orderIds: string[]) {
  const { rows } = await client.query<{ id: string; closed: boolean }>(
    `select id, status in ('shipped', 'cancelled') as closed from orders.orders
      where account_id = $1 and id = any ($2) and erased_at is null`,
    [accountId, orderIds],
  )
  const idsOf = (closed: boolean) => rows.filter((row) => row.closed === closed).map(({ id }) => id)
  return { closed: idsOf(true), open: idsOf(false) }
}
