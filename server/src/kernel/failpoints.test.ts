import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { armFailpoint, disarmFailpoint, failpoints, fp } from './failpoints.ts'

const code = join(import.meta.dirname, '..')
const passed = globSync('**/*.ts', { cwd: code })
  .filter((file) => !/\.test\.ts$|^testing\//.test(file))
  .flatMap((file) => [...readFileSync(join(code, file), 'utf8').matchAll(/\bfp\('([^']+)'\)/g)])
  .map(([, name]) => name!)

describe('failpoints', () => {
  afterEach(disarmFailpoint)

  it('every one that is listed is passed in the code, and every one passed is listed', () => {
    expect([...new Set(passed)].sort()).toEqual(Object.keys(failpoints).sort())
  })

  it('acts at the hit it is armed for, once, and at no other point', () => {
    armFailpoint('job.taken:3:throw', true)
    for (const name of ['job.taken', 'job.before_finish', 'job.before_finish', 'job.taken'] as const)
      expect(fp(name)).toBeUndefined()
    expect(() => fp('job.taken')).toThrow('failpoint job.taken')
    expect(fp('job.taken')).toBeUndefined()
  })

  it('is never armed in a database that is not a test’s own', () => {
    expect(() => armFailpoint('job.taken:1:throw', false)).toThrow('in test databases alone')
    expect(fp('job.taken')).toBeUndefined()
  })

  it.each(['job.taken', 'job.taken:0:kill', 'job.gone:1:kill', 'job.taken:1:shrug', 'job.taken:1:pause='])(
    'refuses "%s"',
    (spec) => expect(() => armFailpoint(spec, true)).toThrow('write name:hit:action'),
  )
})
