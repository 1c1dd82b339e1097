import { Closed, Day, Id, Nullable, Type } from '#kernel/endpoint.ts'
import type { Audience } from '#kernel/permissions.ts'

/** What a scope can be narrowed to. */
export const kinds = ['stores', 'clients', 'suppliers', 'warehouses'] as const
export type Kind = (typeof kinds)[number]

const Clock = '([01][0-9]|2[0-3]):[0-5][0-9]'
/** One stretch of a day of the week, 1 is Monday, by the clock of the account. What goes across midnight is two. */
const Hour = Closed({
  day: Type.Integer({ minimum: 1, maximum: 7 }),
  from: Type.String({ pattern: `^${Clock}$` }),
  until: Type.String({ pattern: `^(${Clock}|24:00)$` }),
})
const Listed = Type.Union([Type.Literal('all'), Type.Array(Id, { maxItems: 500, uniqueItems: true })])
const window = {
  ownOnly: Type.Optional(Type.Boolean()),
  /** The first and the last day, in the account's zone. */
  from: Type.Optional(Nullable(Day)),
  until: Type.Optional(Nullable(Day)),
  /** When in the week; null is always. */
  hours: Type.Optional(Nullable(Type.Array(Hour, { minItems: 1, maxItems: 50 }))),
}
/** A scope as it is asked for: what is left out stays, or begins, as it is. */
export const WantedScope = Closed({
  stores: Type.Optional(Listed),
  clients: Type.Optional(Listed),
  suppliers: Type.Optional(Listed),
  warehouses: Type.Optional(Listed),
  ...window,
})

const Named = Type.Union([Type.Literal('all'), Type.Array(Type.Object({ id: Id, name: Type.String() }))])
/** A scope as it is answered: each listed thing with its name. */
export const NamedScope = Type.Object({
  stores: Named,
  clients: Named,
  suppliers: Named,
  warehouses: Named,
  ownOnly: Type.Boolean(),
  from: Nullable(Day),
  until: Nullable(Day),
  hours: Nullable(Type.Array(Hour)),
})

export type Listed = 'all' | string[]
export interface Hours {
  day: number
  from: string
  until: string
}
interface Window {
  ownOnly: boolean
  from: string | null
  until: string | null
  hours: Hours[] | null
}
export type Scope = Record<Kind, Listed> & Window
export type Named = 'all' | { id: string; name: string }[]
export type Granted = Record<Kind, Named> & Window

/** With what a member begins: the house with everything, who comes from outside with no store and no warehouse of it. */
export const startOf = (audience: Audience): Scope => ({
  stores: audience === 'staff' ? 'all' : [],
  clients: 'all',
  suppliers: 'all',
  warehouses: audience === 'staff' ? 'all' : [],
  ownOnly: false,
  from: null,
  until: null,
  hours: null,
})

const idsOf = (named: Named): Listed => (named === 'all' ? 'all' : named.map(({ id }) => id))
/** The same without names. */
export const withoutNames = (granted: Granted): Scope => ({
  ...granted,
  stores: idsOf(granted.stores),
  clients: idsOf(granted.clients),
  suppliers: idsOf(granted.suppliers),
  warehouses: idsOf(granted.warehouses),
})
