import fc from 'fast-check'
import { expect } from 'vitest'
import type { World } from '../world.ts'
import { compare } from './compare.ts'
import { layOut } from './lay-out.ts'
import { type Plan, plans } from './plan.ts'

/** Lays a plan out and compares; a difference fails with the plan, which fast-check then makes as small as it can. */
export async function expectAgreement(world: World, plan: Plan): Promise<number> {
  const { decisions, differences } = await compare(world, await layOut(world.owner, plan))
  expect(differences.slice(0, 5), JSON.stringify(plan)).toEqual([])
  return decisions
}

/** Generates worlds until so many answers were compared; returns how many. */
export async function proveAgreement(world: World, wanted: number): Promise<number> {
  let decisions = 0
  await fc.assert(
    fc.asyncProperty(plans({ members: 14, orders: 24 }), async (plan) => {
      if (decisions < wanted) decisions += await expectAgreement(world, plan)
    }),
    { numRuns: Math.ceil(wanted / 100), verbose: 1 },
  )
  return decisions
}
