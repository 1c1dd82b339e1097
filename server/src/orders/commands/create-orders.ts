import { audit } from '#kernel/audit.ts'
import { sql, texts, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Permission } from '#kernel/permissions.ts'
import { type FieldError, invalid, notFound, Problem } from '#kernel/problem.ts'
import { checker } from '#kernel/validate.ts'
import { OrderDraft, type RowOutcome } from '../draft.ts'
import { addOrders, type NewOrder } from './add-orders.ts'
import { readDraft } from './read-draft.ts'

/**
 * Adds one order.
 * @throws Problem invalid_request, not_permitted, not_found where the store is not the caller's, already_exists with the id
 *   of the order that has this external id in the store
 */
export async function createOrder(tx: Tx, draft: OrderDraft, now: Date): Promise<{ id: string; number: string }> {
  const stores = await storesFor(tx, [draft], now)
  const store = stores.of(draft)
  const read = readDraft(draft, store)
  if ('errors' in read) throw new Problem('invalid_request', undefined, { errors: read.errors })
  refuseForeign(tx, [read.order])
  const { externalId, number } = read.order
  const id = (await addOrders(tx, { storeId: store.id, orders: [read.order] })).get(externalId)
  if (id === undefined) {
    const known = (await knownOrders(tx, store.id, [externalId])).get(externalId)
    throw new Problem('already_exists', `The store has an order with the external id ${externalId} already.`, {
      extra: { id: known },
    })
  }
  await audit(tx, 'order.created', { kind: 'order', id }, { number })
  return { id, number }
}

const checkDraft = checker(OrderDraft, 'body') as (row: unknown) => OrderDraft

/**
 * Adds many orders, answered row by row: an order that its store has already is left as it is. `all` applies none where
 * one is wrong, `valid` the good ones.
 * @throws Problem invalid_request (`all`, or no default store), not_permitted, not_found where any row names a store that
 *   is not the caller's
 */
export async function createOrders(tx: Tx, rows: unknown[], mode: 'all' | 'valid', now: Date) {
  const checked = rows.map(checkRow)
  const stores = await storesFor(
    tx,
    checked.flatMap(({ draft }) => draft ?? []),
    now,
  )
  const reads = checked.map(({ draft, errors }) =>
    draft ? { storeId: stores.of(draft).id, ...readDraft(draft, stores.of(draft)) } : { errors },
  )
  const faults: (FieldError[] | undefined)[] = reads.map((read) => ('errors' in read ? read.errors : undefined))
  const good = reads.flatMap((read, row) =>
    'order' in read ? [{ row, storeId: read.storeId, order: read.order }] : [],
  )
  refuseForeign(
    tx,
    good.map(({ order }) => order),
  )
  const seen = new Set<string>()
  for (const { row, storeId, order } of good) {
    const key = `${storeId} ${order.externalId}`
    if (seen.has(key)) faults[row] = [{ field: 'externalId', message: 'stands twice in this request' }]
    seen.add(key)
  }
  const errors = faults.flatMap((list, row) =>
    (list ?? []).map(({ field, message }) => ({ field: `orders.${row}.${field}`, message })),
  )
  if (mode === 'all' && errors.length > 0)
    throw new Problem('invalid_request', 'Nothing was added: correct the rows named and send them all again.', {
      errors,
    })

  const outcomes: RowOutcome[] = faults.map((list) => ({ outcome: 'refused', errors: list ?? [] }))
  const fit = good.filter(({ row }) => faults[row] === undefined)
  for (const [storeId, group] of Map.groupBy(fit, (each) => each.storeId)) {
    const added = await addOrders(tx, { storeId, orders: group.map(({ order }) => order) })
    const rest = group.filter(({ order }) => !added.has(order.externalId)).map(({ order }) => order.externalId)
    const known = await knownOrders(tx, storeId, rest)
    for (const { row, order } of group) {
      const id = added.get(order.externalId)
      outcomes[row] = id
        ? { outcome: 'created', id, number: order.number }
        : { outcome: 'unchanged', id: known.get(order.externalId)!, number: order.number }
    }
    if (added.size > 0)
      await audit(
        tx,
        'orders.created',
        { kind: 'store', id: storeId },
        { created: added.size, ids: [...added.values()] },
      )
  }
  const count = (wanted: RowOutcome['outcome']) => outcomes.filter(({ outcome }) => outcome === wanted).length
  return { created: count('created'), unchanged: count('unchanged'), refused: count('refused'), rows: outcomes }
}

function checkRow(row: unknown): { draft?: OrderDraft; errors: FieldError[] } {
  try {
    return { draft: checkDraft(row), errors: [] }
  } catch (problem) {
    if (problem instanceof Problem) return { errors: problem.errors ?? [] }
    throw problem
  }
}

interface Store {
  id: string
  currency: string
  is_default: boolean
  timezone: string
}

/** The stores that drafts name, and the default one. @throws Problem not_found where one of them is not the caller's */
async function storesFor(tx: Tx, drafts: OrderDraft[], now: Date) {
  const named = [...new Set(drafts.flatMap(({ storeId }) => storeId ?? []))]
  const rows = await tx.rows(sql<Store>`
    select s.id, s.currency, s.is_default, a.timezone from channels.stores s join access.accounts a on a.id = s.account_id
     where s.id = any (${uuids(named)}) or s.is_default`)
  const byId = new Map(rows.map((row) => [row.id, row]))
  if (named.some((id) => !byId.has(id))) throw notFound()
  const standard = rows.find((row) => row.is_default)
  return {
    of({ storeId }: OrderDraft) {
      const store = storeId === undefined ? standard : byId.get(storeId)
      if (!store) throw invalid('storeId', 'is required: the default store is not yours')
      return { ...store, now }
    },
  }
}

/** What one may not put on an order later, one may not send along with it. */
function refuseForeign(tx: Tx, orders: NewOrder[]): void {
  const need = (permission: Permission, asked: (order: NewOrder) => boolean) => {
    if (!tx.who.permissions.includes(permission) && orders.some(asked))
      throw new Problem('not_permitted', undefined, { extra: { permission } })
  }
  need('orders:tag', ({ tags }) => tags.length > 0)
  need('orders:notes', ({ internalNote }) => internalNote !== '')
}

async function knownOrders(tx: Tx, storeId: string, externalIds: string[]): Promise<Map<string, string>> {
  if (externalIds.length === 0) return new Map()
  const rows = await tx.rows(sql<{ id: string; external_id: string }>`
    select id, external_id from orders.orders where store_id = ${storeId} and external_id = any (${texts(externalIds)})`)
  return new Map(rows.map((row) => [row.external_id, row.id]))
}
