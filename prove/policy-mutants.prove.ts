import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Detector, openDetector, survivorsOf } from '../server/src/testing/proof/policies/detector.ts'
import { useWorld } from '../server/src/testing/world.ts'

describe('policies', () => {
  const world = useWorld()
  let detector: Detector
  beforeAll(async () => {
    detector = await openDetector(world)
  })
  afterAll(() => detector?.close())

  it('none of all the small changes for the worse goes unnoticed', async () => {
    expect(await survivorsOf(detector, () => true)).toEqual([])
  })
})
