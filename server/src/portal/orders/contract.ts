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
  Page,
  pageQuery,
  Text,
  Type,
} from '#kernel/endpoint.ts'
import { Order, orderFilter, orderStatuses } from '#orders'

const Status = OneOf(orderStatuses)
const Side = OneOf(['host', 'client'])
const recipientName = onlyFor('orders:recipient', Type.Optional(Type.String()))
const unread = onlyFor('orders:comment', Type.Optional(Type.Integer()))

const Row = Type.Object({
  id: Id,
  number: Type.String(),
  status: Status,
  placedOn: Day,
  placedAt: Nullable(Instant),
  storeName: Type.String(),
  country: Type.String(),
  quantity: Type.Integer(),
  recipientName,
  total: onlyFor('orders:amounts', Type.Optional(Amount)),
  /** His own. */
  tags: Type.Array(Type.String()),
  unread,
  /** His own hold lies on it. */
  heldByUs: Type.Boolean(),
  parcels: Type.Array(Type.Object({ carrier: Type.String(), trackingNumber: Type.String(), shippedOn: Day })),
})

const { clientTags, issues, timeline, comments, unread: _, tags, ...asTheHouse } = Order.properties

const PortalOrder = Type.Object({
  ...asTheHouse,
  tags,
  unread,
  shipments: Type.Array(
    Type.Object({
      id: Id,
      state: Type.String(),
      carrier: Type.String(),
      service: Type.String(),
      shippedOn: Day,
      trackingNumbers: Type.Array(Type.String()),
      /** Null where it is not one of his. */
      warehouse: Nullable(Type.String()),
      lines: Type.Array(Type.Object({ orderLineId: Id, quantity: Type.Integer() })),
    }),
  ),
  timeline: Type.Array(
    Type.Object({
      id: Id,
      at: Instant,
      kind: Type.String(),
      side: Side,
      actor: Type.String(),
      data: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
  comments: onlyFor(
    'orders:comment',
    Type.Optional(
      Type.Array(Type.Object({ id: Id, side: Side, author: Type.String(), text: Type.String(), createdAt: Instant })),
    ),
  ),
})

export const portalOrdersContract = contract({
  listPortalOrders: {
    method: 'GET',
    path: '/portal/orders',
    allow: 'orders:read',
    summary: 'A client’s orders, newest first, with what left of them and what he has not read',
    query: Closed({
      ...pageQuery,
      status: Type.Optional(Type.Array(Status)),
      storeId: Type.Optional(Id),
      q: Type.Optional(Text(0, 200)),
      tag: Type.Optional(Text(1, 200)),
      only: orderFilter.only,
      placedFrom: Type.Optional(Day),
      placedTo: Type.Optional(Day),
    }),
    response: Page(Row),
  },
  getPortalOrder: {
    method: 'GET',
    path: '/portal/orders/:id',
    allow: 'orders:read',
    summary: 'An order as its client sees it',
    params: byId,
    reads: 'order.contact-read',
    response: PortalOrder,
  },
})
