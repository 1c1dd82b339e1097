import {
  Amount,
  byId,
  Closed,
  contract,
  Day,
  Id,
  Instant,
  Nullable,
  OneOf,
  onlyFor,
  Text,
  Type,
} from '#kernel/endpoint.ts'
import { states } from './lifecycle.ts'

/** Chosen lines of a fulfillment order; without a quantity all that is open of the line. */
export const ChosenLines = Type.Array(
  Closed({ lineId: Id, quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })) }),
  { minItems: 1, maxItems: 500 },
)
export const Reason = Text(1, 500)

/** How it left. Without a day: today, in the account's zone; at most tomorrow. */
export const departure = {
  carrier: Text(1, 60),
  service: Type.Optional(Text(0, 60)),
  shippedOn: Type.Optional(Day),
}
export const Tracking = Text(0, 100)

/** What became of a row of a pasted list. */
export const shipResults = [
  'done',
  'already_done',
  'unknown',
  'ambiguous',
  'already_shipped',
  'held',
  'not_in_stock',
  'not_possible',
  'no_tracking',
] as const

const Step = Type.Union([Type.Literal(true), Type.String()])
export const Can = Type.Record(Type.String(), Step)

export const Quantities = {
  quantity: Type.Integer(),
  accepted: Type.Integer(),
  rejected: Type.Integer(),
  cancelled: Type.Integer(),
  shipped: Type.Integer(),
}
const Dimension = OneOf(['overall', 'channel', 'store', 'carrier', 'service'])
const Cost = Closed({
  /** Minor units. */
  amount: Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
})
/** What the carrier charges: for who may also read it. */
const carrierCost = { cost: Type.Optional(Cost) }

export const Shipment = Type.Object({
  id: Id,
  carrier: Type.String(),
  service: Type.String(),
  shippedOn: Day,
  createdBy: Type.String(),
  parcels: Type.Array(
    Type.Object({
      id: Id,
      trackingNumber: Type.String(),
      lines: Type.Array(Type.Object({ lineId: Id, quantity: Type.Integer() })),
    }),
  ),
})

/** The person who has it. */
export const Assignee = Nullable(Type.Object({ id: Id, name: Type.String() }))
export const handing = {
  ids: Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }),
  /** Null takes it back from whoever has it. */
  memberId: Nullable(Id),
}
export const Assignees = Type.Object({
  items: Type.Array(Type.Object({ id: Id, name: Type.String(), supplierId: Nullable(Id) })),
})
/** `before`: who had each, to undo it. */
export const Handed = Type.Object({
  changed: Type.Integer(),
  before: Type.Array(Type.Object({ id: Id, memberId: Nullable(Id) })),
})

const FulfillmentOrder = Type.Object({
  id: Id,
  number: Type.String(),
  fulfiller: OneOf(['warehouse', 'supplier']),
  fulfillerId: Id,
  fulfillerName: Type.String(),
  state: OneOf(states),
  onHold: Type.Boolean(),
  assignee: Assignee,
  acceptedAt: Nullable(Instant),
  shippedAt: Nullable(Instant),
  lines: Type.Array(
    Type.Object({
      id: Id,
      orderLineId: Id,
      sku: Type.String(),
      name: Type.String(),
      ...Quantities,
      rejectReason: Type.String(),
    }),
  ),
  shipments: Type.Array(
    Type.Object({
      ...Shipment.properties,
      cost: onlyFor('shipping-costs:read', Type.Optional(Cost)),
      /** What an edit of the cost is based on; 0 before there was one. */
      costVersion: onlyFor('shipping-costs:read', Type.Optional(Type.Integer())),
    }),
  ),
  can: Can,
})

/** Who has what of an order: the answer of every step too, so that the page shows what has become of it. */
const OfOrder = Type.Object({
  items: Type.Array(FulfillmentOrder),
  unassigned: Type.Array(
    Type.Object({ orderLineId: Id, sku: Type.String(), name: Type.String(), quantity: Type.Integer() }),
  ),
})

const to = { supplierId: Type.Optional(Id), warehouseId: Type.Optional(Id) }
const notices = { notifyBuyer: Type.Optional(Type.Boolean()), notifyChannel: Type.Optional(Type.Boolean()) }
const Slip = { file: 'application/pdf' }
export const slipQuery = { language: Type.Optional(OneOf(['en', 'fr'])) }

