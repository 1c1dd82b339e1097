import { describe, expect, it } from 'vitest'
import { Sealer } from '../server/src/access/index.ts'
import { accounts } from '../server/src/testing/cast.ts'
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

  it('seals what ten seconds of 2,500 orders a second write within five seconds', async () => {
    await world.owner.query(
      `insert into access.audit (account_id, id, actor, via, action, fields)
       select $1, gen_random_uuid(), 'A1', 'key', 'order.created', jsonb_build_object('number', repeat('0', 64), 'total', repeat('1', 64))
         from generate_series(1, 25000)`,
      [accounts.one.id],
    )
    const begun = performance.now()
    expect(await new Sealer(world.deps).seal()).toBe(25_000)
    const seconds = (performance.now() - begun) / 1000
    console.log(`sealed ${Math.round(25_000 / seconds)} entries a second`)
    expect(seconds).toBeLessThan(5)
  })
})
