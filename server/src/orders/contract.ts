import {
  byId,
  Closed,
  contract,
  Day,
  forClients,
  forHouse,
  Id,
  Locale,
  OneOf,
  onlyFor,
  Page,
  pageQuery,
  Text,
  Type,
} from '#kernel/endpoint.ts'
import { OrderDraft, OrderRows, RowOutcome } from './draft.ts'
import { EditBody } from './edit-body.ts'
import { Order, OrderRow, Status } from './shapes.ts'
import { issueFilters } from './status.ts'

/** What narrows the list; the export takes the same. */
export const orderFilter = {
  status: Type.Optional(Type.Array(Status)),
  storeId: Type.Optional(Id),
  /** Words of order number, SKU, tracking, name, e-mail: each must match the beginning of one. */
  q: Type.Optional(Text(0, 200)),
  /** A tag on the order itself, of whichever side the caller sees. */
  tag: Type.Optional(Text(1, 200)),
  /** A product tag, and whether any, all or none of the lines carry it. */
  productTag: forHouse(Type.Optional(Text(1, 200))),
  productTagLines: forHouse(Type.Optional(OneOf(['any', 'all', 'none']))),
  supplierId: onlyFor('fulfillment:read', Type.Optional(Id)),
  /** An open issue of this kind, or any. */
  issue: forHouse(Type.Optional(OneOf(issueFilters))),
  /** Only orders of which oneself has a part to fulfill. */
  assignedToMe: forHouse(Type.Optional(Type.Boolean())),
  /** What a client's dashboard counts: orders with lines that wait for stock, of which something left in the last seven days, or with comments he has not read. */
  only: forClients(Type.Optional(OneOf(['waiting', 'shipped_lately', 'unread']))),
  placedFrom: Type.Optional(Day),
  placedTo: Type.Optional(Day),
}

const ExportColumns = Type.Array(
  Closed({ key: Type.String({ maxLength: 60 }), heading: Type.Optional(Text(1, 120)) }),
  { minItems: 1, maxItems: 100 },
)
export const exportSeparators = ['comma', 'semicolon'] as const
/** An empty answer: the page asks for the order again. */
const Done = Type.Object({})