export const fulfillmentContract = contract({
  listFulfillmentOrders: {
    method: 'GET',
    path: '/orders/:id/fulfillment-orders',
    allow: 'fulfillment:read',
    summary: 'Who ships what of an order, and what left',
    params: byId,
    response: OfOrder,
  },
  listFulfillers: {
    method: 'GET',
    path: '/fulfillers',
    allow: 'fulfillment:assign',
    summary: 'To whom lines can be assigned',
    response: Type.Object({
      items: Type.Array(Type.Object({ kind: OneOf(['warehouse', 'supplier']), id: Id, name: Type.String() })),
    }),
  },
  assignOrder: {
    method: 'POST',
    path: '/orders/:id/assign',
    allow: 'fulfillment:assign',
    summary: 'Assign lines of an order; without lines all that nobody has',
    params: byId,
    body: Closed({ ...to, lines: Type.Optional(ChosenLines) }),
    response: OfOrder,
    refuses: ['wrong_state'],
  },
  assignOrders: {
    method: 'POST',
    path: '/orders/assign',
    allow: 'fulfillment:assign',
    summary: 'Assign all that nobody has of many orders',
    body: Closed({ ...to, orderIds: Type.Array(Id, { minItems: 1, maxItems: 1000, uniqueItems: true }) }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          orderId: Id,
          number: Type.String(),
          result: OneOf(['assigned', 'nothing_to_assign', 'closed']),
          fulfillmentOrder: Nullable(Type.String()),
        }),
      ),
    }),
  },
  listAssignees: {
    method: 'GET',
    path: '/fulfillment-orders/assignees',
    allow: 'fulfillment:assign',
    summary: 'To which people fulfillment orders can be given: of the house, and of suppliers',
    response: Assignees,
  },
  handFulfillmentOrders: {
    method: 'POST',
    path: '/fulfillment-orders/hand',
    allow: 'fulfillment:assign',
    summary: 'Give fulfillment orders to a person of their fulfiller, or take them back from one',
    body: Closed(handing),
    response: Handed,
    refuses: ['not_found', 'wrong_state'],
  },
  handOrders: {
    method: 'POST',
    path: '/orders/hand',
    allow: 'fulfillment:assign',
    summary:
      'Give to a person what his company or the house has of many orders, or take all of it back; passes over the others',
    body: Closed({
      orderIds: Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }),
      memberId: handing.memberId,
    }),
    response: Type.Object({ ...Handed.properties, passedOver: Type.Integer() }),
    refuses: ['not_found', 'not_permitted'],
  },
  shipOrder: {
    method: 'POST',
    path: '/orders/:id/ship',
    allow: 'fulfillment:ship',
    summary: 'Mark as shipped by hand what is with the own warehouse or with nobody',
    params: byId,
    body: Closed({
      ...departure,
      ...notices,
      ...carrierCost,
      trackingNumber: Type.Optional(Tracking),
      lines: Type.Optional(ChosenLines),
    }),
    response: OfOrder,
    refuses: ['wrong_state', 'held', 'not_in_stock'],
  },
  shipFulfillmentOrders: {
    method: 'POST',
    path: '/fulfillment-orders/ship',
    allow: 'fulfillment:ship',
    summary: 'Mark many as shipped from a list of numbers and tracking numbers, answered row by row',
    body: Closed({
      ...departure,
      ...notices,
      rows: Type.Array(Closed({ number: Text(0, 100), trackingNumber: Tracking, ...carrierCost }), {
        minItems: 1,
        maxItems: 500,
      }),
    }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({ number: Type.String(), trackingNumber: Type.String(), result: OneOf(shipResults) }),
      ),
    }),
  },
  setShipmentCost: {
    method: 'PUT',
    path: '/shipments/:id/cost',
    allow: 'shipping-costs:read',
    summary: 'Enter, correct or remove (null) what the carrier charges for a shipment',
    params: byId,
    ifMatch: true,
    body: Closed({ cost: Nullable(Cost) }),
    response: Type.Object({ version: Type.Integer(), cost: Nullable(Cost) }),
    refuses: ['wrong_state'],
  },
  listAverages: {
    method: 'GET',
    path: '/orders/averages',
    allow: 'shipping-costs:averages',
    summary: 'Average shipping cost per order and handling time, of the last three whole months once they are final',
    response: Type.Object({
      /** Groups of fewer orders are left out. */
      leastOrders: Type.Integer(),
      months: Type.Array(
        Type.Object({
          month: Day,
          cost: Type.Array(Type.Object({ dimension: Dimension, name: Type.String(), average: Amount })),
          handling: Type.Array(Type.Object({ dimension: Dimension, name: Type.String(), days: Type.Number() })),
        }),
      ),
    }),
  },
  unassignFulfillmentOrder: {
    method: 'POST',
    path: '/fulfillment-orders/:id/unassign',
    allow: 'fulfillment:assign',
    summary: 'Take back what has not left',
    params: byId,
    response: OfOrder,
    refuses: ['wrong_state', 'held'],
  },
  acceptFulfillmentOrder: {
    method: 'POST',
    path: '/fulfillment-orders/:id/accept',
    allow: 'fulfillment:answer',
    summary: 'Accept on behalf of the supplier',
    params: byId,
    body: Closed({ lines: Type.Optional(ChosenLines) }),
    response: OfOrder,
    refuses: ['wrong_state', 'held'],
  },
  rejectFulfillmentOrder: {
    method: 'POST',
    path: '/fulfillment-orders/:id/reject',
    allow: 'fulfillment:answer',
    summary: 'Reject on behalf of the supplier',
    params: byId,
    body: Closed({ reason: Reason, lines: Type.Optional(ChosenLines) }),
    response: OfOrder,
    refuses: ['wrong_state', 'held'],
  },
  shipFulfillmentOrder: {
    method: 'POST',
    path: '/fulfillment-orders/:id/ship',
    allow: 'fulfillment:ship',
    summary: 'Mark a fulfillment order as shipped',
    params: byId,
    body: Closed({
      ...departure,
      ...notices,
      ...carrierCost,
      trackingNumber: Type.Optional(Tracking),
      lines: Type.Optional(ChosenLines),
    }),
    response: OfOrder,
    refuses: ['wrong_state', 'held', 'not_in_stock'],
  },
  printSlip: {
    method: 'GET',
    path: '/fulfillment-orders/:id/slip',
    allow: 'fulfillment:print',
    summary: 'The packing slip of a fulfillment order',
    reads: 'fulfillment_order.slip-printed',
    params: byId,
    query: Closed(slipQuery),
    response: Slip,
  },
})
