import { audit } from '#kernel/audit.ts'
import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { announce } from '#kernel/events.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { type EditBody, type FieldPath, readEdit, type Value, type Values } from '../edit-body.ts'
import { fieldAt, isLine, isPrice } from '../edit-fields.ts'
import { reasons, stagesFor, type Verb, verbs, whatCanBeAsked, whyNot } from '../lifecycle.ts'
import { type Present, presentOrder } from '../queries/present-order.ts'
import { tell } from '../step.ts'
import { changeLines, linesToChange } from './change-lines.ts'
import { indexOrder } from './index-order.ts'

/**
 * Edits the fields given and leaves the others. Who read an older version is told both values; who comes too late in the
 * order's life, why. Old and new stand in the audit log; the story names the fields alone, since they are a person's.
 * @param basis the version that was looked at, or what stood in the fields when somebody asked for the change
 * @throws Problem invalid_request, not_found, not_permitted, changed_meanwhile, wrong_state
 */
export async function editOrder(tx: Tx, id: string, basis: number | Values, body: EditBody) {
  const wanted = readEdit(body)
  refuseForeignFields(tx, wanted)
  // Who accepts at this moment waits, and then reads the new address.
  await tx.rows(sql`select fulfillment.lock_orders(array[${id}]::uuid[])`)
  const order = await presentOrder(tx, id)
  if (!order) throw notFound()
  refuseForeignLines(order, wanted)
  const changes = [...wanted].filter(([path, value]) => order.fields[path] !== value)
  refuseStale(order, basis, changes)
  if (changes.length === 0) return { version: order.version }
  refuseTooLate(tx, order, changes)
  const values = new Map(changes)
  const lines = linesToChange(order, values)
  await save(tx, id, values)
  if (lines.length > 0) await changeLines(tx, order, lines)
  if (changes.some(([path]) => ['recipients', 'contacts'].includes(fieldAt(path).table))) await indexOrder(tx, id)
  const fields = changes.map(([path]) => path)
  await tell(tx, order, 'order.edited', { fields: fields.map((path) => inStory(order, path)) })
  const oldAndNew = changes.map(([path, to]) => [path, { from: order.fields[path] ?? null, to }] as const)
  // Prices apart: not everybody who may read what was edited may read what the buyer paid.
  for (const [action, some] of Object.entries(
    Object.groupBy(oldAndNew, ([path]) => (isPrice(path) ? 'repriced' : 'edited')),
  ))
    await audit(tx, `order.${action}`, { kind: 'order', id }, Object.fromEntries(some))
  await announce(tx, 'orders.edited', { orderIds: [id], fields })
  return { version: order.version + 1 }
}

/** How a field is named where everybody reads: a line by its place. */
export const inStory = (order: Present, path: FieldPath): string => {
  const [, lineId, name] = path.split('.')
  return isLine(path) ? `lines.${order.lines.find(({ id }) => id === lineId)?.position ?? '?'}.${name}` : path
}

/** What one may not read one may not change: whether it is right or not would tell what it is. */
function refuseForeignFields(tx: Tx, wanted: Values) {
  for (const path of wanted.keys()) {
    const { needs, verb } = fieldAt(path)
    const lacking = [verbs[verb].permission, needs].find((word) => word && !tx.who.permissions.includes(word))
    if (isLine(path) && lacking) throw notPermitted(tx, verb, lacking)
    if (needs && !tx.who.permissions.includes(needs)) throw notPermitted(tx, verb, needs)
  }
}

/** @throws Problem invalid_request where a line is not of this order */
export function refuseForeignLines(order: Present, wanted: Values) {
  for (const path of wanted.keys())
    if (isLine(path) && !order.lines.some(({ id }) => path.startsWith(`lines.${id}.`)))
      throw invalid('lines', 'names a line that is not of this order')
}

function refuseStale(order: Present, basis: number | Values, changes: [FieldPath, Value][]) {
  const differing =
    typeof basis === 'number'
      ? order.version === basis
        ? []
        : changes
      : changes.filter(([path]) => basis.has(path) && basis.get(path) !== order.fields[path])
  if (differing.length === 0 && (typeof basis !== 'number' || order.version === basis)) return
  const fields = Object.fromEntries(differing.map(([path, yours]) => [path, { yours, theirs: order.fields[path] }]))
  throw new Problem('changed_meanwhile', undefined, { extra: { version: order.version, fields } })
}

function notPermitted(tx: Tx, verb: Verb, permission: string) {
  const mayAsk = tx.who.permissions.includes('orders:propose')
  const sentence =
    verb === 'changeCountry'
      ? 'Another country means other duties and carriers: ask an administrator or somebody with full access.'
      : verb === 'editLines' && mayAsk
        ? 'Lines and prices are for who may approve them: propose the change, and he answers.'
        : undefined
  return new Problem('not_permitted', sentence, { extra: { permission, ...(mayAsk ? { ask: true } : {}) } })
}

function refuseTooLate(tx: Tx, order: Present, changes: [FieldPath, Value][]) {
  const { permissions } = tx.who
  const can = { stage: order.stage, held: order.held, ours: order.ours }
  for (const verb of new Set(changes.map(([path]) => fieldAt(path).verb))) {
    const { permission } = verbs[verb]
    if (!permissions.includes(permission)) throw notPermitted(tx, verb, permission)
    const reason = whyNot(verb, permissions, order)
    if (!reason) continue
    const ask = whatCanBeAsked(permissions, can).includes(verb) ? { ask: true } : {}
    throw new Problem('wrong_state', reason, {
      extra: { state: order.stage, from: stagesFor(verb, permissions), ...ask },
    })
  }
  const more = changes.find(
    ([path, value]) => path.endsWith('.quantity') && Number(value) > Number(order.fields[path] ?? 0),
  )
  if (more && order.stage !== 'open')
    throw new Problem('wrong_state', reasons.noMore, { extra: { state: order.stage, from: ['open'] } })
}

async function save(tx: Tx, id: string, values: Values) {
  const set: Record<string, Statement<unknown>[]> = {
    orders: [sql`version = version + 1`],
    recipients: [],
    contacts: [],
  }
  for (const [path, value] of values) {
    const { table, column } = fieldAt(path)
    if (table !== 'lines') set[table]!.push(sql`${sql.ref(column)} = ${value}`)
  }
  for (const [table, assignments] of Object.entries(set)) {
    if (assignments.length === 0) continue
    const key = table === 'orders' ? sql`id` : sql`order_id`
    await tx.rows(sql`update ${sql.table(`orders.${table}`)} set ${sql.join(assignments)} where ${key} = ${id}`)
  }
}
