import type { Static } from 'typebox'
import { addressParts, contactParts } from '#kernel/address.ts'
import { Closed, Day, Id, OneOf, Text, Type } from '#kernel/endpoint.ts'

/** What one line or charge may come to, in millionths and in minor units, so that every sum stays exact. */
export const dearest = { micros: 999_999_999_000_000, minor: 99_999_999_900 }
const Micros = Type.Integer({ minimum: 0, maximum: dearest.micros })
const Minor = Type.Integer({ minimum: 0, maximum: dearest.minor })

const LineDraft = Closed({
  /** What the store calls it; mapped to a product by the store's listings, else by the house's SKU. */
  sku: Type.Optional(Text(0, 100)),
  /** Left out: the SKU. */
  name: Type.Optional(Text(0, 300)),
  quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  /** False for fees, gift cards and the like: they hold no order open. */
  requiresShipping: Type.Optional(Type.Boolean()),
  /** For one unit, in millionths of the major unit. */
  unitPriceMicros: Type.Optional(Micros),
  /** A share of the line, 0 to 1, or an amount of the whole line in millionths; not both. */
  discountRate: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  discountMicros: Type.Optional(Micros),
})

/** An order as a program or a form sends it. Amounts are in minor units of its currency. */
export const OrderDraft = Closed({
  /** Left out: the account's default store. */
  storeId: Type.Optional(Id),
  number: Text(1, 100),
  /** The shop's own key, unique in its store: the same again adds nothing. Left out: the number. */
  externalId: Type.Optional(Text(1, 200)),
  /** An instant with its offset, or only a day of the account's zone; neither: now. */
  placedAt: Type.Optional(Type.String({ format: 'date-time', maxLength: 40 })),
  placedOn: Type.Optional(Day),
  /** Left out: payable. */
  payment: Type.Optional(OneOf(['unpaid', 'payable', 'paid'])),
  recipient: Type.Optional(
    Closed({
      buyerName: Type.Optional(Text(0, 200)),
      ...addressParts,
      country: Type.Optional(Text(0, 2)),
    }),
  ),
  contact: Type.Optional(Closed(contactParts)),
  service: Type.Optional(Text(0, 100)),
  shipBy: Type.Optional(Day),
  deliverBy: Type.Optional(Day),
  buyerNote: Type.Optional(Text(0, 2000)),
  giftText: Type.Optional(Text(0, 1000)),
  /** Kept as an internal comment. */
  internalNote: Type.Optional(Text(0, 5000)),
  tags: Type.Optional(Type.Array(Text(1, 200), { maxItems: 50 })),
  /** ISO 4217; left out: the store's. */
  currency: Type.Optional(Text(3, 3)),
  shippingTotal: Type.Optional(Minor),
  taxTotal: Type.Optional(Minor),
  lines: Type.Array(LineDraft, { minItems: 1, maxItems: 500 }),
})
export type OrderDraft = Static<typeof OrderDraft>
export type LineDraft = Static<typeof LineDraft>

/** How many orders one request may bring. */
export const mostOrders = 500
/**
 * Orders row by row: each is what `POST /orders` takes, and is checked by itself, so that one that is wrong is answered in
 * its row.
 */
export const OrderRows = Type.Array(
  Type.Unsafe<unknown>({ type: 'object', description: 'An order as POST /orders takes it' }),
  { minItems: 1, maxItems: mostOrders },
)
export const RowOutcome = Type.Object({
  outcome: OneOf(['created', 'unchanged', 'refused']),
  /** Of the order that was made, or that the store had already. */
  id: Type.Optional(Id),
  number: Type.Optional(Type.String()),
  /** What to correct: only where it was refused. */
  errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
})
export type RowOutcome = Static<typeof RowOutcome>
