import {
  byId,
  Closed,
  contract,
  Day,
  forHouse,
  Id,
  Instant,
  Locale,
  Named,
  Nullable,
  OneOf,
  Page,
  pageQuery,
  Text,
  Type,
} from '#kernel/endpoint.ts'
import { movementKinds } from './kinds.ts'
import { warehousesContract } from './warehouses-contract.ts'

const ProductName = Type.Object({ id: Id, sku: Type.String(), name: Type.String() })

/** Eaches of one product in one warehouse. */
const amounts = {
  onHand: Type.Integer(),
  /** Of what is on hand, what is kept for orders. */
  allocated: Type.Integer(),
  /** On hand less allocated: what may be sold. */
  available: Type.Integer(),
  /** On its way: announced or in transit. */
  incoming: Type.Integer(),
  /** Of what is incoming, what has left. */
  inTransit: Type.Integer(),
  /** Damaged: here, not to be sold. */
  quarantine: Type.Integer(),
  /** Received by the client himself, to be counted by the house before it is sold. */
  unverified: Type.Integer(),
  /** Wanted by order lines for which there is nothing. */
  backordered: Type.Integer(),
  /** Below how many available it is low; null: nobody said. Absent for a client. */
  lowLevel: Type.Optional(Nullable(Type.Integer())),
}
const Level = Type.Object({
  product: ProductName,
  warehouse: Named,
  /** The client whose goods they are; null: the house's own. */
  client: Nullable(Named),
  ...amounts,
})

const Count = Type.Object({
  id: Id,
  product: ProductName,
  warehouse: Named,
  expected: Type.Integer(),
  counted: Type.Integer(),
  state: OneOf(['waiting', 'applied', 'refused']),
  reason: Type.String(),
  countedBy: Type.String(),
  countedAt: Instant,
  answeredBy: Nullable(Type.String()),
  answeredAt: Nullable(Instant),
  version: Type.Integer(),
})

const Eaches = Type.Integer({ minimum: 0, maximum: 1_000_000 })
const Settings = Type.Object({
  /** A count that differs by more waits for somebody who may adjust stock. */
  countThreshold: Type.Integer(),
  version: Type.Integer(),
})
const goods = { warehouseId: Id, productId: Id }

