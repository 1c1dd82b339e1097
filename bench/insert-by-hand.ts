import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { minorDigits } from '../server/src/orders/amounts.ts'
import { searchRows } from '../server/src/orders/commands/add-orders.ts'
import type { OrderDraft } from '../server/src/orders/draft.ts'

/** What five hundred orders are in the tables, as JSON for each: made before the clock runs. */
export function rowsByHand(orders: OrderDraft[], products: Map<string, string>): string[] {
  const whole = orders.map((order) => ({ ...order, ...order.recipient, ...order.contact, id: uuidv7() }))
  const lines = whole.flatMap((order) =>
    order.lines.map((line, index) => ({
      ...line,
      id: uuidv7(),
      orderId: order.id,
      position: index + 1,
      productId: products.get(line.sku!) ?? null,
    })),
  )
  const amounts = whole.map((order) => {
    const net = order.lines.reduce(
      (sum, line) => sum + (line.unitPriceMicros! * line.quantity) / 10 ** (6 - minorDigits('EUR')),
      0,
    )
    return { orderId: order.id, net, total: net + order.shippingTotal! }
  })
  const words = whole.flatMap((order) =>
    searchRows(order.id, {
      number: order.number,
      recipient: { company: '', ...order.recipient },
      contact: order.contact,
      lines: order.lines,
    } as unknown as Parameters<typeof searchRows>[1]),
  )
  const flat = whole.map((order) => ({
    ...order,
    lineCount: order.lines.length,
    quantity: order.lines.reduce((sum, line) => sum + line.quantity, 0),
    timelineId: uuidv7(),
    lines: undefined,
    recipient: undefined,
    contact: undefined,
  }))
  return [flat, lines, amounts, words].map((rows) => JSON.stringify(rows))
}

/** Five hundred orders by one transaction of plain SQL: the tables, references and indexes are the same, nobody is asked. */
export async function insertByHand(
  client: pg.Client,
  accountId: string,
  storeId: string,
  rows: string[],
): Promise<void> {
  const [orders, lines, amounts, words] = rows
  await client.query('begin')
  for (const [name, text, json] of [
    ['orders', ordersSql, orders],
    ['recipients', recipientsSql, orders],
    ['contacts', contactsSql, orders],
    ['amounts', amountsSql, amounts],
    ['lines', linesSql, lines],
    ['line amounts', lineAmountsSql, lines],
    ['line tags', lineTagsSql, lines],
    ['words', wordsSql, words],
    ['timeline', timelineSql, orders],
  ])
    await client.query({ name: `by hand: ${name}`, text: text!, values: [accountId, storeId, json] })
  await client.query('commit')
}

const from = (columns: string) => `from jsonb_to_recordset($3::jsonb) as r (${columns})`
const ordersSql = `insert into orders.orders (account_id, id, store_id, external_id, number, placed_at, placed_on, placed_precision, payment, country, postcode, service, line_count, quantity)
  select $1, r.id, $2, r.number, r.number, r."placedAt", r."placedAt"::date, 'time', r.payment, r.country, r.postcode, r.service, r."lineCount", r.quantity
  ${from('id uuid, number text, "placedAt" timestamptz, payment text, country text, postcode text, service text, "lineCount" integer, quantity integer')}
  on conflict (account_id, store_id, external_id) do nothing`
const recipientsSql = `insert into orders.recipients (account_id, order_id, store_id, buyer_name, name, line1, city)
  select $1, r.id, $2, r."buyerName", r.name, r.line1, r.city ${from('id uuid, "buyerName" text, name text, line1 text, city text')}`
const contactsSql = `insert into orders.contacts (account_id, order_id, store_id, email, phone) select $1, r.id, $2, r.email, r.phone ${from('id uuid, email text, phone text')}`
const amountsSql = `insert into orders.order_amounts (account_id, order_id, store_id, currency, lines_total, discount_total, shipping_total, tax_total, total)
  select $1, r."orderId", $2, 'EUR', r.net, 0, 590, 0, r.total ${from('"orderId" uuid, net bigint, total bigint')}`
const linesSql = `insert into orders.lines (account_id, id, order_id, store_id, position, product_id, sku, name, quantity)
  select $1, r.id, r."orderId", $2, r.position, r."productId", r.sku, r.name, r.quantity
  ${from('id uuid, "orderId" uuid, position integer, "productId" uuid, sku text, name text, quantity integer')}`
const lineAmountsSql = `insert into orders.line_amounts (account_id, line_id, order_id, store_id, unit_price_micros)
  select $1, r.id, r."orderId", $2, r."unitPriceMicros" ${from('id uuid, "orderId" uuid, "unitPriceMicros" bigint')}`
const lineTagsSql = `insert into orders.line_tags (account_id, order_id, line_id, store_id, tag)
  select $1, r."orderId", r.id, $2, t.tag ${from('id uuid, "orderId" uuid, "productId" uuid')} join catalog.product_tags t on t.account_id = $1 and t.product_id = r."productId"`
const wordsSql = `insert into orders.search_words (account_id, store_id, order_id, class, word)
  select $1, $2, r.order_id, r.class, r.word ${from('order_id uuid, class text, word text')}`
const timelineSql = `insert into orders.timeline (account_id, id, order_id, store_id, kind, actor, via) select $1, r."timelineId", r.id, $2, 'order.created', 'Bench', 'key' ${from('id uuid, "timelineId" uuid')}`
