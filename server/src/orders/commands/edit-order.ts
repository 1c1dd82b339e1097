import { audit } from '#kernel/audit.ts'
import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { announce } from '#kernel/events.ts'
import { type FieldError, notFound, Problem } from '#kernel/problem.ts'
import type { ordersContract } from '../contract.ts'
import { type EditPath, editFields, fieldAt } from '../edit-fields.ts'
import { stagesFor, verbs, whyNot } from '../lifecycle.ts'
import { tell } from '../step.ts'
import { indexOrder } from './index-order.ts'

type Value = string | boolean | null
type Values = Map<EditPath, Value>
interface Present {
  id: string
  store_id: string
  version: number
  stage: string
  fields: Record<EditPath, Value>
}

/**
 * Edits the fields given and leaves the others. Who read an older version is told both values; who comes too late in the
 * order's life, why. Old and new stand in the audit log; the story names the fields alone, since they are a person's.
 * @throws Problem invalid_request, not_found, not_permitted, changed_meanwhile, wrong_state
 */
export async function editOrder(
  tx: Tx,
  id: string,
  version: number,
  body: BodyOf<(typeof ordersContract)['editOrder']>,
) {
  const wanted = read(body)
  refuseForeignFields(tx, wanted)
  const order = await locked(tx, id)
  if (!order) throw notFound()
  const changes = [...wanted].filter(([path, value]) => order.fields[path] !== value)
  if (order.version !== version) throw changedMeanwhile(order, changes)
  if (changes.length === 0) return { version }
  refuseTooLate(tx, order, changes)
  await save(tx, id, new Map(changes))
  if (changes.some(([path]) => fieldAt(path).table !== 'orders')) await indexOrder(tx, id)
  await tell(tx, order, 'order.edited', { fields: changes.map(([path]) => path) })
  const oldAndNew = changes.map(([path, to]) => [path, { from: order.fields[path], to }])
  await audit(tx, 'order.edited', { kind: 'order', id }, Object.fromEntries(oldAndNew))
  await announce(tx, 'orders.edited', { orderIds: [id] })
  return { version: version + 1 }
}

/** The fields that were given, by path, without the spaces around them. @throws Problem invalid_request */
function read({ recipient, contact, ...rest }: BodyOf<(typeof ordersContract)['editOrder']>): Values {
  const given: [string, Value | undefined][] = [
    ...Object.entries(recipient ?? {}).map(([name, value]) => [`recipient.${name}`, value] as [string, string]),
    ...Object.entries(contact ?? {}).map(([name, value]) => [`contact.${name}`, value] as [string, string]),
    ...Object.entries(rest),
  ]
  const values: Values = new Map()
  const errors: FieldError[] = []
  for (const [path, value] of given) {
    if (value === undefined) continue
    const trimmed = typeof value === 'string' ? value.trim() : value
    const message = typeof trimmed === 'string' ? fieldAt(path as EditPath).refuse?.(trimmed) : undefined
    if (message) errors.push({ field: path, message })
    values.set(path as EditPath, trimmed)
  }
  if (errors.length > 0) throw new Problem('invalid_request', undefined, { errors })
  return values
}

/** What one may not read one may not change: whether it is right or not would tell what it is. */
function refuseForeignFields(tx: Tx, wanted: Values) {
  for (const path of wanted.keys()) {
    const { needs } = fieldAt(path)
    if (needs && !tx.who.permissions.includes(needs))
      throw new Problem('not_permitted', undefined, { extra: { permission: needs } })
  }
}

/** Locks the order, then reads: who accepts at this moment waits, and then reads the new address. */
async function locked(tx: Tx, id: string): Promise<Present | undefined> {
  const columns = (Object.keys(editFields) as EditPath[]).map((path) => {
    const { table, column } = fieldAt(path)
    return sql`${sql.lit(path)}::text, ${sql.ref(`${table}.${column}`)}`
  })
  const [, orders] = await tx.all(
    sql`select fulfillment.lock_orders(array[${id}]::uuid[])`,
    sql<Present>`
    select orders.id, orders.store_id, orders.version, orders.stage_of(orders.id) as stage,
           jsonb_build_object(${sql.join(columns)}) as fields
      from orders.orders
      left join orders.recipients on recipients.account_id = orders.account_id and recipients.order_id = orders.id
      left join orders.contacts on contacts.account_id = orders.account_id and contacts.order_id = orders.id
     where orders.id = ${id}`,
  )
  return orders[0]
}

function changedMeanwhile(order: Present, changes: [EditPath, Value][]): Problem {
  const fields = Object.fromEntries(changes.map(([path, yours]) => [path, { yours, theirs: order.fields[path] }]))
  return new Problem('changed_meanwhile', undefined, { extra: { version: order.version, fields } })
}

function refuseTooLate(tx: Tx, order: Present, changes: [EditPath, Value][]) {
  const { permissions } = tx.who
  for (const verb of new Set(changes.map(([path]) => fieldAt(path).verb))) {
    const { permission } = verbs[verb]
    if (!permissions.includes(permission)) {
      const sentence =
        verb === 'changeCountry'
          ? 'Another country means other duties and carriers: ask an administrator or somebody with full access.'
          : undefined
      throw new Problem('not_permitted', sentence, { extra: { permission } })
    }
    const reason = whyNot(verb, permissions, order)
    if (reason)
      throw new Problem('wrong_state', reason, { extra: { state: order.stage, from: stagesFor(verb, permissions) } })
  }
}

async function save(tx: Tx, id: string, values: Values) {
  const set: Record<string, Statement<unknown>[]> = {
    orders: [sql`version = version + 1`],
    recipients: [],
    contacts: [],
  }
  for (const [path, value] of values) {
    const { table, column } = fieldAt(path)
    set[table]!.push(sql`${sql.ref(column)} = ${value}`)
  }
  for (const [table, assignments] of Object.entries(set)) {
    if (assignments.length === 0) continue
    const key = table === 'orders' ? sql`id` : sql`order_id`
    await tx.rows(sql`update ${sql.table(`orders.${table}`)} set ${sql.join(assignments)} where ${key} = ${id}`)
  }
}
