import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { hashPassword, verifyPassword } from '../server/src/access/identity/passwords.ts'
import { stores } from '../server/src/testing/cast.ts'
import { useWorld } from '../server/src/testing/world.ts'

const pairs = 5_000

/** How often a value of the first list is larger than one of the second: 0.5 where nothing can be told from them. */
function separation(a: number[], b: number[]): number {
  const all = [...a.map((value) => ({ value, first: 1 })), ...b.map((value) => ({ value, first: 0 }))].sort(
    (x, y) => x.value - y.value,
  )
  let rank = 0
  for (const [index, { first }] of all.entries()) if (first) rank += index + 1
  return (rank - (a.length * (a.length + 1)) / 2) / (a.length * b.length)
}

describe('time', () => {
  const world = useWorld()

  it('39 how long an answer takes does not tell whether a foreign order exists', async () => {
    const made = await world.as('A1', 'POST /orders', {
      storeId: stores.b,
      number: 'T',
      lines: [{ sku: 'S', quantity: 1 }],
    })
    const time = async (id: string) => {
      const begun = performance.now()
      const { status } = await world.as('P1', `GET /orders/${id}`)
      const took = performance.now() - begun
      expect(status).toBe(404)
      return took
    }
    const foreign: number[] = []
    const never: number[] = []
    for (let n = 0; n < pairs; n++) {
      const first = n % 2 === 0
      if (first) foreign.push(await time(made.body.id))
      never.push(await time(uuidv7()))
      if (!first) foreign.push(await time(made.body.id))
    }
    const auc = separation(foreign, never)
    console.log(`AUC ${auc.toFixed(3)} over ${pairs} pairs`)
    expect(Math.abs(auc - 0.5)).toBeLessThanOrEqual(0.05)
  })

  it('105 an address that nobody has takes the same work as one that somebody has', async () => {
    const stored = await hashPassword('the password of somebody')
    const time = async (hash: string | null) => {
      const begun = performance.now()
      await verifyPassword(hash, 'a wrong password')
      return performance.now() - begun
    }
    await time(null)
    const known: number[] = []
    const unknown: number[] = []
    for (let n = 0; n < 60; n++) {
      known.push(await time(stored))
      unknown.push(await time(null))
    }
    const median = (list: number[]) => list.sort((a, b) => a - b)[list.length / 2]!
    expect(Math.abs(median(known) / median(unknown) - 1)).toBeLessThan(0.05)
  })
})
