import { describe, expect, it } from 'vitest'
import { layOutChains, tamper } from '../server/src/testing/tampering.ts'
import { useWorld } from '../server/src/testing/world.ts'

describe('the audit record under attack', () => {
  let oldHeads: Record<string, unknown>[]
  const world = useWorld(async (made) => {
    oldHeads = await layOutChains(made)
  })

  it('223 finds every one of 1,000 random tamperings by who owns the database', async () => {
    const seed = Date.now() % 2 ** 31
    const { missed, tried } = await tamper(world, oldHeads, 1_000, seed)
    expect(missed, `seed ${seed}`).toEqual([])
    expect(Object.values(tried).reduce((sum, count) => sum + count, 0)).toBe(1_000)
  })
})
