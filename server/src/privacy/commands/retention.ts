import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { invalid, notFound } from '#kernel/problem.ts'
import type { privacyContract } from '../contract.ts'

/** @throws Problem invalid_request for a rule of something that no supplier or no store has; not_found */
export async function keepRetention(tx: Tx, rule: BodyOf<(typeof privacyContract)['keepRetention']>) {
  const { what, supplierId = null, storeId = null, days } = rule
  if (supplierId && what !== 'supplier_copy')
    throw invalid('supplierId', "is only for a supplier's copy of the address")
  if (storeId && what === 'import_file') throw invalid('storeId', 'is not for files, which may be about several')
  const known = await tx.first(sql<{ known: boolean }>`
    select (${supplierId}::uuid is null or exists (select from access.parties where id = ${supplierId} and kind = 'supplier'))
       and (${storeId}::uuid is null or exists (select from channels.stores where id = ${storeId})) as known`)
  if (!known!.known) throw notFound()
  const kept = await tx.first(sql<{ id: string }>`
    insert into privacy.retention as r (account_id, id, what, supplier_id, store_id, days, updated_by)
    values (app.account_id(), ${uuidv7()}, ${what}, ${supplierId}, ${storeId}, ${days}, ${tx.who.name})
    on conflict on constraint retention_once do update
       set days = excluded.days, updated_by = excluded.updated_by, updated_at = app.now(), version = r.version + 1, applied_on = null
    returning r.id`)
  await audit(tx, 'retention.kept', { kind: 'retention', id: kept!.id }, { ...rule })
  return { id: kept!.id }
}

/** @throws Problem not_found */
export async function removeRetention(tx: Tx, id: string) {
  const gone = await tx.first(
    sql<{ what: string; days: number }>`delete from privacy.retention where id = ${id} returning what, days`,
  )
  if (!gone) throw notFound()
  await audit(tx, 'retention.removed', { kind: 'retention', id }, gone)
  return {}
}
