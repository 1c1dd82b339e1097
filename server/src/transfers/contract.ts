import {
  byId,
  Closed,
  contract,
  Day,
  forHouse,
  Id,
  Instant,
  Nullable,
  OneOf,
  Page,
  pageQuery,
  Text,
  Type,
} from '#kernel/endpoint.ts'
import { sides, states } from './lifecycle.ts'

const Quantity = Type.Integer({ minimum: 1, maximum: 1_000_000 })
const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 })
const Sku = Text(1, 100)
const Reason = Text(1, 500)
/** Each SKU once. */
const Lines = Type.Array(Closed({ sku: Sku, quantity: Quantity }), { minItems: 1, maxItems: 1000 })
const Counts = Type.Array(
  Closed({ lineId: Id, good: Count, damaged: Type.Optional(Count), reason: Type.Optional(Text(0, 500)) }),
  { minItems: 1, maxItems: 1000 },
)
const details = { expectedOn: Type.Optional(Nullable(Day)), note: Type.Optional(Text(0, 2000)) }
const Side = OneOf(sides)
const Event = { id: Id, side: Side, actor: Type.String(), at: Instant }

const head = {
  id: Id,
  number: Type.String(),
  /** Where it comes from: a client announced it, or the house moves goods from a warehouse or gets them from a supplier. */
  origin: OneOf(['client', 'warehouse', 'supplier']),
  /** In words: the portal user and his company, the warehouse, the supplier. */
  from: Type.String(),
  warehouse: Type.Object({ id: Id, name: Type.String() }),
  ownerId: Id,
  state: OneOf(states),
  unannounced: Type.Boolean(),
  carrier: Type.String(),
  tracking: Type.String(),
  cartons: Nullable(Type.Integer()),
  expectedOn: Nullable(Day),
  createdAt: Instant,
  shippedAt: Nullable(Instant),
  deliveredAt: Nullable(Instant),
  receivedAt: Nullable(Instant),
  lineCount: Type.Integer(),
  /** Eaches over all lines. */
  quantity: Type.Integer(),
  arrived: Type.Integer(),
  remaining: Type.Integer(),
}

const Transfer = Type.Object({
  ...head,
  note: Type.String(),
  /** Why it was closed short or cancelled. */
  reason: Type.String(),
  createdBy: Type.String(),
  closedAt: Nullable(Instant),
  cancelledAt: Nullable(Instant),
  version: Type.Integer(),
  lines: Type.Array(
    Type.Object({
      id: Id,
      sku: Type.String(),
      name: Type.String(),
      /** As declared. */
      quantity: Type.Integer(),
      good: Type.Integer(),
      damaged: Type.Integer(),
      /** Counted by the client, not yet by the house. */
      unverified: Type.Integer(),
      /** No longer waited for. */
      closed: Type.Integer(),
      remaining: Type.Integer(),
      /** What came beyond what was declared. */
      over: Type.Integer(),
      /** What scanners read on it, and how many eaches that is: a carton has a code of its own. */
      barcodes: Type.Array(Type.Object({ code: Type.String(), quantity: Type.Integer() })),
    }),
  ),
  receipts: Type.Array(
    Type.Object({
      ...Event,
      kind: OneOf(['received', 'verified']),
      reason: Type.String(),
      lines: Type.Array(
        Type.Object({ lineId: Id, good: Type.Integer(), damaged: Type.Integer(), reason: Type.String() }),
      ),
    }),
  ),
  timeline: Type.Array(
    Type.Object({ ...Event, kind: Type.String(), data: Type.Record(Type.String(), Type.Unknown()) }),
  ),
  comments: Type.Array(Type.Object({ ...Event, text: Type.String() })),
  photos: Type.Array(Type.Object({ ...Event, mediaType: Type.String(), bytes: Type.Integer() })),
  /** Whether something was counted otherwise than declared, and who confirmed it. */
  differs: Type.Boolean(),
  confirmations: Type.Array(Type.Object(Event)),
  can: Type.Record(Type.String(), Type.Union([Type.Literal(true), Type.String()])),
})

