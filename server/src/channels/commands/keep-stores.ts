import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { explainConstraints } from '#kernel/db/errors.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import type { storesContract } from '../contract.ts'
import { getStore } from '../queries/stores.ts'

explainConstraints({
  stores_by_name: () =>
    new Problem('already_exists', 'There is a store of this name already. Choose another name.', {
      errors: [{ field: 'name', message: 'is the name of another store' }],
    }),
})

/** @throws Problem already_exists, invalid_request for what is no currency, not_found for who is kept to some stores */
export async function createStore(tx: Tx, body: BodyOf<(typeof storesContract)['createStore']>) {
  const id = uuidv7()
  const store = { name: named(body.name), currency: known(body.currency) }
  await tx.rows(sql`
    insert into channels.stores (account_id, id, name, currency) values (app.account_id(), ${id}, ${store.name}, ${store.currency})`)
  await audit(tx, 'store.created', { kind: 'store', id }, store)
  return await getStore(tx, id)
}

/** @throws Problem not_found, changed_meanwhile, already_exists, invalid_request */
export async function changeStore(
  tx: Tx,
  id: string,
  version: number,
  change: BodyOf<(typeof storesContract)['changeStore']>,
) {
  await tx.rows(sql`select from channels.stores where id = ${id} for update`)
  const before = await getStore(tx, id)
  if (before.version !== version) throw changedMeanwhile(before, change)
  const name = change.name === undefined ? before.name : named(change.name)
  const currency = change.currency === undefined ? before.currency : known(change.currency)
  const done = await tx.first(sql`
    update channels.stores set name = ${name}, currency = ${currency}, version = version + 1 where id = ${id} returning id`)
  if (!done) throw notFound()
  const changes = {
    ...(name === before.name ? {} : { name: { from: before.name, to: name } }),
    ...(currency === before.currency ? {} : { currency: { from: before.currency, to: currency } }),
  }
  await audit(tx, 'store.changed', { kind: 'store', id }, changes)
  return await getStore(tx, id)
}

function named(name: string): string {
  const trimmed = name.trim()
  if (trimmed === '') throw invalid('name', 'must not be blank')
  return trimmed
}

function known(currency: string): string {
  if (!Intl.supportedValuesOf('currency').includes(currency))
    throw invalid('currency', 'is not a currency: write its three letters, such as EUR')
  return currency
}
