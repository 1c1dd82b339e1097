import { audit } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { enqueue } from '#kernel/jobs.ts'
import { identityOf } from '../queries/identity.ts'
import { stillOpen } from './erase-orders.ts'

/**
 * Puts an erasure into the queue. Orders that have not left stand in its way, or, `ship_first`, are erased by themselves
 * once they have.
 * @throws Problem not_found, wrong_state
 */
export async function askErasure(tx: Tx, orderIds: string[], open: 'refuse' | 'ship_first') {
  const person = await identityOf(tx, orderIds)
  if (person.open.length > 0 && open === 'refuse') throw stillOpen(person)
  await tx.rows(sql`
    insert into privacy.awaiting (account_id, order_id, store_id, member_id)
    select app.account_id(), o.id, o."storeId", app.member_id() from jsonb_to_recordset(${json(person.open)}) as o (id uuid, "storeId" uuid)
    on conflict do nothing`)
  const now = person.orderIds.filter((id) => !person.open.some((one) => one.id === id))
  const jobId = now.length > 0 ? await enqueue(tx, { kind: 'privacy.erase', payload: { orderIds: now } }) : null
  const counts = { erasing: now.length, waiting: person.open.length }
  await audit(tx, 'buyer.erasure-asked', { kind: 'job', id: jobId ?? tx.who.accountId }, counts)
  return { jobId, ...counts }
}
