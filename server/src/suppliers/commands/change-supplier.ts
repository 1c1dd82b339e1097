import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { invalid } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import type { suppliersContract } from '../contract.ts'
import { getSupplier } from '../queries/suppliers.ts'

type Change = BodyOf<(typeof suppliersContract)['changeSupplier']>

/**
 * Changes what is named, leaves the rest. Archived, its users are refused and rules pass it over; what it has to ship stays.
 * @throws Problem not_found, already_exists, changed_meanwhile
 */
export async function changeSupplier(tx: Tx, id: string, version: number, change: Change) {
  await tx.rows(sql`select from access.parties where id = ${id} for update`)
  const before = await getSupplier(tx, id)
  if (before.version !== version) throw changedMeanwhile(before, change)
  const name = (change.name ?? before.name).trim()
  if (name === '') throw invalid('name', 'must not be blank')
  const email = change.email === undefined ? before.email : change.email
  await tx.rows(sql`
    update access.parties p
       set name = ${name}, email = ${email}, locale = ${change.locale ?? before.locale},
           archived_at = case when ${change.archived ?? before.archived} then coalesce(p.archived_at, app.now()) end,
           version = p.version + 1
     where p.id = ${id} and p.kind = 'supplier'`)
  await audit(
    tx,
    'supplier.changed',
    { kind: 'supplier', id },
    { from: { name: before.name, email: before.email }, to: change },
  )
  return await getSupplier(tx, id)
}
