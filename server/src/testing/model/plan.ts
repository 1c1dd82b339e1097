import fc from 'fast-check'

/** A world to be laid out, by small numbers: so that a counterexample reads. */
export interface Plan {
  orders: { store: number; foreign: boolean; parts: PartPlan[] }[]
  members: MemberPlan[]
}
export interface PartPlan {
  /** Of the suppliers; null: our own warehouse. */
  supplier: number | null
  warehouse: number
  assignee: number | null
  takenBack: boolean
}
export interface MemberPlan {
  audience: 'staff' | 'client' | 'supplier'
  party: number
  words: string[]
  stores: 'all' | number[]
  clients: 'all' | number[]
  suppliers: 'all' | number[]
  warehouses: 'all' | number[]
  ownOnly: boolean
  dates: 'always' | 'now' | 'over' | 'to come'
  hours: 'always' | 'now' | 'not now'
  deactivated: boolean
}

export const places = { stores: 3, clients: 2, suppliers: 2, warehouses: 2 } as const

/** The words that decide about orders and their parts, by audience. */
export const words = {
  staff: [
    'orders:read',
    'orders:recipient',
    'orders:contact',
    'orders:phone',
    'orders:amounts',
    'orders:export',
    'orders:tag',
    'fulfillment:read',
    'audit:own-records',
  ],
  client: ['orders:read', 'orders:recipient', 'orders:contact', 'orders:amounts', 'audit:own-records'],
  supplier: ['queue:read', 'queue:print', 'queue:export', 'audit:own-records'],
} as const

const number = (below: number) => fc.nat({ max: below - 1 })
const some = (below: number) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant('all' as const) },
    { weight: 2, arbitrary: fc.uniqueArray(number(below), { maxLength: below }) },
  )
const rarely = fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })

const part: fc.Arbitrary<PartPlan> = fc.record({
  supplier: fc.option(number(places.suppliers), { freq: 3 }),
  warehouse: number(places.warehouses),
  assignee: fc.option(number(20), { freq: 2 }),
  takenBack: rarely,
})

const member: fc.Arbitrary<MemberPlan> = fc
  .oneof(
    { weight: 4, arbitrary: fc.constant('staff' as const) },
    { weight: 2, arbitrary: fc.constant('supplier' as const) },
    { weight: 2, arbitrary: fc.constant('client' as const) },
  )
  .chain((audience) =>
    fc.record<MemberPlan>({
      audience: fc.constant(audience),
      party: number(2),
      // Most words, mostly: who holds none sees nothing, and there is little to compare.
      words: fc.oneof(
        fc.constant<string[]>([...words[audience]]),
        fc.subarray<string>([...words[audience]], { minLength: 1 }),
      ),
      stores: audience === 'client' ? fc.uniqueArray(number(places.stores), { maxLength: 2 }) : some(places.stores),
      clients: audience === 'staff' ? some(places.clients) : fc.constant('all' as const),
      suppliers: audience === 'staff' ? some(places.suppliers) : fc.constant('all' as const),
      warehouses: audience === 'staff' ? some(places.warehouses) : fc.constant('all' as const),
      ownOnly: audience === 'client' ? fc.constant(false) : rarely,
      dates: fc.oneof(
        { weight: 8, arbitrary: fc.constant('always' as const) },
        fc.constantFrom('now' as const, 'over' as const, 'to come' as const),
      ),
      hours: fc.oneof(
        { weight: 8, arbitrary: fc.constant('always' as const) },
        fc.constantFrom('now' as const, 'not now' as const),
      ),
      deactivated: rarely,
    }),
  )

/** @param size how many members and orders at most */
export const plans = (size: { members: number; orders: number }): fc.Arbitrary<Plan> =>
  fc.record({
    orders: fc.array(
      fc.record({ store: number(places.stores), foreign: rarely, parts: fc.array(part, { maxLength: 2 }) }),
      { minLength: 1, maxLength: size.orders, size: 'max' },
    ),
    members: fc.array(member, { minLength: 1, maxLength: size.members, size: 'max' }),
  })
