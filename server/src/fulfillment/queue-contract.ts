import { addressShape } from '#kernel/address.ts'
import {
  byId,
  Closed,
  contract,
  Day,
  Id,
  Instant,
  Nullable,
  OneOf,
  Page,
  pageQuery,
  Text,
  Type,
} from '#kernel/endpoint.ts'
import { states } from './lifecycle.ts'
import {
  Assignee,
  Assignees,
  Can,
  ChosenLines,
  departure,
  Handed,
  handing,
  Quantities,
  Reason,
  Shipment,
  shipResults,
  slipQuery,
  Tracking,
} from './shapes.ts'

/** What a supplier sees of his part of an order: nothing of the order itself, of others, or of money. */
const QueueItem = Type.Object({
  id: Id,
  number: Type.String(),
  merchantName: Type.String(),
  state: OneOf(states),
  onHold: Type.Boolean(),
  placedOn: Day,
  shipBy: Nullable(Day),
  deliverBy: Nullable(Day),
  service: Type.String(),
  recipient: Type.Object(addressShape),
  /** When name and address were removed: erased, or kept long enough. */
  removedAt: Nullable(Instant),
  buyerNote: Type.String(),
  giftText: Type.String(),
  lines: Type.Array(
    Type.Object({ id: Id, sku: Type.String(), name: Type.String(), ...Quantities, rejectReason: Type.String() }),
  ),
  shipments: Type.Array(Shipment),
  /** Changed by the merchant after it was accepted, and what: address, note, service, dates. */
  changedAt: Nullable(Instant),
  changed: Type.Array(Type.String()),
  acceptedAt: Nullable(Instant),
  shippedAt: Nullable(Instant),
  assignee: Assignee,
  isSample: Type.Boolean(),
  can: Can,
})

/** Which part of the queue: to_answer (offered), to_ship (accepted), shipped, or everything. */
export const queueViews = ['to_answer', 'to_ship', 'shipped', 'all'] as const
export const queueFilter = {
  view: Type.Optional(OneOf(queueViews)),
  /** Words of order number, SKU, recipient, tracking: each must match the beginning of one. */
  q: Type.Optional(Text(0, 200)),
  /** Only what is given to oneself. */
  mine: Type.Optional(Type.Boolean()),
}
const Slip = { file: 'application/pdf' }

export const queueContract = contract({
  listQueue: {
    method: 'GET',
    path: '/queue',
    allow: 'queue:read',
    summary: 'What is yours to ship, what is due first; shipped ones newest first',
    query: Closed({ ...pageQuery, ...queueFilter }),
    response: Page(QueueItem),
  },
  countQueue: {
    method: 'GET',
    path: '/queue/counts',
    allow: 'queue:read',
    summary: 'How many are to answer, to ship, shipped, and on hold',
    response: Type.Object({
      to_answer: Type.Integer(),
      to_ship: Type.Integer(),
      shipped: Type.Integer(),
      all: Type.Integer(),
    }),
  },
  printQueueSlips: {
    method: 'GET',
    path: '/queue/slips',
    allow: 'queue:print',
    summary: 'Several packing slips in one file',
    reads: 'fulfillment_order.slip-printed',
    query: Closed({ ...slipQuery, ids: Type.Array(Id, { minItems: 1, maxItems: 100 }) }),
    response: Slip,
    refuses: ['not_found'],
  },
  exportQueue: {
    method: 'GET',
    path: '/queue/export',
    allow: 'queue:export',
    reads: 'queue.exported',
    summary: 'The queue as CSV, one row a line',
    query: Closed(queueFilter),
    response: { file: 'text/csv; charset=utf-8' },
  },
  listQueueAssignees: {
    method: 'GET',
    path: '/queue/assignees',
    allow: 'queue:assign',
    summary: 'To which colleagues parts of the queue can be given',
    response: Assignees,
  },
  handQueueItems: {
    method: 'POST',
    path: '/queue/hand',
    allow: 'queue:assign',
    summary: 'Give parts of the queue to a colleague, or take them back from one',
    body: Closed(handing),
    response: Handed,
    refuses: ['not_found', 'wrong_state'],
  },
  getQueueItem: {
    method: 'GET',
    path: '/queue/:id',
    allow: 'queue:read',
    summary: 'One fulfillment order',
    params: byId,
    reads: 'fulfillment_order.recipient-read',
    response: QueueItem,
  },
  acceptQueueItem: {
    method: 'POST',
    path: '/queue/:id/accept',
    allow: 'queue:answer',
    summary: 'Accept all that is offered, or part of it',
    params: byId,
    body: Closed({ lines: Type.Optional(ChosenLines) }),
    response: QueueItem,
    refuses: ['wrong_state', 'held'],
  },
  rejectQueueItem: {
    method: 'POST',
    path: '/queue/:id/reject',
    allow: 'queue:answer',
    summary: 'Reject with a reason all that has not left, or part of it',
    params: byId,
    body: Closed({ reason: Reason, lines: Type.Optional(ChosenLines) }),
    response: QueueItem,
    refuses: ['wrong_state', 'held'],
  },
  shipQueueItem: {
    method: 'POST',
    path: '/queue/:id/ship',
    allow: 'queue:ship',
    summary: 'Mark as shipped; what was only offered is accepted by it',
    params: byId,
    body: Closed({ ...departure, trackingNumber: Type.Optional(Tracking), lines: Type.Optional(ChosenLines) }),
    response: QueueItem,
    refuses: ['wrong_state', 'held'],
  },
  shipQueue: {
    method: 'POST',
    path: '/queue/ship',
    allow: 'queue:ship',
    summary: 'Mark many as shipped from a list of numbers and tracking numbers, answered row by row',
    body: Closed({
      ...departure,
      rows: Type.Array(Closed({ number: Text(0, 100), trackingNumber: Tracking }), { minItems: 1, maxItems: 500 }),
    }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({ number: Type.String(), trackingNumber: Type.String(), result: OneOf(shipResults) }),
      ),
    }),
  },
  printQueueSlip: {
    method: 'GET',
    path: '/queue/:id/slip',
    allow: 'queue:print',
    summary: 'The packing slip',
    reads: 'fulfillment_order.slip-printed',
    params: byId,
    query: Closed(slipQuery),
    response: Slip,
  },
})
