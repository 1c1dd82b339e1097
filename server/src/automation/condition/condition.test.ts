import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { upsertProducts } from '#catalog'
import { sql } from '#kernel/db/sql.ts'
import { addOrders } from '#orders'
import { parties, stores } from '../../testing/cast.ts'
import { line, orderDraft } from '../../testing/scene.ts'
import { useWorld } from '../../testing/world.ts'
import { factsOf } from '../queries/facts.ts'
import { linesFor, matchingOrders } from '../queries/matching.ts'
import { explain } from './explain.ts'
import type { Condition, Group, Leaf } from './schema.ts'

const skus = ['A-1', 'A-2', 'B-1', 'b-1', 'C', '%', '']
const tags = ['red', 'blue', 'a, b']
const countries = ['FR', 'DE', '']
const services = ['', 'Express', 'express ']

const lines = fc.constantFrom('any' as const, 'all' as const, 'none' as const)
const among = fc.constantFrom('in' as const, 'not_in' as const)
const some = <T>(values: T[]) => fc.subarray(values, { minLength: 1 })
const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  fc.record({ about: fc.constant('line_tag' as const), lines, tag: fc.constantFrom(...tags) }),
  fc.record({
    about: fc.constant('sku' as const),
    lines,
    match: fc.constantFrom('is' as const, 'begins' as const),
    value: fc.constantFrom(...skus, 'A', '_'),
  }),
  fc.record({ about: fc.constant('order_tag' as const), has: fc.boolean(), tag: fc.constantFrom(...tags) }),
  fc.record({ about: fc.constant('country' as const), is: among, values: some(countries) }),
  fc.record({ about: fc.constant('store' as const), is: among, values: some(Object.values(stores)) }),
  fc.record({ about: fc.constant('service' as const), is: among, values: some(services) }),
  fc.record({ about: fc.constant('quantity' as const), atLeast: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ about: fc.constant('line_count' as const), atLeast: fc.integer({ min: 1, max: 5 }) }),
)
const match = fc.constantFrom('all' as const, 'any' as const)
const group: fc.Arbitrary<Group> = fc.record({ match, of: fc.array(leaf, { minLength: 1, maxLength: 3 }) })
const condition: fc.Arbitrary<Condition> = fc.record({ match, of: fc.array(fc.oneof(leaf, group), { maxLength: 4 }) })

/** Orders of every shape the conditions speak of, the same ones for each run of a seed. */
const order = fc.record({
  country: fc.constantFrom(...countries),
  service: fc.constantFrom(...services),
  tags: fc.subarray(tags),
  lines: fc.array(
    fc.record({
      sku: fc.constantFrom(...skus),
      quantity: fc.integer({ min: 1, max: 5 }),
      requiresShipping: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
})

describe('a condition means the same in SQL and in words', () => {
  const ids: string[] = []
  const world = useWorld(async (w) => {
    const product = (sku: string, own: string[]) => ({
      ...{ sku, name: sku, description: null, barcodes: [], discontinued: null, price: null, cost: null },
      tags: own,
    })
    const products = [product('A-1', ['red']), product('A-2', ['red', 'a, b']), product('B-1', ['blue'])]
    for (const clientId of [parties.P1.id, parties.P2.id])
      await w.work('A1', (tx) => upsertProducts(tx, { products, mode: 'both', clientId }))
    const drafts = fc.sample(order, { numRuns: 60, seed: 7 }).map((made, at) => ({
      ...orderDraft(`${at}`, { country: made.country }),
      service: made.service,
      tags: made.tags,
      lines: made.lines.map((each) => ({
        ...line(each.sku, each.quantity, 1),
        requiresShipping: each.requiresShipping,
      })),
    }))
    for (const [at, storeId] of Object.values(stores).entries()) {
      const half = drafts.filter((_, index) => index % 2 === at)
      ids.push(...(await w.work('A1', (tx) => addOrders(tx, { storeId, orders: half }))).values())
    }
    // One line cancelled, and a tag that a client put on: neither counts.
    await w.owner.query("update orders.lines set cancelled_quantity = quantity where sku = 'C'")
    await w.owner.query(
      "insert into orders.order_tags (account_id, order_id, store_id, tag, side) select account_id, id, store_id, 'red', 'client' from orders.orders",
    )
  })

  it('which orders it meets, and which of their lines meet it by themselves', async () => {
    const facts = await world.work('A1', (tx) => factsOf(tx, ids))
    const skusOf = new Map<string, string>()
    await world.work('A1', async (tx) => {
      for (const row of await tx.rows(sql<{ id: string; sku: string }>`select id, sku from orders.lines`))
        skusOf.set(row.id, row.sku)
    })
    await fc.assert(
      fc.asyncProperty(condition, async (tried) => {
        const [matched, given] = await world.work('A1', async (tx) => {
          const found = await matchingOrders(tx, tried, ids)
          return [found, await linesFor(tx, tried, 'matching', found)] as const
        })
        const wanted = ids.filter((id) => explain(tried, facts.get(id)!).met)
        expect([...matched].sort()).toEqual([...wanted].sort())
        for (const id of wanted) {
          const { lines: all, ...rest } = facts.get(id)!
          const alone = all.filter((one) => explain(tried, { ...rest, lines: [one] }).met).map(({ sku }) => sku)
          const found = given.filter(({ orderId }) => orderId === id).map(({ orderLineId }) => skusOf.get(orderLineId)!)
          expect([id, found]).toEqual([id, alone])
        }
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})
