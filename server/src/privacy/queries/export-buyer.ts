import { type Statement, sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'

/** What is told of the orders, and which rows of which table say it: `order_id` or, of the parts that were given out, theirs. */
const ofOrders: Record<string, string> = {
  recipient: 'orders.recipients',
  contact: 'orders.contacts',
  amounts: 'orders.order_amounts',
  lines: 'orders.lines',
  lineAmounts: 'orders.line_amounts',
  tags: 'orders.order_tags',
  holds: 'orders.holds',
  issues: 'orders.issues',
  comments: 'orders.comments',
  timeline: 'orders.timeline',
  rules: 'automation.traces',
}

/** Everything that is kept about the buyer of these orders, as far as the caller may see it. */
export async function exportBuyer(tx: Tx, orderIds: string[]): Promise<string> {
  const ids = uuids(orderIds)
  const parts = sql`select f.id from fulfillment.fulfillment_orders f where f.order_id = any (${ids})`
  const sections: Record<string, Statement<{ row: unknown }>> = {
    orders: rows(sql`orders.orders t where t.id = any (${ids})`),
    ...Object.fromEntries(
      Object.entries(ofOrders).map(([name, table]) => [
        name,
        rows(sql`${sql.table(table)} t where t.order_id = any (${ids})`),
      ]),
    ),
    fulfillmentOrders: rows(sql`fulfillment.fulfillment_orders t where t.order_id = any (${ids})`),
    addressesGivenOut: rows(sql`fulfillment.recipients t where t.fulfillment_order_id in (${parts})`),
    parcels: rows(sql`fulfillment.parcels t where t.id in (select x.parcel_id from fulfillment.parcel_lines x
      join fulfillment.lines l on l.account_id = x.account_id and l.id = x.line_id where l.fulfillment_order_id in (${parts}))`),
    audit: sql`select to_jsonb(a) - array['account_id', 'hash', 'fields'] || jsonb_build_object('changes', v.changes) as row
      from access.audit a left join access.audit_values v on v.account_id = a.account_id and v.audit_id = a.id
     where a.subject_id = any (${ids}) or a.subject_id in (${parts}) order by a.at`,
  }
  const names = Object.keys(sections)
  const found = await tx.all(...Object.values(sections))
  const told = Object.fromEntries(names.map((name, index) => [name, found[index]!.map(({ row }) => row)]))
  return `${JSON.stringify(told, null, 2)}\n`
}

const rows = (from: Statement<unknown>) => sql<{ row: unknown }>`select to_jsonb(t) - 'account_id' as row from ${from}`
