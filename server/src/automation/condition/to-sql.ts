import { type Statement, sql, texts, uuids } from '#kernel/db/sql.ts'
import { type Condition, type Group, isGroup, isLineLeaf, type Leaf, type LineLeaf } from './schema.ts'

type Sql = Statement<unknown>

/** Lines that count: to be shipped and not cancelled, of the order `o`. */
export const countingLines = sql`l.requires_shipping and l.quantity > l.cancelled_quantity`
const linesOfOrder = sql`orders.lines l where l.account_id = o.account_id and l.order_id = o.id and ${countingLines}`

/** Whether the order `o` meets the condition. */
export const orderMeets = (condition: Condition): Sql => group(condition, (leaf) => orderLeaf(leaf))

/** Whether the line `l` of the order `o` would meet the condition if the order had this line alone; counts stay the order's. */
export const lineMeets = (condition: Condition): Sql =>
  group(condition, (leaf) => {
    if (!isLineLeaf(leaf)) return orderLeaf(leaf)
    return leaf.lines === 'none' ? sql`not ${lineIs(leaf)}` : lineIs(leaf)
  })

function group(node: Condition | Group, leafToSql: (leaf: Leaf) => Sql): Sql {
  if (node.of.length === 0) return sql`true`
  const parts = node.of.map((part) => (isGroup(part) ? group(part, leafToSql) : leafToSql(part)))
  return sql`(${sql.join(parts, node.match === 'all' ? sql` and ` : sql` or `)})`
}

function orderLeaf(leaf: Leaf): Sql {
  switch (leaf.about) {
    case 'line_tag':
    case 'sku':
      return overLines(leaf)
    case 'order_tag': {
      const tagged = sql`exists (select from orders.order_tags t where t.account_id = o.account_id and t.order_id = o.id
        and t.tag = ${leaf.tag} and t.side = 'host')`
      return leaf.has ? tagged : sql`not ${tagged}`
    }
    case 'country':
      return among(sql`o.country = any (${texts(leaf.values)})`, leaf.is)
    case 'store':
      return among(sql`o.store_id = any (${uuids(leaf.values)})`, leaf.is)
    case 'service':
      return among(sql`lower(o.service) = any (${texts(leaf.values.map((value) => value.toLowerCase()))})`, leaf.is)
    case 'quantity':
      return sql`(select coalesce(sum(l.quantity - l.cancelled_quantity), 0) from ${linesOfOrder}) >= ${leaf.atLeast}::integer`
    case 'line_count':
      return sql`(select count(*) from ${linesOfOrder}) >= ${leaf.atLeast}::integer`
  }
}

const among = (found: Sql, is: 'in' | 'not_in'): Sql => (is === 'in' ? found : sql`not ${found}`)

function overLines(leaf: LineLeaf): Sql {
  const one = sql`exists (select from ${linesOfOrder} and ${lineIs(leaf)})`
  if (leaf.lines === 'any') return one
  if (leaf.lines === 'none') return sql`not ${one}`
  return sql`(${one} and not exists (select from ${linesOfOrder} and not ${lineIs(leaf)}))`
}

function lineIs(leaf: LineLeaf): Sql {
  if (leaf.about === 'line_tag')
    return sql`exists (select from orders.line_tags t where t.account_id = l.account_id and t.line_id = l.id and t.tag = ${leaf.tag})`
  return leaf.match === 'is' ? sql`(l.sku = ${leaf.value})` : sql`starts_with(l.sku, ${leaf.value})`
}
