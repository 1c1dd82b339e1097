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
  /** Whom of the clients somebody with some stores knows; '*' for all there are. */
  clients: '*' | ReadonlySet<unknown>
  /** Whose goods, and in which warehouses; '*' for all there are. */
  owners: '*' | ReadonlySet<unknown>
  warehouses: '*' | ReadonlySet<unknown>
  /** Of a client who is kept to his warehouses, the orders served from elsewhere; null for everybody else. */
  elsewhere: ReadonlySet<unknown> | null
  /** A client's company may hold and ask, unless the host switched it off. */
  mayAsk: boolean
  /** What a confined person reaches, and which stores his grant names beside; null for everybody else. */
  reach: Reach | null
}
/** Ids, by what they are of. */
export type Reach = Record<
  'orders' | 'fulfillmentOrders' | 'shipments' | 'parcels' | 'stores' | 'granted' | 'parties' | 'warehouses',
  ReadonlySet<unknown>
>
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
/** Whether a row is, or hangs on, an order that is served from elsewhere. */
const isElsewhere = (row: Row, { elsewhere }: Principal) =>
  elsewhere?.has('order_id' in row ? row.order_id : 'placed_at' in row ? row.id : undefined) ?? false
/** By what a row belongs to something that a confined person may reach: its order, or its fulfillment order, or what left of it. */
export function isReached(row: Row, { reach }: Principal): boolean {
  if (!reach) return false
  if ('fulfiller' in row) return reach.fulfillmentOrders.has(row.id)
  if ('order_id' in row) return reach.orders.has(row.order_id)
  if ('fulfillment_order_id' in row) return reach.fulfillmentOrders.has(row.fulfillment_order_id)
  if ('shipment_id' in row) return reach.shipments.has(row.shipment_id)
  if ('parcel_id' in row) return reach.parcels.has(row.parcel_id)
  return 'shipped_on' in row ? reach.shipments.has(row.id) : 'placed_at' in row && reach.orders.has(row.id)
}
const isOwned = (row: Row, { owners }: Principal) => owners === '*' || owners.has(row.owner_party_id)
const slices = {
  account: () => true,
  store: (row: Row, who: Principal) => (inStore(row, who) && !isElsewhere(row, who)) || isReached(row, who),
  party: (row: Row, who: Principal) => row.supplier_id === who.party && (!who.reach || isReached(row, who)),
  own: (row: Row, who: Principal) => row.member_id === who.member && !isElsewhere(row, who),
  owner: isOwned,
  goods: (row: Row, who: Principal) =>
    isOwned(row, who) && (who.warehouses === '*' || who.warehouses.has(row.warehouse_id)),
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
export const owner = right('owner')
export const goods = right('goods')
export const everybody = (rows: Right['rows']): Right => ({ rows })

export const holds = (who: Principal, ...words: Permission[]) => words.some((word) => who.permissions.includes(word))
