import { describe, expect, it } from 'vitest'
import { hashPassword } from '../server/src/access/identity/passwords.ts'
import { emailOf } from '../server/src/testing/cast.ts'
import { useWorld } from '../server/src/testing/world.ts'

const rounds = 200

describe('how long an answer takes', () => {
  const world = useWorld(async (w) => {
    await w.owner.query('update identity.users set password_hash = $1', [await hashPassword('heron and willow 41')])
  })
  let turn = 0
  const timed = async (url: string, payload: object) => {
    const began = performance.now()
    // Each from a network of its own, which no throttle knows yet.
    const remoteAddress = `10.0.${++turn >> 8}.${turn & 255}`
    await world.app.inject({ method: 'POST', url: `/api/v1${url}`, payload, remoteAddress })
    return performance.now() - began
  }
  const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!

  it('105 38 a known and an unknown address are answered alike, at the sign-in and for a forgotten password', async () => {
    for (const [url, more] of [
      ['/session', { password: 'not this one' }],
      ['/password/forgot', {}],
    ] as const) {
      const known: number[] = []
      const unknown: number[] = []
      for (let round = 0; round < rounds; round++) {
        // In turn, so that what else the machine does falls on both.
        known.push(await timed(url, { email: emailOf('V1'), ...more }))
        unknown.push(await timed(url, { email: `nobody${round}@example.com`, ...more }))
        if (round % 50 === 0) await world.owner.query('delete from identity.attempts')
      }
      const [a, b] = [median(known), median(unknown)]
      console.log(`${url}: known ${a.toFixed(2)} ms, unknown ${b.toFixed(2)} ms`)
      // Of what takes two milliseconds, a tenth of one is noise.
      expect(Math.abs(a - b)).toBeLessThan(Math.max(0.05 * Math.max(a, b), 0.3))
    }
  }, 300_000)
})
