import { Closed, Day, forHouse, Id, Instant, Nullable, OneOf, Text, Type } from '#kernel/endpoint.ts'
import { sides, states } from './lifecycle.ts'

const Quantity = Type.Integer({ minimum: 1, maximum: 1_000_000 })
export const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 })
export const Sku = Text(1, 100)
export const Reason = Text(1, 500)
/** Each SKU once. */
export const Lines = Type.Array(Closed({ sku: Sku, quantity: Quantity }), { minItems: 1, maxItems: 1000 })
export const Counts = Type.Array(
  Closed({ lineId: Id, good: Count, damaged: Type.Optional(Count), reason: Type.Optional(Text(0, 500)) }),
  { minItems: 1, maxItems: 1000 },
)
export const details = { expectedOn: Type.Optional(Nullable(Day)), note: Type.Optional(Text(0, 2000)) }
const Side = OneOf(sides)
const Event = { id: Id, side: Side, actor: Type.String(), at: Instant }

export const head = {
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

export const Transfer = Type.Object({
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

export const transferFilter = {
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
