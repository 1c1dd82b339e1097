import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { useWorld } from '../world.ts'
import { expectAgreement, proveAgreement } from './agree.ts'
import { plans } from './plan.ts'

describe('an independent model of access', () => {
  const world = useWorld()

  it('14 says of 10,000 questions what HTTP and SQL say (1,000,000 in npm run prove -- model)', async () => {
    const decisions = await proveAgreement(world, 10_000)
    console.log(`the model and the product agree on ${decisions} decisions`)
    expect(decisions).toBeGreaterThanOrEqual(10_000)
  }, 120_000)

  it('a policy that is weakened is told by a world that one can read', async () => {
    await world.owner.query(
      'alter policy "staff select by orders:contact" on orders.contacts using (store_id is not null)',
    )
    const found = await fc.check(
      fc.asyncProperty(plans({ members: 4, orders: 4 }), async (plan) => {
        await expectAgreement(world, plan)
      }),
      { numRuns: 50, seed: 7, interruptAfterTimeLimit: 20_000 },
    )
    expect(found.failed).toBe(true)
    const [plan] = found.counterexample!
    expect(plan.members.length * plan.orders.length, JSON.stringify(plan)).toBeLessThanOrEqual(4)
  }, 60_000)
})
