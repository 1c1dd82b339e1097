import { describe, expect, it } from 'vitest'
import { proveAgreement } from '../server/src/testing/model/agree.ts'
import { useWorld } from '../server/src/testing/world.ts'

describe('the model of access', () => {
  const world = useWorld()

  it('14 the model of access and the product agree on 1,000,000 decisions', async () => {
    let decisions = 0
    const wanted = Number(process.env.DECISIONS ?? 1_000_000)
    while (decisions < wanted) {
      decisions += await proveAgreement(world, Math.min(wanted - decisions, 50_000))
      console.log(`${decisions} decisions`)
    }
    expect(decisions).toBeGreaterThanOrEqual(wanted)
  }, 7_200_000)
})