export const stockContract = contract({
  listStock: {
    method: 'GET',
    path: '/stock',
    allow: 'stock:read',
    summary: 'Stock of each product in each warehouse, by SKU',
    query: Closed({
      ...pageQuery,
      /** A part of SKU or name. */
      q: Type.Optional(Text(0, 200)),
      warehouseId: Type.Optional(Id),
      /** Goods of this client alone. */
      clientId: forHouse(Type.Optional(Id)),
      /** Fewer available than the level that was set. */
      low: Type.Optional(Type.Boolean()),
      /** Orders wait for it. */
      backordered: Type.Optional(Type.Boolean()),
    }),
    response: Page(Level),
  },
  exportStock: {
    method: 'GET',
    path: '/stock/export',
    allow: 'stock:read',
    reads: 'stock.exported',
    summary: 'Every product one may see with its stock, as CSV: a row for each warehouse that has had it',
    query: Closed({ language: Type.Optional(Locale) }),
    response: { file: 'text/csv; charset=utf-8' },
  },
  getProductStock: {
    method: 'GET',
    path: '/stock/products/:id',
    allow: 'stock:read',
    summary: 'Stock of one product in every warehouse',
    params: byId,
    response: Type.Object({
      product: ProductName,
      client: Nullable(Named),
      /** In all warehouses that the caller sees. */
      total: Type.Object(amounts),
      levels: Type.Array(
        Type.Object({
          warehouse: Named,
          ...amounts,
          /** What a change of the low level is based on, whether there is one or not. Absent for a client. */
          lowLevelVersion: Type.Optional(Type.Integer()),
        }),
      ),
    }),
  },
  listMovements: {
    method: 'GET',
    path: '/stock/movements',
    allow: 'stock:read',
    summary: 'The ledger of stock, the newest first',
    query: Closed({
      ...pageQuery,
      /** A part of SKU or name. */
      q: Type.Optional(Text(0, 200)),
      productId: Type.Optional(Id),
      warehouseId: Type.Optional(Id),
      kind: Type.Optional(Type.Array(OneOf(movementKinds), { maxItems: movementKinds.length })),
      /** From and until which day, both included, in the account's zone. */
      since: Type.Optional(Day),
      until: Type.Optional(Day),
      /** The number of the order or transfer that it happened for. */
      document: Type.Optional(Text(1, 100)),
      /** A part of the name of who did it. */
      actor: forHouse(Type.Optional(Text(1, 100))),
    }),
    response: Page(
      Type.Object({
        id: Id,
        at: Instant,
        kind: OneOf(movementKinds),
        product: ProductName,
        warehouse: Named,
        /** What was added, signed. */
        onHand: Type.Integer(),
        allocated: Type.Integer(),
        quarantine: Type.Integer(),
        unverified: Type.Integer(),
        announced: Type.Integer(),
        inTransit: Type.Integer(),
        backordered: Type.Integer(),
        reason: Type.String(),
        /** What it happened for; null where that is nothing the caller may see. */
        document: Nullable(Type.Object({ kind: OneOf(['order', 'transfer', 'count']), id: Id, number: Type.String() })),
        /** Absent for a client: the people of the house are its own. */
        actor: Type.Optional(Type.String()),
      }),
    ),
  },
  adjustStock: {
    method: 'POST',
    path: '/stock/adjustments',
    allow: 'stock:adjust',
    summary: 'Put so many more, or fewer, on hand, for a reason',
    body: Closed({
      ...goods,
      by: Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 }),
      reason: Text(1, 500),
    }),
    response: Type.Object({ onHand: Type.Integer(), available: Type.Integer() }),
    refuses: ['kept_for_orders'],
  },
  listCounts: {
    method: 'GET',
    path: '/stock/counts',
    allow: 'stock:count',
    summary: 'What was counted, the newest first',
    query: Closed({ ...pageQuery, state: Type.Optional(OneOf(['waiting', 'applied', 'refused'])) }),
    response: Page(Count),
  },
  countStock: {
    method: 'POST',
    path: '/stock/counts',
    allow: 'stock:count',
    summary: 'Write what was counted; what differs by too much waits for somebody who may adjust stock',
    body: Closed({
      ...goods,
      /** What was on hand when the count began. */
      expected: Type.Integer({ minimum: 0 }),
      counted: Eaches,
      reason: Type.Optional(Text(0, 500)),
    }),
    response: Type.Object({ id: Id, state: OneOf(['waiting', 'applied']) }),
    refuses: ['changed_meanwhile', 'kept_for_orders'],
  },
  answerCount: {
    method: 'POST',
    path: '/stock/counts/:id/answer',
    allow: 'stock:adjust',
    summary: 'Approve a count that waits, or refuse it',
    params: byId,
    ifMatch: true,
    body: Closed({ approve: Type.Boolean() }),
    response: Type.Object({ state: OneOf(['applied', 'refused']) }),
    refuses: ['kept_for_orders'],
  },
  getStockSettings: {
    method: 'GET',
    path: '/stock/settings',
    allow: 'stock:count',
    summary: 'What counts for the stock of the whole account',
    response: Settings,
  },
  changeStockSettings: {
    method: 'PATCH',
    path: '/stock/settings',
    allow: 'warehouses:edit',
    summary: 'Say by how many eaches a count may differ and still be applied at once',
    ifMatch: true,
    body: Closed({ countThreshold: Eaches }),
    response: Settings,
  },
  setLowLevel: {
    method: 'PUT',
    path: '/stock/low-levels',
    allow: 'stock:adjust',
    summary: 'Say below how many available a product is low in a warehouse; null: never',
    ifMatch: true,
    body: Closed({ ...goods, level: Nullable(Type.Integer({ minimum: 1, maximum: 1_000_000 })) }),
    response: Type.Object({ level: Nullable(Type.Integer()), version: Type.Integer() }),
  },
  getOrderStock: {
    method: 'GET',
    path: '/orders/:id/stock',
    allow: 'fulfillment:read',
    summary: 'Which lines of an order are in stock, and what those that wait are promised',
    params: byId,
    response: Type.Object({
      lines: Type.Array(
        Type.Object({
          lineId: Id,
          inStock: Type.Boolean(),
          /** Eaches kept for the line, and those it waits for; only for who may see stock. */
          allocated: Type.Optional(Type.Integer()),
          backordered: Type.Optional(Type.Integer()),
          /** When enough of what it waits for is to arrive; null where nobody said. */
          promisedOn: Type.Optional(Nullable(Day)),
        }),
      ),
    }),
  },
  ...warehousesContract,
})
