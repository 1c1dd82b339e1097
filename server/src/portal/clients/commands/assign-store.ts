import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { explainConstraints } from '#kernel/db/errors.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { getClient } from '../queries/clients.ts'

explainConstraints({
  stores_by_name: () =>
    new Problem('already_exists', 'There is a store of that name already.', {
      errors: [{ field: 'name', message: 'is taken' }],
    }),
})

const whyNot = {
  another: 'This store belongs to another client. Take it from that one first.',
  orders: 'This store has orders: they would pass to somebody else. Make a new store instead.',
  granted: 'Portal users have access to this store. Take it from them first.',
} as const
type Refusal = keyof typeof whyNot | 'unknown'

/**
 * Gives a client a store: a new one, or one that is nobody's. Its orders, past ones too, are then there for those of the
 * client's people who get the store; nobody gets it by this alone.
 * @throws Problem not_found, invalid_request, already_exists, wrong_state where it belongs to another client
 */
export async function addStore(tx: Tx, clientId: string, { storeId, name }: { storeId?: string; name?: string }) {
  await getClient(tx, clientId)
  if ((storeId === undefined) === (name === undefined)) throw invalid('storeId', 'or a name, one of both')
  const id = storeId ?? uuidv7()
  if (name === undefined) await assign(tx, clientId, id, true)
  else {
    const trimmed = name.trim()
    if (trimmed === '') throw invalid('name', 'must not be blank')
    const { made } = (await tx.first(
      sql<{ made: boolean }>`select portal.make_store(${clientId}, ${id}, ${trimmed}) as made`,
    ))!
    if (!made) throw new Problem('not_permitted', 'You see some stores only: an administrator makes new ones.')
  }
  await audit(tx, 'client.store-added', { kind: 'client', id: clientId }, { store: id })
  return await getClient(tx, clientId)
}

/**
 * Takes a store from a client while nothing hangs on it.
 * @throws Problem not_found, wrong_state where it has orders or portal users
 */
export async function removeStore(tx: Tx, clientId: string, storeId: string) {
  await getClient(tx, clientId)
  await assign(tx, clientId, storeId, false)
  await audit(tx, 'client.store-removed', { kind: 'client', id: clientId }, { store: storeId })
  return await getClient(tx, clientId)
}

async function assign(tx: Tx, clientId: string, storeId: string, take: boolean) {
  const { refusal } = (await tx.first(
    sql<{ refusal: Refusal | null }>`select portal.assign_store(${clientId}, ${storeId}, ${take}) as refusal`,
  ))!
  if (refusal === 'unknown') throw notFound()
  if (refusal) throw new Problem('wrong_state', whyNot[refusal])
}
