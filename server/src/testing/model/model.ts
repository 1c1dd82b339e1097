/**
 * Who may see and do what, said once more in plain words of TypeScript: from the description of access, not from the policies, the
 * roles or the queries. It knows orders, the parts of them that somebody is to fulfill, and members; everything else follows from these.
 */

export interface Part {
  id: string
  supplier: string | null
  warehouse: string | null
  assignee: string | null
  takenBack: boolean
}
export interface Order {
  id: string
  number: string
  account: string
  store: string
  /** Whom the store belongs to. */
  client: string | null
  parts: Part[]
}
export type Some = 'all' | readonly string[]
export interface Member {
  id: string
  account: string
  audience: 'staff' | 'client' | 'supplier'
  /** His company, of a client or supplier. */
  party: string | null
  may: readonly string[]
  stores: Some
  clients: Some
  suppliers: Some
  warehouses: Some
  ownOnly: boolean
  /** Whether the day is within his dates, and the hour within his hours. */
  inDates: boolean
  inHours: boolean
  deactivated: boolean
}

const within = (list: Some, id: string | null) => list === 'all' || (id !== null && list.includes(id))

/** What a request is answered before anything is looked at; undefined: it goes on. */
export const refusedAtTheDoor = (who: Member, word: string | null): 401 | 403 | undefined =>
  who.deactivated || !who.inDates ? 401 : !who.inHours || (word !== null && !who.may.includes(word)) ? 403 : undefined

/** Somebody who sees only what is given to himself, or to suppliers and warehouses of his. */
const isConfined = (who: Member) =>
  who.ownOnly || (who.audience === 'staff' && (who.suppliers !== 'all' || who.warehouses !== 'all'))

const isGivenTo = (who: Member, part: Part): boolean =>
  !part.takenBack &&
  (!who.ownOnly || part.assignee === who.id) &&
  (who.audience === 'supplier'
    ? part.supplier === who.party && part.supplier !== null
    : part.supplier === null
      ? within(who.warehouses, part.warehouse)
      : within(who.suppliers, part.supplier))

/** Whether an order lies in his slice, whatever he may do there. */
function isInSlice(who: Member, order: Order): boolean {
  if (order.account !== who.account || who.audience === 'supplier') return false
  if (!within(who.stores, order.store)) return false
  if (who.audience === 'client') return true
  if (who.clients !== 'all' && !within(who.clients, order.client)) return false
  return !isConfined(who) || order.parts.some((part) => isGivenTo(who, part))
}

export const seesOrder = (who: Member, order: Order) => who.may.includes('orders:read') && isInSlice(who, order)

/** Rows that hang on an order, each with a word of its own. */
export const seesOfOrder = (who: Member, order: Order, word: string) => who.may.includes(word) && isInSlice(who, order)

/** A part: a supplier sees his own, whoever is confined what is given to him, the house what belongs to orders of its slice. */
export function seesPart(who: Member, order: Order, part: Part): boolean {
  if (order.account !== who.account || who.audience === 'client') return false
  if (who.audience === 'supplier') return who.may.includes('queue:read') && isGivenTo(who, part)
  if (!who.may.includes('fulfillment:read') || !isInSlice(who, order)) return false
  return !isConfined(who) || isGivenTo(who, part)
}

/** The answer to something done to one order. */
export function answerTo(who: Member, order: Order | undefined, word: string): 200 | 401 | 403 | 404 {
  const atTheDoor = refusedAtTheDoor(who, word)
  if (atTheDoor) return atTheDoor
  return order && isInSlice(who, order) ? 200 : 404
}
