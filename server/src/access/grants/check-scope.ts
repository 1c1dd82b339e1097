import type { Static } from 'typebox'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Audience } from '#kernel/permissions.ts'
import { invalid } from '#kernel/problem.ts'
import {
  type Granted,
  type Hours,
  type Kind,
  kinds,
  type Listed,
  type Scope,
  type WantedScope,
  withoutNames,
} from './scope.ts'

export type Wanted = Static<typeof WantedScope>

interface Facts {
  stores: { id: string; clientId: string | null }[]
  clients: { id: string }[]
  suppliers: { id: string }[]
  warehouses: { id: string }[]
  held: Granted
  today: string
}
const one: Record<Kind, string> = { stores: 'store', clients: 'client', suppliers: 'supplier', warehouses: 'warehouse' }

/**
 * The scope that somebody of this audience and company gets: what is wanted, upon what he has. Everything named is of this
 * account, and nothing reaches further than the caller's own scope.
 * @throws Problem invalid_request naming the field
 */
export async function checkScope(
  tx: Tx,
  to: { audience: Audience; partyId: string | null },
  had: Scope,
  wanted: Wanted,
): Promise<Scope> {
  const scope: Scope = { ...had, ...wanted }
  // Stores and warehouses are the house's: for a supplier there is nothing to narrow.
  if (to.audience === 'supplier')
    for (const kind of ['stores', 'warehouses'] as const) if (scope[kind] === 'all') scope[kind] = []
  const facts = await factsFor(tx, scope)
  for (const kind of kinds) checkList(kind, scope[kind], to.audience, facts)
  checkClients(scope, to, facts)
  checkWindow(scope, facts.today)
  checkWithin(scope, to, withoutNames(facts.held))
  return scope
}

/**
 * That a scope which stays as it is reaches no further than the caller's own: he may give its holder another role.
 * @throws Problem invalid_request naming the field
 */
export async function checkReach(tx: Tx, to: { audience: Audience; partyId: string | null }, scope: Scope) {
  const row = await tx.first(sql<{ held: Granted }>`select access.my_scope() as held`)
  checkWithin(scope, to, withoutNames(row!.held))
}

/** Which of the things named there are, and what the caller holds himself. */
async function factsFor(tx: Tx, scope: Scope): Promise<Facts> {
  const row = await tx.first(sql<Facts>`
    with named as (select k.key as kind, i.id::uuid as id from jsonb_each(${json(pick(scope))}) k, lateral access.listed(k.value) as i (id))
    select (select coalesce(json_agg(json_build_object('id', s.id, 'clientId', s.client_party_id)), '[]') from channels.stores s
             where s.id in (select id from named where kind = 'stores')) as stores,
           (select coalesce(json_agg(json_build_object('id', p.id)), '[]') from access.parties p
             where p.kind = 'client' and p.id in (select id from named where kind = 'clients')) as clients,
           (select coalesce(json_agg(json_build_object('id', p.id)), '[]') from access.parties p
             where p.kind = 'supplier' and p.id in (select id from named where kind = 'suppliers')) as suppliers,
           (select coalesce(json_agg(json_build_object('id', w.id)), '[]') from stock.warehouses w
             where w.id in (select id from named where kind = 'warehouses')) as warehouses,
           access.my_scope() as held,
           (select (app.now() at time zone a.timezone)::date from access.accounts a where a.id = app.account_id()) as today`)
  return row!
}
const pick = ({ stores, clients, suppliers, warehouses }: Scope) => ({ stores, clients, suppliers, warehouses })

function checkList(kind: Kind, list: Listed, audience: Audience, facts: Facts) {
  const field = `scope.${kind}`
  if (list !== 'all') {
    const known = new Set(facts[kind].map(({ id }) => id))
    if (list.some((id) => !known.has(id))) throw invalid(field, `names what is not a ${one[kind]} of this account`)
  }
  if (audience === 'staff') {
    if (list.length === 0) throw invalid(field, `needs at least one ${one[kind]}, or all`)
  } else if (audience === 'client' && (kind === 'stores' || kind === 'warehouses')) {
    if (list === 'all' || list.length === 0) throw invalid(field, `needs at least one ${one[kind]}`)
  } else if (list !== 'all' && list.length > 0) throw invalid(field, `narrow nothing for a ${audience}`)
}

/** A client's user sees stores of his company. */
function checkClients(scope: Scope, to: { audience: Audience; partyId: string | null }, facts: Facts) {
  if (to.audience !== 'client') return
  if (scope.ownOnly) throw invalid('scope.ownOnly', 'is for people who fulfill orders')
  const other = facts.stores.some(({ clientId }) => clientId !== to.partyId)
  if (other) throw invalid('scope.stores', 'names a store that is not of this client')
}

function checkWindow({ from, until, hours }: Scope, today: string) {
  if (from && until && until < from) throw invalid('scope.until', 'is before the first day')
  if (until && until < today) throw invalid('scope.until', 'is over already')
  if (hours?.some((hour) => hour.from >= hour.until))
    throw invalid('scope.hours', 'end after they begin; what goes across midnight is two entries')
}

/** Nobody grants more than he holds. */
function checkWithin(scope: Scope, to: { audience: Audience; partyId: string | null }, held: Scope) {
  const further = (field: string) => invalid(field, 'reaches further than what you have access to yourself')
  const listed = to.audience === 'staff' ? kinds : (['stores', 'warehouses'] as const)
  for (const kind of listed) if (!isWithin(scope[kind], held[kind])) throw further(`scope.${kind}`)
  const company = to.audience === 'supplier' ? held.suppliers : held.clients
  if (to.partyId && !isWithin([to.partyId], company)) throw further('partyId')
  if (held.ownOnly && !scope.ownOnly) throw further('scope.ownOnly')
  if (held.until && (!scope.until || scope.until > held.until)) throw further('scope.until')
  if (held.hours && !(scope.hours && areWithin(scope.hours, held.hours))) throw further('scope.hours')
}

const isWithin = (wanted: Listed, held: Listed) =>
  held === 'all' || (wanted !== 'all' && wanted.every((id) => held.includes(id)))
const areWithin = (wanted: Hours[], held: Hours[]) =>
  wanted.every((hour) => held.some((one) => one.day === hour.day && one.from <= hour.from && one.until >= hour.until))
