import type { Audience, Permission } from '#kernel/permissions.ts'

/** Somebody who asks, as the database knows him. */
export interface Principal {
  name: string
  audience: Audience
  account: string
  member: string
  role: string
  party: string | null
  via: string
  permissions: readonly string[]
  /** '*' for every store there is. */
  stores: '*' | readonly string[]
  /** He sees only what is assigned to himself; nothing that is planted is. */
  confined: boolean
}
export type Row = Record<string, unknown>
export interface Right {
  /** The word asked for; without one, everybody of the audience has the right. */
  may?: Permission
  rows: (row: Row, who: Principal) => boolean
  /** Words of which one is asked for as well. */
  also?: readonly Permission[]
}
export interface Rights {
  read?: Right[]
  add?: Right[]
  change?: Right[]
  remove?: Right[]
}
export type Deed = keyof Rights

export const inStore = (row: Row, who: Principal) =>
  (who.stores === '*' && who.audience === 'staff') ||
  (who.stores !== '*' && who.stores.includes(row.store_id as string))
const slices = {
  account: () => true,
  store: inStore,
  party: (row: Row, who: Principal) => row.supplier_id === who.party && !who.confined,
  own: (row: Row, who: Principal) => row.member_id === who.member,
}

/** A right on the rows of a slice; `but` says which of them it reaches. */
const right =
  (slice: keyof typeof slices) =>
  (may: Permission, but: Right['rows'] = () => true): Right => ({
    may,
    rows: (row, who) => slices[slice](row, who) && but(row, who),
  })
export const account = right('account')
export const store = right('store')
export const party = right('party')
export const own = right('own')
export const everybody = (rows: Right['rows']): Right => ({ rows })

export const holds = (who: Principal, ...words: Permission[]) => words.some((word) => who.permissions.includes(word))
