import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import { cancelOrder } from '../commands/cancel-order.ts'
import { editOrder } from '../commands/edit-order.ts'
import { holdOrder } from '../commands/hold-order.ts'
import { bodyOf, type FieldPath, type Value, type Values } from '../edit-body.ts'
import { fieldAt } from '../edit-fields.ts'
import { type Side, tell, typed } from '../step.ts'
import { type RequestKind, type RequestState, whyAnswered } from './lifecycle.ts'

interface Taken {
  id: string
  order_id: string
  store_id: string
  kind: RequestKind
  fields: string[]
  reason: string
  asked_by: string
  origin: Side
}

/**
 * Approves: the change is made in the same transaction by the commands that would have made it, in the name and with the
 * rights of who approves. Of two who answer, one is told that he came second.
 * @throws Problem not_found, wrong_state, changed_meanwhile with what is wanted and what stands there now
 */
export async function approveRequest(tx: Tx, id: string, { evenIfChanged = false }: { evenIfChanged?: boolean }) {
  const request = await take(tx, id, 'approved', '')
  const { wanted, old } = await valuesOf(tx, request)
  await story(tx, request, 'change.approved', {})
  const { order_id: orderId, reason } = request
  if (request.kind === 'edit') await editOrder(tx, orderId, evenIfChanged ? new Map() : old, bodyOf(wanted))
  else if (request.kind === 'hold') {
    const until = wanted.get('until' as FieldPath)
    await holdOrder(tx, orderId, { reason, ...(until ? { until: String(until) } : {}) })
  } else if (request.kind === 'cancel') await cancelOrder(tx, orderId, { reason }, { evenAtWork: true })
  return { state: 'approved' as RequestState }
}

/** Refuses, with a sentence for the one who asked. @throws Problem invalid_request, not_found, wrong_state */
export async function refuseRequest(tx: Tx, id: string, body: { answer: string }) {
  const answer = typed('answer', body.answer)
  const request = await take(tx, id, 'refused', answer)
  await story(tx, request, 'change.refused', { reason: answer })
  return { state: 'refused' as RequestState }
}

/** Takes back what one asked for oneself. @throws Problem not_found, wrong_state */
export async function withdrawRequest(tx: Tx, id: string) {
  const done = await tx.first(sql<Taken>`select * from orders.withdraw_request(${id})`)
  if (!done?.id) return await refuse(tx, id)
  await story(tx, done, 'change.withdrawn', {})
  return { state: 'withdrawn' as RequestState }
}

/** The update that decides. */
async function take(tx: Tx, id: string, state: RequestState, answer: string): Promise<Taken> {
  // A client reads who answered: the house did.
  const taken = await tx.first(sql<Taken>`
    update orders.change_requests set state = ${state}, answer = ${answer}, answered_at = app.now(), version = version + 1,
           answered_by = case origin when 'client' then (select name from access.accounts where id = app.account_id()) else ${tx.who.name} end
     where id = ${id} and state = 'open'
    returning id, order_id, store_id, kind, fields, reason, asked_by, origin`)
  return taken ?? (await refuse(tx, id))
}

async function refuse(tx: Tx, id: string): Promise<never> {
  const request = await tx.first(sql<{ state: RequestState; member_id: string }>`
    select state, member_id from orders.change_requests where id = ${id}`)
  if (!request) throw notFound()
  if (request.state === 'open') throw new Problem('wrong_state', 'Only the one who asked can withdraw it.')
  throw new Problem('wrong_state', whyAnswered[request.state], { extra: { state: request.state, from: ['open'] } })
}

/** @throws Problem not_permitted where he may not read something of what he would approve */
async function valuesOf(tx: Tx, request: Taken): Promise<{ wanted: Values; old: Values }> {
  const rows = await tx.rows(sql<{ field: FieldPath; side: 'old' | 'wanted'; value: Value }>`
    select field, side, value from orders.change_values where request_id = ${request.id}`)
  const of = (side: string): Values =>
    new Map(rows.filter((row) => row.side === side).map(({ field, value }) => [field, value]))
  const wanted = of('wanted')
  for (const field of request.fields as FieldPath[])
    if (!wanted.has(field))
      throw new Problem('not_permitted', undefined, { extra: { permission: fieldAt(field).needs } })
  return { wanted, old: of('old') }
}

async function story(tx: Tx, request: Taken, kind: string, data: Record<string, unknown>) {
  const order = { id: request.order_id, store_id: request.store_id }
  const about = { request: request.kind, askedBy: request.asked_by, origin: request.origin, ...data }
  await tell(tx, order, kind, about)
  await audit(tx, kind, { kind: 'order', id: order.id }, { ...about, requestId: request.id })
}
