import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { json, sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { inStory, refuseForeignLines } from '../commands/edit-order.ts'
import { refusePast } from '../commands/hold-order.ts'
import { type FieldPath, readEdit, type Value, type Values } from '../edit-body.ts'
import { fieldAt, isPrice } from '../edit-fields.ts'
import { type Verb, verbs, whatCanBeAsked, whatCanBeDone, whyNot } from '../lifecycle.ts'
import { type Present, presentOrder } from '../queries/present-order.ts'
import { expectToAsk, sideOf, tell, typed } from '../step.ts'
import type { requestsContract } from './contract.ts'
import type { RequestKind } from './lifecycle.ts'

type Wish = BodyOf<(typeof requestsContract)['askForChange']>

/**
 * Asks for what one may not do oneself now. What stands in the fields is noted beside what is wanted, so that who approves
 * sees both, and a change meanwhile is noticed. A price is asked for without seeing the old one, by who may not.
 * @throws Problem invalid_request, not_found, not_permitted, wrong_state, already_exists
 */
export async function askForChange(tx: Tx, orderId: string, wish: Wish) {
  const reason = typed('reason', wish.reason)
  await expectToAsk(tx)
  const { kind, values } = await read(tx, wish)
  const order = await presentOrder(tx, orderId)
  if (!order) throw notFound()
  refuseForeignLines(order, values)
  const changes = [...values].filter(([path, value]) => isBlind(tx, path) || order.fields[path] !== value)
  if (kind === 'edit' && changes.length === 0) throw invalid('edit', 'changes nothing: it stands there already')
  const needed: Verb[] =
    kind === 'edit' ? changes.map(([path]) => fieldAt(path).verb) : [kind === 'return' ? 'takeBack' : kind]
  refuseNeedless(tx, order, needed)

  const proposal = needed.some((verb) => !tx.who.permissions.includes(verbs[verb].permission))
  const request = {
    id: uuidv7(),
    kind,
    proposal,
    fields: changes.map(([path]) => path),
    reason,
  }
  await save(tx, order, request, changes)
  const story = { request: kind, proposal, fields: changes.map(([path]) => inStory(order, path)), reason }
  await tell(tx, order, 'change.requested', story)
  await audit(tx, 'change.requested', { kind: 'order', id: orderId }, { ...story, requestId: request.id })
  return { id: request.id, proposal }
}

/** He may not read what stands there: whether his wish differs must not tell him either. */
const isBlind = (tx: Tx, path: FieldPath) => isPrice(path) && !tx.who.permissions.includes('orders:amounts')

async function read(tx: Tx, { edit, hold, cancel, takeBack }: Wish): Promise<{ kind: RequestKind; values: Values }> {
  if ([edit, hold, cancel, takeBack].filter((wish) => wish !== undefined).length !== 1)
    throw invalid('edit', 'or hold, cancel or takeBack: exactly one of them is needed')
  if (hold) {
    if (hold.until !== undefined) await refusePast(tx, hold.until)
    return { kind: 'hold', values: new Map([['until', hold.until ?? null]] as unknown as [FieldPath, Value][]) }
  }
  if (cancel) return { kind: 'cancel', values: new Map() }
  if (takeBack) return { kind: 'return', values: new Map() }
  const values = readEdit(edit!)
  for (const path of values.keys()) {
    const { needs } = fieldAt(path)
    if (needs && !isPrice(path) && !tx.who.permissions.includes(needs))
      throw new Problem('not_permitted', undefined, { extra: { permission: needs } })
  }
  return { kind: 'edit', values }
}

/** @throws Problem wrong_state where nothing can be changed any more, or where he may do all of it himself */
function refuseNeedless(tx: Tx, order: Present, needed: Verb[]) {
  const { permissions } = tx.who
  const asks = whatCanBeAsked(permissions, order)
  if (needed.some((verb) => asks.includes(verb))) return
  const can = whatCanBeDone(permissions, order)
  if (needed.every((verb) => can[verb] === true))
    throw new Problem('wrong_state', 'You may do this yourself: there is nobody to ask.')
  const why = needed.map((verb) => whyNot(verb, permissions, order)).find((reason) => reason !== undefined)
  throw new Problem('wrong_state', why, { extra: { state: order.stage, from: verbs.editLines.asked } })
}

async function save(
  tx: Tx,
  order: Present,
  request: { id: string; kind: RequestKind; proposal: boolean; fields: string[]; reason: string },
  changes: [FieldPath, Value][],
) {
  const made = await tx.first(sql<{ id: string }>`
    insert into orders.change_requests (account_id, id, order_id, store_id, kind, proposal, fields, reason, member_id, asked_by, origin)
    values (app.account_id(), ${request.id}, ${order.id}, ${order.store_id}, ${request.kind}, ${request.proposal}, ${texts(request.fields)},
            ${request.reason}, app.member_id(), ${tx.who.name}, ${sideOf(tx)})
    on conflict do nothing returning id`)
  if (!made) throw new Problem('already_exists', 'Somebody has asked for this already: it waits for an answer.')
  const rows = changes.flatMap(([field, wanted]) => {
    const row = { field, class: classOf(field) }
    const old = { ...row, side: 'old', value: order.fields[field] ?? null }
    return [{ ...row, side: 'wanted', value: wanted }, ...(isBlind(tx, field) ? [] : [old])]
  })
  await tx.rows(sql`
    insert into orders.change_values (account_id, request_id, order_id, store_id, member_id, origin, field, side, class, value)
    select app.account_id(), ${request.id}, ${order.id}, ${order.store_id}, app.member_id(), ${sideOf(tx)}, r.field, r.side, r.class, coalesce(r.value, 'null')
      from jsonb_to_recordset(${json(rows)}) as r (field text, side text, class text, value jsonb)`)
  if (changes.some(([field]) => isBlind(tx, field))) await tx.rows(sql`select orders.note_old_prices(${request.id})`)
}

function classOf(field: FieldPath): 'public' | 'recipient' | 'contact' | 'amounts' {
  if ((field as string) === 'until') return 'public'
  const { needs } = fieldAt(field)
  if (needs === undefined) return 'public'
  return needs === 'orders:recipient' ? 'recipient' : needs === 'orders:contact' ? 'contact' : 'amounts'
}
