import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { useWorld } from '../world.ts'
import { compare } from './compare.ts'
import { layOut } from './lay-out.ts'
import { type Plan, plans } from './plan.ts'

/** What a plan is about, in a line or two: what fast-check shows of a counterexample. */
const asText = (plan: Plan) => JSON.stringify(plan)

describe('an independent model of access', () => {
  const world = useWorld()
  let decisions = 0
  const agrees = (plan: Plan) => async () => {
    const done = await compare(world, await layOut(world.owner, plan))
    decisions += done.decisions
    expect(done.differences.slice(0, 5), asText(plan)).toEqual([])
    return done
  }

  it('14 says of at least 10,000 questions what HTTP and SQL say', async () => {
    await fc.assert(
      fc.asyncProperty(plans({ members: 14, orders: 24 }), (plan) => agrees(plan)()),
      { numRuns: 100, interruptAfterTimeLimit: 25_000, verbose: 1 },
    )
    console.log(`the model and the product agree on ${decisions} decisions`)
    expect(decisions).toBeGreaterThan(10_000)
  }, 120_000)

  it('a policy that is weakened is told by a world that one can read', async () => {
    await world.owner.query(
      'alter policy "staff select by orders:contact" on orders.contacts using (store_id is not null)',
    )
    const found = await fc.check(
      fc.asyncProperty(plans({ members: 4, orders: 4 }), async (plan) => {
        await agrees(plan)()
      }),
      { numRuns: 50, seed: 7, interruptAfterTimeLimit: 20_000 },
    )
    expect(found.failed).toBe(true)
    const [plan] = found.counterexample!
    expect(plan.members.length * plan.orders.length, asText(plan)).toBeLessThanOrEqual(4)
  }, 60_000)
})
