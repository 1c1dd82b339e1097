import type { Static } from 'typebox'
import { Closed, Id, OneOf, Text, Type } from '#kernel/endpoint.ts'

/**
 * What a rule does with the orders that meet its condition.
 *   assign  gives lines to a supplier: those that meet the condition by themselves, or every line of the order
 *   tag     puts the house's tag on the order
 *   hold    holds the order for a reason
 */
export const Action = Type.Union([
  Closed({ do: Type.Literal('assign'), supplierId: Id, lines: OneOf(['matching', 'all']) }),
  Closed({ do: Type.Literal('tag'), tag: Text(1, 200) }),
  Closed({ do: Type.Literal('hold'), reason: Text(1, 500) }),
])
export type Action = Static<typeof Action>

/** What was done to one order, kept in its trace. */
export const Deed = Type.Union([
  Type.Object({
    do: Type.Literal('assign'),
    supplierId: Id,
    supplier: Type.String(),
    fulfillmentOrder: Type.String(),
    lines: Type.Array(Type.Object({ sku: Type.String(), quantity: Type.Integer() })),
  }),
  Type.Object({ do: Type.Literal('tag'), tag: Type.String() }),
  Type.Object({ do: Type.Literal('hold'), reason: Type.String() }),
])
export type Deed = Static<typeof Deed>
