import { byId, Closed, contract, Day, Id, Instant, Named, Nullable, OneOf, Text, Type } from '#kernel/endpoint.ts'

/** What may be kept for a time: a supplier's copy of the address, the order's own address, e-mail and phone, notes, import files. */
export const retained = ['supplier_copy', 'recipient', 'contact', 'notes', 'import_file'] as const
/** By what a buyer was found. */
export const foundBy = ['email', 'phone', 'name'] as const

const RetentionRule = Type.Object({
  id: Id,
  what: OneOf(retained),
  /** null: every one. */
  supplier: Nullable(Named),
  store: Nullable(Named),
  days: Type.Integer(),
  updatedBy: Type.String(),
  updatedAt: Instant,
})
const chosen = { orderIds: Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }) }

export const privacyContract = contract({
  listRetention: {
    method: 'GET',
    path: '/privacy/retention',
    allow: 'privacy:manage',
    summary: 'How long personal data is kept, and for whom that could be said',
    response: Type.Object({
      items: Type.Array(RetentionRule),
      stores: Type.Array(Named),
      suppliers: Type.Array(Named),
    }),
  },
  keepRetention: {
    method: 'POST',
    path: '/privacy/retention',
    allow: 'privacy:manage',
    summary: 'Say how long something is kept: for all, for a store, for a supplier; the same again changes the days',
    body: Closed({
      what: OneOf(retained),
      supplierId: Type.Optional(Id),
      storeId: Type.Optional(Id),
      days: Type.Integer({ minimum: 1, maximum: 3650 }),
    }),
    response: Type.Object({ id: Id }),
  },
  removeRetention: {
    method: 'DELETE',
    path: '/privacy/retention/:id',
    allow: 'privacy:manage',
    summary: 'Keep it without end again; what has faded does not come back',
    params: byId,
    response: Type.Object({}),
  },
  findBuyer: {
    method: 'POST',
    path: '/privacy/find',
    allow: 'privacy:manage',
    summary: 'The orders of one buyer, by e-mail, phone, or name and part of the address',
    body: Closed({
      email: Type.Optional(Text(3, 254)),
      phone: Type.Optional(Text(3, 50)),
      name: Type.Optional(Text(1, 200)),
      /** Narrows the name: a part of street, city or postcode. */
      address: Type.Optional(Text(1, 200)),
    }),
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          id: Id,
          number: Type.String(),
          storeName: Type.String(),
          status: Type.String(),
          placedOn: Day,
          buyerName: Type.String(),
          name: Type.String(),
          line1: Type.String(),
          postcode: Type.String(),
          city: Type.String(),
          country: Type.String(),
          email: Type.String(),
          phone: Type.String(),
          by: Type.Array(OneOf(foundBy)),
        }),
      ),
      /** There are more than 200. */
      capped: Type.Boolean(),
      /** When somebody with this e-mail or phone was erased before. */
      erasedAt: Nullable(Instant),
    }),
    keepAnswer: false,
  },
  exportBuyer: {
    method: 'POST',
    path: '/privacy/export',
    allow: 'privacy:manage',
    fresh: true,
    summary: 'Everything that is kept about the buyer of these orders, as one JSON file',
    body: Closed(chosen),
    // Not application/json: it is to be saved, by the page and by scripts, not to be read as an answer.
    response: { file: 'application/octet-stream' },
  },
  eraseBuyer: {
    method: 'POST',
    path: '/privacy/erase',
    allow: 'privacy:manage',
    fresh: true,
    summary:
      'Erase the buyer of these orders from everything but their numbers, quantities and amounts; there is no way back',
    body: Closed({
      ...chosen,
      /** Orders that have not left: refuse all, or ship them first and erase them then. */
      open: Type.Optional(OneOf(['refuse', 'ship_first'])),
    }),
    response: Type.Object({
      /** null: all of them are to be shipped first. */
      jobId: Nullable(Id),
      erasing: Type.Integer(),
      waiting: Type.Integer(),
    }),
    status: 202,
    keepAnswer: false,
    refuses: ['wrong_state'],
  },
  listErasures: {
    method: 'GET',
    path: '/privacy/erasures',
    allow: 'privacy:manage',
    summary: 'What was erased, by whom, and which orders are to be shipped first',
    response: Type.Object({
      items: Type.Array(Type.Object({ id: Id, at: Instant, actor: Type.String(), orders: Type.Array(Type.String()) })),
      waiting: Type.Array(Type.Object({ orderId: Id, number: Type.String(), askedAt: Instant })),
    }),
  },
})
