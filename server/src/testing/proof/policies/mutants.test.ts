import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { audiences } from '#kernel/permissions.ts'
import { useWorld } from '../../world.ts'
import { type Detector, openDetector, survivorsOf } from './detector.ts'
import { equivalents } from './equivalents.ts'
import { describeGrants, widenedGrants } from './grants.ts'
import { splitAnd } from './mutants.ts'
import { weakerReach } from './reach.ts'

describe('policies', () => {
  const world = useWorld()
  let detector: Detector
  beforeAll(async () => {
    detector = await openDetector(world)
  })
  afterAll(() => detector?.close())

  it('do for every table what the rights say, for the whole cast and for every word held alone or missing', async () => {
    const differences: string[] = []
    for (const { name } of detector.tables) differences.push(...(await detector.differences(name)))
    expect(differences, 'policies.sql and testing/proof/policies/rights.ts say the same').toEqual([])
  }, 120_000)

  it('none can be weakened unnoticed (every fifth small change; all of them in npm run prove)', async () => {
    expect(detector.mutants.length).toBeGreaterThan(650)
    expect(await survivorsOf(detector, (index) => index % 5 === 0)).toEqual([])
  }, 120_000)

  it('what a confined person reaches is what the rows say, and none of its conditions can be dropped unnoticed', async () => {
    expect(await detector.differencesOfReach('app.reach(text,text)', 'return given', 'return given')).toEqual([])
    const unnoticed: string[] = []
    for (const [signature, text, instead] of weakerReach)
      if ((await detector.differencesOfReach(signature, text, instead)).length === 0) unnoticed.push(text)
    expect(unnoticed).toEqual([])
  }, 120_000)

  it('what changes nothing is not taken for a change', async () => {
    const harmless = detector.policies.filter((_, index) => index % 80 === 0)
    for (const policy of harmless)
      expect(await detector.notice({ name: 'nothing', table: policy.table, policy, sql: 'select 1' })).toBeUndefined()
  })

  it('every equivalent names a small change that is tried', () => {
    const names = detector.mutants.map(({ name }) => name)
    expect(Object.keys(equivalents).filter((name) => !names.includes(name))).toEqual([])
  })
})

describe('grants', () => {
  const world = useWorld()

  it('are what grants.txt says', async () => {
    await expect(await describeGrants(world.owner)).toMatchFileSnapshot('../../../../grants.txt')
  })

  it('none can be widened unnoticed', async () => {
    const logins = audiences.map((audience) => inject('server').logins[audience].user)
    const before = await describeGrants(world.owner)
    const widened = await widenedGrants(world.owner, logins)
    expect(widened.length).toBeGreaterThan(400)
    const unnoticed: string[] = []
    for (const sql of widened.filter((_, index) => index % 10 === 0)) {
      await world.owner.query('begin')
      await world.owner.query(sql)
      if ((await describeGrants(world.owner)) === before) unnoticed.push(sql)
      await world.owner.query('rollback')
    }
    expect(unnoticed).toEqual([])
  })
})

describe('a policy is taken apart', () => {
  it.each([
    ['true', ['true']],
    ['((a AND (b OR c)) AND d)', ['a AND (b OR c)', 'd']],
    ["((x = 'a AND (b') AND y)", ["x = 'a AND (b'", 'y']],
    ['(( SELECT app.may(1) AS may) AND (store_id = 2))', ['SELECT app.may(1) AS may', 'store_id = 2']],
  ])('%s', (text, parts) => expect(splitAnd(text)).toEqual(parts))
})
