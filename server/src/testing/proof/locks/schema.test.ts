import { describe, expect, it, vi } from 'vitest'
import { layOutCanaries } from '../../canaries.ts'
import { scan } from '../../canary-scan.ts'
import { useWorld } from '../../world.ts'
import { beyond, curious, leaked } from './locks.ts'
import { switchOff } from './switches.ts'

vi.mock('../../../kernel/secret-fields.ts', () => ({ stripper: () => undefined }))

describe('without the schemas of answers', () => {
  const world = useWorld(async (w) => {
    await switchOff.schema(w)
    await layOutCanaries(w)
  })

  it('and without the routes’ permissions, the database keeps everything by itself', async () => {
    await switchOff.route(world)
    expect(leaked(await scan(world))).toEqual([])
  }, 60_000)
})

describe('without schemas and policies', () => {
  const world = useWorld(async (w) => {
    await switchOff.schema(w)
    await layOutCanaries(w)
    await switchOff.policy(w)
  })

  it('the routes keep by themselves what is said of them', async () => {
    expect(leaked(await scan(world, curious))).toEqual(beyond('route'))
  }, 60_000)
})
