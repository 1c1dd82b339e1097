import type { Static } from 'typebox'
import { Closed, Id, OneOf, Text, Type } from '#kernel/endpoint.ts'

/**
 * What a rule asks of an order, as data. Two interpreters read it: to-sql.ts (which orders, which lines) and explain.ts
 * (why one order). Lines that ask for no shipping, or are cancelled, count nowhere. Tags of an order are the house's own:
 * what a client or supplier puts on it is never read.
 */
const Lines = OneOf(['any', 'all', 'none'])
const In = OneOf(['in', 'not_in'])

const Leaf = Type.Union([
  Closed({ about: Type.Literal('line_tag'), lines: Lines, tag: Text(1, 200) }),
  Closed({ about: Type.Literal('sku'), lines: Lines, match: OneOf(['is', 'begins']), value: Text(1, 100) }),
  Closed({ about: Type.Literal('order_tag'), has: Type.Boolean(), tag: Text(1, 200) }),
  Closed({
    about: Type.Literal('country'),
    is: In,
    values: Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }), { minItems: 1, maxItems: 250 }),
  }),
  Closed({ about: Type.Literal('store'), is: In, values: Type.Array(Id, { minItems: 1, maxItems: 100 }) }),
  Closed({ about: Type.Literal('service'), is: In, values: Type.Array(Text(1, 100), { minItems: 1, maxItems: 50 }) }),
  Closed({ about: Type.Literal('quantity'), atLeast: Type.Integer({ minimum: 1, maximum: 1_000_000 }) }),
  Closed({ about: Type.Literal('line_count'), atLeast: Type.Integer({ minimum: 1, maximum: 10_000 }) }),
])
const match = OneOf(['all', 'any'])
const Group = Closed({ match, of: Type.Array(Leaf, { minItems: 1, maxItems: 20 }) })

/** Groups nest once. `of: []` is true of every order. */
export const Condition = Closed({ match, of: Type.Array(Type.Union([Leaf, Group]), { maxItems: 20 }) })

/** A condition with the answer at each part and the value that was seen there. */
const ExplainedLeaf = Type.Object({ met: Type.Boolean(), leaf: Leaf, seen: Type.Array(Type.String()) })
const ExplainedGroup = Type.Object({ met: Type.Boolean(), match, of: Type.Array(ExplainedLeaf) })
export const Explained = Type.Object({
  met: Type.Boolean(),
  match,
  of: Type.Array(Type.Union([ExplainedLeaf, ExplainedGroup])),
})

export type ExplainedLeaf = Static<typeof ExplainedLeaf>
export type Explained = Static<typeof Explained>
export type Leaf = Static<typeof Leaf>
export type LineLeaf = Extract<Leaf, { lines: unknown }>
export type Group = Static<typeof Group>
export type Condition = Static<typeof Condition>

export const isGroup = (part: Leaf | Group): part is Group => 'match' in part && 'of' in part
export const isLineLeaf = (leaf: Leaf): leaf is LineLeaf => 'lines' in leaf

/** The condition behind "any line is tagged X", the one the proposal makes. */
export const anyLineTagged = (tag: string): Condition => ({
  match: 'all',
  of: [{ about: 'line_tag', lines: 'any', tag }],
})