const transferFilter = {
  state: Type.Optional(Type.Array(OneOf(states), { maxItems: states.length, uniqueItems: true })),
  warehouseId: Type.Optional(Id),
  number: Type.Optional(Text(1, 40)),
  /** Whose goods. */
  ownerId: forHouse(Type.Optional(Id)),
  /** Announced by one of these portal users; `none`: those that no portal user announced. */
  portalUser: forHouse(
    Type.Optional(Type.Array(Type.Union([Id, Type.Literal('none')]), { minItems: 1, maxItems: 100 })),
  ),
}

const step = { params: byId, response: Transfer } as const

export const transfersContract = contract({
  listTransfers: {
    method: 'GET',
    path: '/transfers',
    allow: 'transfers:read',
    summary: 'Stock transfers, the newest first',
    query: Closed({ ...pageQuery, ...transferFilter }),
    response: Page(Type.Object(head)),
  },
  exportTransfers: {
    method: 'GET',
    path: '/transfers/export',
    allow: 'transfers:read',
    reads: 'transfers.exported',
    summary: 'The transfers of the list as CSV, by the same filter: one row each',
    query: Closed({ ...transferFilter, language: Type.Optional(OneOf(['en', 'fr'])) }),
    response: { file: 'text/csv; charset=utf-8' },
  },
  listTransferChoices: {
    method: 'GET',
    path: '/transfers/choices',
    allow: 'transfers:read',
    summary: 'Where one may send to and whose goods, and by which portal users the list can be filtered',
    response: Type.Object({
      warehouses: Type.Array(
        Type.Object({
          id: Id,
          name: Type.String(),
          line1: Type.String(),
          line2: Type.String(),
          city: Type.String(),
          region: Type.String(),
          postcode: Type.String(),
          country: Type.String(),
        }),
      ),
      owners: Type.Array(Type.Object({ id: Id, kind: OneOf(['self', 'client']), name: Type.String() })),
      portalUsers: Type.Array(Type.Object({ id: Id, name: Type.String(), client: Type.String() })),
    }),
  },
  getTransfer: {
    method: 'GET',
    path: '/transfers/:id',
    allow: 'transfers:read',
    summary: 'One stock transfer with its lines, receipts and story',
    ...step,
  },
  createTransfer: {
    method: 'POST',
    path: '/transfers',
    allow: 'transfers:create',
    summary: 'Announce goods to a warehouse; the house says where its own come from',
    body: Closed({
      warehouseId: Id,
      lines: Lines,
      ...details,
      /** Of the house's own: exactly one of these. */
      fromWarehouseId: Type.Optional(Id),
      supplierId: Type.Optional(Id),
      /** Of the house's own: whose goods; the house's unless said. */
      ownerId: Type.Optional(Id),
      /** Of the house's own: not yet announced to the stock. */
      draft: Type.Optional(Type.Boolean()),
    }),
    response: Transfer,
    status: 201,
    refuses: ['wrong_state'],
  },
  takeInTransfer: {
    method: 'POST',
    path: '/transfers/unannounced',
    allow: 'transfers:receive',
    summary: 'Take in goods of a client that nobody announced, as they were counted',
    body: Closed({
      warehouseId: Id,
      ownerId: Id,
      lines: Type.Array(
        Closed({ sku: Sku, good: Count, damaged: Type.Optional(Count), reason: Type.Optional(Text(0, 500)) }),
        { minItems: 1, maxItems: 1000 },
      ),
      note: Type.Optional(Text(0, 2000)),
    }),
    response: Transfer,
    status: 201,
    refuses: ['wrong_state'],
  },
  editTransfer: {
    method: 'PATCH',
    path: '/transfers/:id',
    allow: 'transfers:edit',
    summary: "Edit a transfer of the house's own that has not left; lines are replaced whole",
    ...step,
    ifMatch: true,
    body: Closed({ ...details, lines: Type.Optional(Lines) }),
    refuses: ['wrong_state'],
  },
  cloneTransfer: {
    method: 'POST',
    path: '/transfers/:id/clone',
    allow: 'transfers:edit',
    summary: "Begin a draft with the lines of a transfer of the house's own",
    ...step,
    status: 201,
    refuses: ['wrong_state'],
  },
  announceTransfer: {
    method: 'POST',
    path: '/transfers/:id/announce',
    allow: 'transfers:edit',
    summary: 'Make a draft ready to ship: its goods are announced to the stock',
    ...step,
    refuses: ['wrong_state'],
  },
  shipTransfer: {
    method: 'POST',
    path: '/transfers/:id/ship',
    allow: 'transfers:ship',
    summary: 'Say that it left, by the side that sends it',
    ...step,
    body: Closed({
      carrier: Type.Optional(Text(0, 60)),
      tracking: Type.Optional(Text(0, 100)),
      cartons: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 100_000 }))),
    }),
    refuses: ['wrong_state'],
  },
  arriveTransfer: {
    method: 'POST',
    path: '/transfers/:id/arrive',
    allow: 'transfers:ship',
    summary: 'Record that the goods of a client arrived, who had not said that they left',
    ...step,
    refuses: ['wrong_state'],
  },
  deliverTransfer: {
    method: 'POST',
    path: '/transfers/:id/deliver',
    allow: 'transfers:ship',
    summary: 'Say that it arrived; nothing is counted yet',
    ...step,
    refuses: ['wrong_state'],
  },
  receiveTransfer: {
    method: 'POST',
    path: '/transfers/:id/receive',
    allow: 'transfers:receive',
    summary: 'Count what came; without lines everything that is waited for came, and is good',
    ...step,
    ifMatch: true,
    body: Closed({ lines: Type.Optional(Counts), reason: Type.Optional(Text(0, 500)) }),
    refuses: ['wrong_state'],
  },
  verifyTransfer: {
    method: 'POST',
    path: '/transfers/:id/verify',
    allow: 'transfers:receive',
    summary: 'Count what the client had counted himself; without lines all of it is there, and good',
    ...step,
    ifMatch: true,
    body: Closed({ lines: Type.Optional(Counts), reason: Type.Optional(Text(0, 500)) }),
    refuses: ['wrong_state'],
  },
  closeTransfer: {
    method: 'POST',
    path: '/transfers/:id/close',
    allow: 'transfers:close',
    summary: 'Wait no longer for the rest: it is lost, or was sent back',
    ...step,
    ifMatch: true,
    body: Closed({ reason: Reason, rest: OneOf(['written_off', 'sent_back']) }),
    refuses: ['wrong_state'],
  },
  cancelTransfer: {
    method: 'POST',
    path: '/transfers/:id/cancel',
    allow: 'transfers:cancel',
    summary: 'Call off what was not received; what has left asks for a reason',
    ...step,
    ifMatch: true,
    body: Closed({ reason: Type.Optional(Text(0, 500)) }),
    refuses: ['wrong_state'],
  },
  commentTransfer: {
    method: 'POST',
    path: '/transfers/:id/comments',
    allow: 'transfers:receive',
    summary: 'Say something that both sides read',
    ...step,
    body: Closed({ text: Text(1, 2000) }),
  },
  confirmTransfer: {
    method: 'POST',
    path: '/transfers/:id/confirm',
    allow: 'transfers:receive',
    summary: 'Confirm, for the own side, what was counted otherwise than declared',
    ...step,
    refuses: ['wrong_state'],
  },
  addTransferPhoto: {
    method: 'POST',
    path: '/transfers/:id/photos',
    allow: 'transfers:receive',
    summary: 'Add a picture of what arrived: PNG, JPEG or WebP, of at most 10 MB',
    ...step,
    upload: true,
    keepAnswer: false,
    largest: 10_000_000,
    body: Closed({}),
    refuses: ['wrong_state'],
  },
  getTransferPhoto: {
    method: 'GET',
    path: '/transfers/:id/photos/:photoId',
    allow: 'transfers:read',
    summary: 'A picture of what arrived, to be saved',
    params: Closed({ id: Id, photoId: Id }),
    response: { file: 'application/octet-stream' },
  },
  printTransfer: {
    method: 'GET',
    path: '/transfers/:id/sheet',
    allow: 'transfers:print',
    summary: 'The sheet that goes with the goods: number and barcode, lines, addresses; no price',
    params: byId,
    query: Closed({ language: Type.Optional(OneOf(['en', 'fr'])) }),
    response: { file: 'application/pdf' },
  },
})
