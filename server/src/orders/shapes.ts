import { addressShape } from '#kernel/address.ts'
import { Amount, Day, Id, Instant, Nullable, OneOf, onlyFor, Type } from '#kernel/endpoint.ts'
import type { Reason, Verb } from './lifecycle.ts'
import { issueKinds, orderStatuses, storedIssues } from './status.ts'

export const Status = OneOf(orderStatuses)

export const OrderRow = Type.Object({
  id: Id,
  number: Type.String(),
  status: Status,
  placedOn: Day,
  placedAt: Nullable(Instant),
  storeName: Type.String(),
  country: Type.String(),
  lineCount: Type.Integer(),
  quantity: Type.Integer(),
  shipBy: Nullable(Day),
  deliverBy: Nullable(Day),
  /** The house's own. */
  tags: Type.Array(Type.String()),
  /** Those of the client's side, which he sees. */
  clientTags: Type.Array(Type.String()),
  /** Comments of the client that the caller has not read. */
  unread: onlyFor('orders:comment', Type.Optional(Type.Integer())),
  issues: Type.Array(OneOf(issueKinds)),
  holdUntil: Nullable(Day),
  isSample: Type.Boolean(),
  /** Absent for roles that may not see it. */
  buyerName: onlyFor('orders:recipient', Type.Optional(Type.String())),
  recipientName: onlyFor('orders:recipient', Type.Optional(Type.String())),
  total: onlyFor('orders:amounts', Type.Optional(Amount)),
})

const Hold = Type.Object({
  id: Id,
  side: Type.String(),
  reason: Type.String(),
  until: Nullable(Day),
  placedBy: Type.String(),
  placedAt: Instant,
  releasedBy: Nullable(Type.String()),
  releasedAt: Nullable(Instant),
})

const Recipient = Type.Object({
  buyerName: Type.String(),
  ...addressShape,
})

const Line = Type.Object({
  id: Id,
  position: Type.Integer(),
  sku: Type.String(),
  name: Type.String(),
  quantity: Type.Integer(),
  cancelledQuantity: Type.Integer(),
  requiresShipping: Type.Boolean(),
  productId: Nullable(Id),
  tags: Type.Array(Type.String()),
  /** Unit price in millionths of the major unit, and the discount as a rate from 0 to 1: only for who may see amounts. */
  unitPriceMicros: onlyFor('orders:amounts', Type.Optional(Type.Integer())),
  discountRate: onlyFor('orders:amounts', Type.Optional(Nullable(Type.Number()))),
  total: onlyFor('orders:amounts', Type.Optional(Amount)),
})

const Comment = Type.Object({
  id: Id,
  visibility: OneOf(['internal', 'client']),
  /** Who wrote it: the house, or the client. */
  side: OneOf(['host', 'client']),
  author: Type.String(),
  text: Type.String(),
  createdAt: Instant,
})
const TimelineEntry = Type.Object({
  id: Id,
  at: Instant,
  kind: Type.String(),
  actor: Type.String(),
  via: OneOf(['hand', 'rule', 'import', 'key']),
  data: Type.Record(Type.String(), Type.Unknown()),
})

export const Order = Type.Object({
  id: Id,
  number: Type.String(),
  status: Status,
  placedOn: Day,
  placedAt: Nullable(Instant),
  payment: OneOf(['unpaid', 'payable', 'paid']),
  store: Type.Object({ id: Id, name: Type.String(), channel: Type.String(), client: Nullable(Type.String()) }),
  /** Roughly where it goes: also for who may not see the recipient. */
  country: Type.String(),
  region: Type.String(),
  postcode: Type.String(),
  service: Type.String(),
  shipBy: Nullable(Day),
  deliverBy: Nullable(Day),
  priority: Type.Boolean(),
  buyerNote: onlyFor('orders:recipient', Type.Optional(Type.String())),
  giftText: onlyFor('orders:recipient', Type.Optional(Type.String())),
  isSample: Type.Boolean(),
  version: Type.Integer(),
  /** When name and address were removed: erased, or kept long enough. */
  removedAt: Nullable(Instant),
  recipient: onlyFor('orders:recipient', Type.Optional(Recipient)),
  contact: onlyFor('orders:contact', Type.Optional(Type.Object({ email: Type.String(), phone: Type.String() }))),
  /** For the carrier, without the rest of how the buyer is reached. */
  phone: onlyFor('orders:phone', Type.Optional(Type.String())),
  amounts: onlyFor(
    'orders:amounts',
    Type.Optional(
      Type.Object({
        currency: Type.String(),
        linesTotal: Type.Integer(),
        discountTotal: Type.Integer(),
        shippingTotal: Type.Integer(),
        taxTotal: Type.Integer(),
        total: Type.Integer(),
      }),
    ),
  ),
  lines: Type.Array(Line),
  tags: Type.Array(Type.String()),
  clientTags: Type.Array(Type.String()),
  unread: onlyFor('orders:comment', Type.Optional(Type.Integer())),
  holds: Type.Array(Hold),
  /** Its day to leave has passed. */
  late: Type.Boolean(),
  issues: Type.Array(
    Type.Object({
      id: Id,
      kind: OneOf(storedIssues),
      detail: Type.Record(Type.String(), Type.Unknown()),
      lineId: Nullable(Id),
      openedAt: Instant,
    }),
  ),
  timeline: Type.Array(TimelineEntry),
  comments: onlyFor('orders:comment', Type.Optional(Type.Array(Comment))),
  /** What the caller may do with this order now; a verb that his role has but the moment forbids carries the reason. */
  can: Type.Unsafe<Partial<Record<Verb, true | Reason>>>(
    Type.Record(Type.String(), Type.Union([Type.Literal(true), Type.String()])),
  ),
  /** What the caller may ask for now because he may not do it himself. */
  asks: Type.Array(Type.Unsafe<Verb>(Type.String())),
})
