import { truncate } from 'node:fs/promises'
import { signErasure, signingKey, valuesErased } from '#access'
import { inTransaction } from '#kernel/db/client.ts'
import type { Deps } from '#kernel/deps.ts'
import { pathOf } from '#kernel/upload.ts'

const atOnce = 1_000
const beforeAll = '00000000-0000-0000-0000-000000000000'

interface Faded {
  last: string | null
  faded: number
  audit_ids: string[]
  file_ids: string[]
  what: string
}

/**
 * Lets fade what is due, rule by rule, each once a day in its account's zone, and wakes the erasures whose orders have left.
 * In batches, each with its entry in the audit; cut short, it goes on at the next turn.
 */
export async function lookAfterPrivacy(deps: Deps): Promise<void> {
  const { worker } = deps.pools
  await worker.query('select privacy.wake()')
  const { rows } = await worker.query<{ account_id: string; id: string }>('select * from privacy.rules_due()')
  for (const rule of rows) {
    let after: string | null = beforeAll
    let faded = atOnce
    while (after !== null && faded === atOnce) ({ last: after, faded } = await fadeBatch(deps, rule, after))
  }
}

async function fadeBatch(deps: Deps, rule: { account_id: string; id: string }, after: string): Promise<Faded> {
  const client = await deps.pools.worker.connect()
  try {
    return await inTransaction(client, async () => {
      const { rows } = await client.query<Faded>('select * from privacy.fade($1, $2, $3, $4)', [
        rule.account_id,
        rule.id,
        after,
        atOnce,
      ])
      const batch = rows[0]!
      const record = (action: string, changes: object) =>
        client.query('select privacy.record($1, $2, $3, $4)', [rule.account_id, action, rule.id, changes])
      if (batch.faded > 0) await record('retention.applied', { what: batch.what, faded: batch.faded })
      if (batch.audit_ids.length > 0)
        await record(valuesErased, signErasure(signingKey(deps.secret), rule.account_id, batch.audit_ids))
      for (const id of batch.file_ids) await truncate(pathOf(deps, id)).catch(() => {}) // gone already
      return batch
    })
  } finally {
    client.release()
  }
}
