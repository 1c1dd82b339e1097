import { describe, expect, it } from 'vitest'
import { canaries, isLeak, layOutCanaries, mayRead, scan, told } from './canaries.ts'
import type { Name } from './cast.ts'
import { useWorld } from './world.ts'

describe('the canary scan', () => {
  const world = useWorld(layOutCanaries)

  it('S1.17 S3.12 no answer to anybody holds a value of another slice or of a hidden field', async () => {
    const sightings = await scan(world, undefined, (who, path, status) =>
      expect(status, `${who} GET ${path}`).toBeLessThan(500),
    )
    expect(sightings.filter(isLeak).map(told)).toEqual([])
    // The scan can see: the administrator was shown every canary of his account, a supplier his own.
    const seenBy = (who: Name) => new Set(sightings.filter((one) => one.who === who).map(({ word }) => word))
    const ofOne = [...canaries].filter(([, canary]) => mayRead('A1', canary)).map(([word]) => word)
    expect(ofOne.filter((word) => !seenBy('A1').has(word))).toEqual([])
    expect(seenBy('P1').size).toBeGreaterThan(3)
  }, 120_000)

  it('a search for a hidden word finds nothing, where it finds the order for who may read it', async () => {
    const name = 'cnryoneaname'
    const mail = 'cnryoneamail'
    expect((await world.as('C1', `GET /orders?q=${name}`)).body.items).toHaveLength(1)
    expect((await world.as('C1', `GET /orders?q=${mail}`)).body.items).toHaveLength(1)
    for (const who of ['V1', '$1', 'P2', 'A2'] as const) {
      expect((await world.as(who, `GET /orders?q=${name}`)).body.items).toHaveLength(0)
      expect((await world.as(who, `GET /orders?q=${mail}`)).body.items).toHaveLength(0)
    }
  })
})
