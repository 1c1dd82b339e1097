import { describe, expect, it } from 'vitest'
import { layOutCanaries } from '../../canaries.ts'
import { scan } from '../../canary-scan.ts'
import { useWorld } from '../../world.ts'
import { beyond, curious, leaked, slices } from './locks.ts'
import { switchOff } from './switches.ts'

describe('without the policies', () => {
  const world = useWorld(async (w) => {
    await layOutCanaries(w)
    await switchOff.policy(w)
  })

  it('route and schema keep from every role what it may not see; the rows of others are the database’s alone to keep', async () => {
    expect(leaked(await scan(world, curious))).toEqual(slices)
  }, 60_000)

  it('and without the routes’ permissions the schema keeps by itself what is said of it', async () => {
    await switchOff.route(world)
    expect(leaked(await scan(world, curious))).toEqual(beyond('schema'))
  }, 60_000)
})
