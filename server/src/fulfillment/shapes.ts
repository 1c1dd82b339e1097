import { Closed, Day, Id, Instant, Locale, Nullable, OneOf, onlyFor, Text, Type } from '#kernel/endpoint.ts'
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
export const Dimension = OneOf(['overall', 'channel', 'store', 'carrier', 'service'])
export const Cost = Closed({
  /** Minor units. */
  amount: Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
})
/** What the carrier charges: for who may also read it. */
export const carrierCost = { cost: Type.Optional(Cost) }

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
export const OfOrder = Type.Object({
  items: Type.Array(FulfillmentOrder),
  unassigned: Type.Array(
    Type.Object({ orderLineId: Id, sku: Type.String(), name: Type.String(), quantity: Type.Integer() }),
  ),
})

export const to = { supplierId: Type.Optional(Id), warehouseId: Type.Optional(Id) }
export const notices = { notifyBuyer: Type.Optional(Type.Boolean()), notifyChannel: Type.Optional(Type.Boolean()) }
export const Slip = { file: 'application/pdf' }
export const slipQuery = { language: Type.Optional(Locale) }
