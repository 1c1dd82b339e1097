import { uuidv7 } from 'uuidv7'
import { json, sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { announce } from '#kernel/events.ts'
import { linesTotals } from '../amounts.ts'
import { indexWords } from '../search.ts'
import { productsBySku } from './products-by-sku.ts'

/** An order as it comes from a shop, a file or a hand. Money: see each field. */
export interface NewOrder {
  /** The shop's own key; the number where it has none. Unique per store: the same again adds nothing. */
  externalId: string
  number: string
  /** ISO 8601; for files that know only a day, its midnight in UTC with precision `day`. */
  placedAt: string
  placedOn: string
  placedPrecision: 'day' | 'time'
  payment: 'unpaid' | 'payable' | 'paid'
  service: string
  shipBy: string | null
  deliverBy: string | null
  buyerNote: string
  giftText: string
  country: string
  region: string
  postcode: string
  recipient: {
    buyerName: string
    name: string
    company: string
    line1: string
    line2: string
    line3: string
    city: string
  }
  contact: { email: string; phone: string }
  currency: string
  /** Minor units. */
  shippingTotal: number
  taxTotal: number
  tags: string[]
  /** An internal note of the file, kept as an internal comment. */
  internalNote: string
  /** It comes in as one that left before: no rule looks at it, and what it names need not be mapped. */
  hasLeft?: boolean
  lines: NewLine[]
}
export interface NewLine {
  sku: string
  name: string
  quantity: number
  requiresShipping: boolean
  /** Millionths of the major unit. */
  unitPriceMicros: number
  discountRate: string | null
  discountMicros: number | null
}

/**
 * Adds a batch of orders (some 500) in a few statements. An order the store knows already is left as it is; in the order of
 * their keys, so that two who add the same orders wait for each other rather than for ever. Product tags
 * are carried to the lines before rules run; a SKU that maps to no product is an issue, not an error.
 * @returns the ids of those created, by external id
 */
export async function addOrders(
  tx: Tx,
  batch: { storeId: string; orders: NewOrder[]; importId?: string; isSample?: boolean },
): Promise<Map<string, string>> {
  const products = await productsBySku(
    tx,
    batch.storeId,
    batch.orders.flatMap((order) => order.lines.map((line) => line.sku)),
  )
  const rows = batch.orders.map((order) => ({ ...orderRow(order), id: uuidv7() }))
  const created = await tx.rows(sql<{ id: string; external_id: string }>`
    insert into orders.orders (account_id, id, store_id, external_id, number, placed_at, placed_on, placed_precision, payment, country, region,
      postcode, service, ship_by, deliver_by, buyer_note, gift_text, line_count, quantity, import_id, is_sample)
    select (select app.account_id()), r.id, ${batch.storeId}, r.external_id, r.number, r.placed_at, r.placed_on, r.placed_precision, r.payment, r.country,
           r.region, r.postcode, r.service, r.ship_by, r.deliver_by, r.buyer_note, r.gift_text, r.line_count, r.quantity,
           ${batch.importId ?? null}::uuid, ${batch.isSample ?? false}
      from jsonb_to_recordset(${json(rows)}) as r (id uuid, external_id text, number text, placed_at timestamptz, placed_on date,
        placed_precision text, payment text, country text, region text, postcode text, service text, ship_by date, deliver_by date,
        buyer_note text, gift_text text, line_count integer, quantity integer)
     order by r.external_id
    on conflict (account_id, store_id, external_id) do nothing
    returning id, external_id`)
  const ids = new Map(created.map((row) => [row.external_id, row.id]))
  if (ids.size === 0) return ids
  const fresh = batch.orders
    .filter((order) => ids.has(order.externalId))
    .map((order) => ({ order, id: ids.get(order.externalId)! }))
  await addParts(tx, batch.storeId, fresh, products)
  const unlike = fresh.filter(
    ({ order }) => order.payment === 'unpaid' || !order.lines.some((line) => line.requiresShipping),
  )
  if (unlike.length > 0) await tx.rows(sql`select orders.recompute(${uuids(unlike.map(({ id }) => id))})`)
  const arrived = fresh.filter(({ order }) => !order.hasLeft).map(({ id }) => id)
  if (arrived.length > 0) await announce(tx, 'orders.arrived', { orderIds: arrived })
  return ids
}

const orderRow = (order: NewOrder) => ({
  external_id: order.externalId,
  number: order.number,
  placed_at: order.placedAt,
  placed_on: order.placedOn,
  placed_precision: order.placedPrecision,
  payment: order.payment,
  country: order.country,
  region: order.region,
  postcode: order.postcode,
  service: order.service,
  ship_by: order.shipBy,
  deliver_by: order.deliverBy,
  buyer_note: order.buyerNote,
  gift_text: order.giftText,
  line_count: order.lines.length,
  quantity: order.lines.reduce((sum, line) => sum + line.quantity, 0),
})

/** The side tables of fresh orders, in one round trip. */
async function addParts(
  tx: Tx,
  storeId: string,
  fresh: { order: NewOrder; id: string }[],
  products: Map<string, string>,
) {
  const lines = fresh.flatMap(({ order, id }) =>
    order.lines.map((line, position) => ({
      ...line,
      id: uuidv7(),
      order_id: id,
      position: position + 1,
      product_id: products.get(line.sku) ?? null,
      waits: !order.hasLeft,
    })),
  )
  const amounts = fresh.map(({ order, id }) => {
    const { gross, discount, net } = linesTotals(order.lines, order.currency)
    const { currency, shippingTotal: shipping, taxTotal: tax } = order
    return { order_id: id, currency, gross, discount, shipping, tax, total: net + shipping + tax }
  })
  const recipients = fresh.map(({ order, id }) => ({ order_id: id, ...order.recipient, ...order.contact }))
  const tags = fresh.flatMap(({ order, id }) => order.tags.map((tag) => ({ order_id: id, tag })))
  const notes = fresh
    .filter(({ order }) => order.internalNote)
    .map(({ order, id }) => ({ order_id: id, id: uuidv7(), text: order.internalNote }))
  const words = fresh.flatMap(({ order, id }) => searchRows(id, order))
  const unmapped = lines.filter((line) => line.product_id === null && line.requiresShipping && line.waits)
  const issues = unmapped.map((line) => ({
    id: uuidv7(),
    order_id: line.order_id,
    line_id: line.id,
    detail: { sku: line.sku, name: line.name },
  }))
  const timeline = fresh.map(({ id }) => ({ id: uuidv7(), order_id: id }))

  await tx.all(
    sql`insert into orders.recipients (account_id, order_id, store_id, buyer_name, name, company, line1, line2, line3, city)
      select (select app.account_id()), r.order_id, ${storeId}, r."buyerName", r.name, r.company, r.line1, r.line2, r.line3, r.city
        from jsonb_to_recordset(${json(recipients)}) as r (order_id uuid, "buyerName" text, name text, company text, line1 text, line2 text, line3 text, city text)`,
    sql`insert into orders.contacts (account_id, order_id, store_id, email, phone)
      select (select app.account_id()), r.order_id, ${storeId}, r.email, r.phone from jsonb_to_recordset(${json(recipients)}) as r (order_id uuid, email text, phone text)`,
    sql`insert into orders.order_amounts (account_id, order_id, store_id, currency, lines_total, discount_total, shipping_total, tax_total, total)
      select (select app.account_id()), r.order_id, ${storeId}, r.currency, r.gross, r.discount, r.shipping, r.tax, r.total
        from jsonb_to_recordset(${json(amounts)}) as r (order_id uuid, currency text, gross bigint, discount bigint, shipping bigint, tax bigint, total bigint)`,
    sql`insert into orders.lines (account_id, id, order_id, store_id, position, product_id, sku, name, quantity, requires_shipping)
      select (select app.account_id()), r.id, r.order_id, ${storeId}, r.position, r.product_id, r.sku, r.name, r.quantity, r."requiresShipping"
        from jsonb_to_recordset(${json(lines)}) as r (id uuid, order_id uuid, position integer, product_id uuid, sku text, name text, quantity integer, "requiresShipping" boolean)`,
    sql`insert into orders.line_amounts (account_id, line_id, order_id, store_id, unit_price_micros, discount_rate, discount_micros)
      select (select app.account_id()), r.id, r.order_id, ${storeId}, r."unitPriceMicros", r."discountRate", r."discountMicros"
        from jsonb_to_recordset(${json(lines)}) as r (id uuid, order_id uuid, "unitPriceMicros" bigint, "discountRate" numeric, "discountMicros" bigint)`,
    sql`insert into orders.line_tags (account_id, order_id, line_id, store_id, tag)
      select (select app.account_id()), r.order_id, r.id, ${storeId}, t.tag
        from jsonb_to_recordset(${json(lines)}) as r (id uuid, order_id uuid, product_id uuid)
        join catalog.product_tags t on t.account_id = (select app.account_id()) and t.product_id = r.product_id`,
    sql`insert into orders.order_tags (account_id, order_id, store_id, tag, source)
      select distinct (select app.account_id()), r.order_id, ${storeId}::uuid, r.tag, case (select app.via()) when 'import' then 'import' else 'manual' end from jsonb_to_recordset(${json(tags)}) as r (order_id uuid, tag text)`,
    sql`insert into orders.search_words (account_id, store_id, order_id, class, word)
      select (select app.account_id()), ${storeId}, r.order_id, r.class, r.word from jsonb_to_recordset(${json(words)}) as r (order_id uuid, class text, word text)`,
    sql`insert into orders.issues (account_id, id, order_id, store_id, line_id, kind, detail)
      select (select app.account_id()), r.id, r.order_id, ${storeId}, r.line_id, 'unmapped_line', r.detail
        from jsonb_to_recordset(${json(issues)}) as r (id uuid, order_id uuid, line_id uuid, detail jsonb)`,
    sql`insert into orders.timeline (account_id, id, order_id, store_id, kind, actor, via)
      select (select app.account_id()), r.id, r.order_id, ${storeId}, 'order.created', ${tx.who.name}, (select app.via()) from jsonb_to_recordset(${json(timeline)}) as r (id uuid, order_id uuid)`,
    sql`insert into orders.comments (account_id, id, order_id, store_id, visibility, author_member_id, author, text)
      select (select app.account_id()), r.id, r.order_id, ${storeId}, 'internal', (select app.member_id()), ${tx.who.name}, r.text
        from jsonb_to_recordset(${json(notes)}) as r (id uuid, order_id uuid, text text)`,
  )
}

/** Under which words an order is found, by the class of field they come from. */
export function searchRows(orderId: string, order: Pick<NewOrder, 'number' | 'recipient' | 'contact' | 'lines'>) {
  const { buyerName, name, company } = order.recipient
  const byClass = {
    public: indexWords(order.number, ...order.lines.map((line) => line.sku)),
    recipient: indexWords(buyerName, name, company),
    contact: indexWords(order.contact.email, order.contact.phone),
  }
  return Object.entries(byClass).flatMap(([kind, words]) =>
    words.map((word) => ({ order_id: orderId, class: kind, word })),
  )
}
