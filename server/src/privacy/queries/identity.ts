import { sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import { digits } from './find-buyer.ts'

/** By what a person is known in rows and texts that are not an order of his. */
export interface Identity {
  /** Those of the orders asked for that are not erased yet. */
  orderIds: string[]
  /** Numbers of orders that have not left. */
  open: { id: string; storeId: string; number: string }[]
  /** `store number`: a number means an order only in its store. */
  numbers: Set<string>
  emails: string[]
  phones: string[]
  /** Names and streets, in lower case: together they are he. */
  names: string[]
  streets: string[]
  /** Words that are his alone, in lower case: whoever writes one means him. */
  words: string[]
}

interface OrderRow {
  id: string
  store_id: string
  number: string
  external_id: string
  is_open: boolean
  erased: boolean
  values: Record<'email' | 'phone' | 'name' | 'buyer_name' | 'line1', string>
}
type Edited = Record<string, { from?: unknown; to?: unknown } | undefined>

/**
 * Who the buyer of these orders is, was before edits, and by what he is found.
 * @throws Problem not_found where one of the orders is not the caller's to see
 */
export async function identityOf(tx: Tx, orderIds: string[]): Promise<Identity> {
  const [orders, edits] = await tx.all(
    sql<OrderRow>`
      select o.id, o.store_id, o.number, o.external_id, o.status not in ('shipped', 'cancelled') as is_open, o.erased_at is not null as erased,
             jsonb_build_object('email', c.email, 'phone', c.phone, 'name', r.name, 'buyer_name', r.buyer_name, 'line1', r.line1) as values
        from orders.orders o
        join orders.recipients r on r.account_id = o.account_id and r.order_id = o.id
        join orders.contacts c on c.account_id = o.account_id and c.order_id = o.id
       where o.id = any (${uuids(orderIds)}) order by o.number, o.id`,
    sql<{ changes: Edited }>`
      select v.changes from access.audit a join access.audit_values v on v.account_id = a.account_id and v.audit_id = a.id
       where a.subject_id = any (${uuids(orderIds)}) and a.action = 'order.edited'`,
  )
  if (orders.length < orderIds.length) throw notFound()
  const present = orders.filter(({ erased }) => !erased)
  const before = (path: string) => edits.flatMap(({ changes }) => [changes[path]?.from, changes[path]?.to])
  const all = (...values: unknown[]) => [
    ...new Set(
      values.filter((one): one is string => typeof one === 'string' && one !== '').map((one) => one.toLowerCase()),
    ),
  ]
  const now = (key: keyof OrderRow['values']) => present.map(({ values }) => values[key])
  const emails = all(...now('email'), ...before('contact.email'))
  const phones = all(...now('phone'), ...before('contact.phone'))
  const names = all(...now('name'), ...now('buyer_name'), ...before('recipient.name'))
  const streets = all(...now('line1'), ...before('recipient.line1'))
  const alone = await hisAlone(tx, orderIds, [...names, ...streets])
  return {
    orderIds: present.map(({ id }) => id),
    open: present
      .filter(({ is_open }) => is_open)
      .map(({ id, store_id, number }) => ({ id, storeId: store_id, number })),
    numbers: new Set(present.flatMap((one) => [`${one.store_id} ${one.number}`, `${one.store_id} ${one.external_id}`])),
    emails,
    phones,
    names,
    streets,
    words: [...emails, ...phones.filter((phone) => digits(phone).length >= 5), ...alone],
  }
}

/** Names and streets that stand on nobody else's order: another of the same name keeps his. Short ones mean nobody. */
async function hisAlone(tx: Tx, orderIds: string[], values: string[]): Promise<string[]> {
  const long = values.filter((value) => value.length >= 6)
  if (long.length === 0) return []
  const taken = await tx.rows(sql<{ value: string }>`
    select distinct t.value from orders.recipients r
     cross join lateral (values (lower(r.name)), (lower(r.buyer_name)), (lower(r.line1))) as t (value)
     where t.value in (${sql.join(long)}) and r.order_id <> all (${uuids(orderIds)})`)
  const others = new Set(taken.map(({ value }) => value))
  return long.filter((value) => !others.has(value))
}
