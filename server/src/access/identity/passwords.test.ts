import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { bringIn, signIn } from '../../testing/people.ts'
import { useWorld } from '../../testing/world.ts'
import { hashPassword, verifyPassword } from './passwords.ts'

/** The processes that hash passwords for this one: number and niceness. */
const hashers = () =>
  execFileSync('ps', ['-eo', 'pid=,ppid=,ni=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, , ...args]) => Number(parent) === process.pid && args.join(' ').includes('identity/hasher'))
    .map(([pid, , nice]) => ({ pid: Number(pid), nice: Number(nice) }))

describe('the hashing of passwords', () => {
  const world = useWorld(async (w) => {
    await bringIn(w, { email: 'nora@example.com' })
  })

  it('105 is done by one process of low priority, for who is unknown too', async () => {
    const hash = await hashPassword('heron and willow 41')
    expect(await verifyPassword(hash, 'heron and willow 41')).toBe(true)
    expect(await verifyPassword(hash, 'heron and willow 42')).toBe(false)
    for (const nobody of [null, undefined]) expect(await verifyPassword(nobody, 'nobody has this password')).toBe(false)
    expect(hashers()).toEqual([{ pid: expect.any(Number), nice: 10 }])
    await expect(verifyPassword('no hash', 'heron and willow 41')).rejects.toThrow()
    expect(hashers()).toHaveLength(1)
  })

  it('217 when the process is killed, who waits is told to come again, and the next sign-in works', async () => {
    expect((await signIn(world, 'nora@example.com')).status).toBe(200)
    const [first] = hashers()
    process.kill(first!.pid, 'SIGSTOP')
    const hashed = hashPassword('heron and willow 41').catch((problem) => problem.code)
    process.kill(first!.pid, 'SIGKILL')
    expect(await hashed).toBe('overloaded')
    expect((await signIn(world, 'nora@example.com')).status).toBe(200)
    const [second] = hashers()
    expect(second!.pid).not.toBe(first!.pid)
  })

  it('217 more than sixty who wait are too many: 503, and when to come again', async () => {
    const [stopped] = hashers()
    process.kill(stopped!.pid, 'SIGSTOP')
    const waiting = Array.from({ length: 60 }, (_, n) => hashPassword(`heron and willow ${n}`).catch(() => 'ended'))
    const refused = await signIn(world, 'nora@example.com')
    expect([refused.status, refused.body.code, refused.headers['retry-after']]).toEqual([503, 'overloaded', '2'])
    process.kill(stopped!.pid, 'SIGKILL')
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['ended']))
    expect((await signIn(world, 'nora@example.com')).status).toBe(200)
  })
})
