import { describe, expect, it } from 'vitest'
import { stores } from './cast.ts'
import { layOutMarks, mixRequests } from './isolation.ts'
import { die } from './tamperings.ts'
import { useWorld } from './world.ts'

describe('one connection for everybody', () => {
  const world = useWorld((world) => layOutMarks(world, stores), { poolSize: 1 })

  it('133 whoever had it before, refused, cancelled or cut off: a client gets his own rows, every time', async () => {
    const { under } = die(133)
    const whole = await mixRequests(world, 60, () => under(1000) / 1000)
    expect(whole).toBeGreaterThan(60)
  }, 60_000)
})