export const ordersContract = contract({
  listOrders: {
    method: 'GET',
    path: '/orders',
    allow: 'orders:read',
    summary: 'Orders, newest first',
    query: Closed({ ...pageQuery, ...orderFilter, sort: Type.Optional(OneOf(['-placed', 'placed'])) }),
    response: Page(OrderRow),
  },
  countOrders: {
    method: 'GET',
    path: '/orders/count',
    allow: 'orders:read',
    summary: 'How many orders a filter matches, up to 10,000 exactly',
    query: Closed(orderFilter),
    response: Type.Object({ value: Type.Integer(), capped: Type.Boolean() }),
  },
  countByStatus: {
    method: 'GET',
    path: '/orders/counts',
    allow: 'orders:read',
    summary: 'How many orders stand in each status, and in the queue of issues, by kind',
    response: Type.Object({
      status: Type.Record(Type.String(), Type.Integer()),
      issues: Type.Record(Type.String(), Type.Integer()),
    }),
  },
  createOrder: {
    method: 'POST',
    path: '/orders',
    allow: 'orders:create',
    summary: 'Add one order; an external id that its store has already is refused with the id it has here (409)',
    body: OrderDraft,
    response: Type.Object({ id: Id, number: Type.String() }),
    status: 201,
    refuses: ['already_exists'],
  },
  createOrders: {
    method: 'POST',
    path: '/orders/batch',
    allow: 'orders:create',
    summary: 'Add up to 500 orders: all of them or none, or those that are valid, answered row by row',
    body: Closed({ mode: Type.Optional(OneOf(['all', 'valid'])), orders: OrderRows }),
    largest: 4 * 1024 * 1024,
    response: Type.Object({
      created: Type.Integer(),
      unchanged: Type.Integer(),
      refused: Type.Integer(),
      /** In the order of the request. */
      rows: Type.Array(RowOutcome),
    }),
  },
  getOrder: {
    method: 'GET',
    path: '/orders/:id',
    allow: 'orders:read',
    summary: 'One order',
    params: byId,
    reads: 'order.contact-read',
    response: Order,
  },
  listProductTagsOnOrders: {
    method: 'GET',
    path: '/orders/product-tags',
    allow: 'orders:read',
    summary: 'Product tags that stand on orders, for the filter',
    query: Closed({ q: Type.Optional(Text(0, 200)) }),
    response: Type.Object({ items: Type.Array(Type.String()) }),
  },
  editOrder: {
    method: 'PATCH',
    path: '/orders/:id',
    allow: 'orders:edit',
    summary:
      'Edit recipient, contact, note, service and dates while the stage allows it; lines and prices for who may approve them',
    params: byId,
    ifMatch: true,
    body: EditBody,
    response: Type.Object({ version: Type.Integer() }),
    refuses: ['wrong_state'],
  },
  holdOrder: {
    method: 'POST',
    path: '/orders/:id/hold',
    allow: 'orders:hold',
    summary: 'Hold with a reason, until a day begins or until released',
    params: byId,
    body: Closed({ reason: Text(1, 500), until: Type.Optional(Day) }),
    response: Done,
    refuses: ['wrong_state'],
  },
  releaseOrder: {
    method: 'POST',
    path: '/orders/:id/release',
    allow: 'orders:hold',
    summary: 'Release what the own side holds',
    params: byId,
    response: Done,
    refuses: ['wrong_state'],
  },
  cancelOrder: {
    method: 'POST',
    path: '/orders/:id/cancel',
    allow: 'orders:cancel',
    summary: 'Cancel what nobody works on yet',
    params: byId,
    body: Closed({ reason: Text(1, 500) }),
    response: Done,
    refuses: ['wrong_state'],
  },
  tagOrder: {
    method: 'POST',
    path: '/orders/:id/tags',
    allow: 'orders:tag',
    summary: 'Add a tag of the own side; the house also one of the client’s',
    params: byId,
    body: Closed({ tag: Text(1, 200), side: Type.Optional(OneOf(['host', 'client'])) }),
    response: Done,
    refuses: ['wrong_state'],
  },
  untagOrder: {
    method: 'DELETE',
    path: '/orders/:id/tags',
    allow: 'orders:tag',
    summary: 'Remove a tag of the own side',
    params: byId,
    query: Closed({ tag: Text(1, 200) }),
    response: Done,
    refuses: ['wrong_state'],
  },
  commentOrder: {
    method: 'POST',
    path: '/orders/:id/comments',
    allow: 'orders:comment',
    summary: 'Comment: internal, or shared with the client of the store',
    params: byId,
    body: Closed({ text: Text(1, 5000), visibility: OneOf(['internal', 'client']) }),
    response: Done,
    status: 201,
  },
  readComments: {
    method: 'POST',
    path: '/orders/:id/comments/read',
    allow: 'orders:comment',
    summary: 'Say up to when one has read what the other side wrote',
    params: byId,
    body: Closed({ until: Type.String({ format: 'date-time' }) }),
    response: Done,
  },
  raiseIssue: {
    method: 'POST',
    path: '/orders/:id/issues',
    allow: 'orders:edit',
    summary: 'Say that something is wrong with the address, for others to look at',
    params: byId,
    body: Closed({ kind: OneOf(['address']), reason: Text(1, 500) }),
    response: Type.Object({ id: Id }),
    status: 201,
    refuses: ['wrong_state', 'already_exists'],
  },
  resolveIssue: {
    method: 'POST',
    path: '/orders/issues/:id/resolve',
    allow: 'orders:edit',
    summary: 'Mark an issue as dealt with, and say how',
    params: byId,
    query: Closed({ how: Type.Optional(Text(0, 500)) }),
    response: Done,
  },
  listExportChoices: {
    method: 'GET',
    path: '/orders/export-presets',
    allow: 'orders:export',
    summary: 'Every column there is for the caller, and the choices of columns that were kept by name',
    response: Type.Object({
      columns: Type.Array(
        Type.Object({ key: Type.String(), headings: Type.Object({ en: Type.String(), fr: Type.String() }) }),
      ),
      presets: Type.Array(
        Type.Object({
          id: Id,
          name: Type.String(),
          columns: Type.Array(Type.Object({ key: Type.String(), heading: Type.String() })),
        }),
      ),
    }),
  },
  keepExportPreset: {
    method: 'PUT',
    path: '/orders/export-presets',
    allow: 'orders:export',
    summary: 'Keep a choice of columns by a name; the same name is replaced',
    body: Closed({ name: Text(1, 80), columns: ExportColumns }),
    response: Type.Object({ id: Id }),
  },
  forgetExportPreset: {
    method: 'DELETE',
    path: '/orders/export-presets/:id',
    allow: 'orders:export',
    summary: 'Forget a choice of columns',
    params: byId,
    response: Done,
  },
  exportOrders: {
    method: 'POST',
    path: '/orders/export',
    allow: 'orders:export',
    fresh: true,
    summary: 'One row an order line, as CSV: the filter of the list, columns, order and headings as chosen',
    body: Closed({
      filter: Type.Optional(Closed(orderFilter)),
      sort: Type.Optional(OneOf(['-placed', 'placed'])),
      /** Left out: every column there is for the caller. */
      columns: Type.Optional(ExportColumns),
      /** Of mixed orders, only the lines that carry the product tag of the filter. */
      onlyMatchingLines: Type.Optional(Type.Boolean()),
      /** What the spreadsheet expects: `1,234.50` between commas, or (French Excel) `1234,50` between semicolons. */
      separator: Type.Optional(OneOf(exportSeparators)),
      /** Of headings that were not given, and of status words. */
      language: Type.Optional(Locale),
    }),
    response: { file: 'text/csv; charset=utf-8' },
  },
})
