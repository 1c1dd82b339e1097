import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stores } from '../server/src/testing/cast.ts'
import { layOutMarks, mixRequests } from '../server/src/testing/isolation.ts'
import { die } from '../server/src/testing/tamperings.ts'
import { useWorld } from '../server/src/testing/world.ts'

const root = join(import.meta.dirname, '..')

/** What the product promises of access, as files of tests. */
const suite = [
  'access-matrix',
  'canary',
  'attacks',
  'matching',
  'model',
  'proof/policies',
  'proof/locks',
  'access/audit/reading',
]

describe('isolation', () => {
  it('133 the whole suite holds with every pool at one connection, in less than six minutes', () => {
    const begun = performance.now()
    const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...suite], {
      cwd: root,
      env: { ...process.env, CROSSDOCK_TEST_POOL: '1' },
      stdio: 'inherit',
    })
    const seconds = Math.round((performance.now() - begun) / 1000)
    console.log(`the isolation suite with one connection took ${seconds} s`)
    expect(status).toBe(0)
    expect(seconds).toBeLessThan(360)
  })

  describe('with cancels and lost connections', () => {
    const world = useWorld((world) => layOutMarks(world, stores), { poolSize: 1 })

    it('133 2,000 rounds of requests cut off at random: never a row of another', async () => {
      const { under } = die(2_000)
      const whole = await mixRequests(world, 2_000, () => under(1_000_000) / 1_000_000)
      console.log(`${whole} whole lists`)
      expect(whole).toBeGreaterThan(1_000)
    })
  })
})
