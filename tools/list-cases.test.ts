import { describe, expect, it } from 'vitest'
import { listCases, numbersIn, standing } from './list-cases.ts'

/** Faults of crash, database, retries, resources, backup, network, time and files that must have a case that runs. */
const wanted = '1-12 35-40 45 47-49 51-60 63 65-73 75 77 79-82'.split(' ').flatMap((range) => {
  const [from, to = from] = range.split('-').map(Number) as [number, number?]
  return Array.from({ length: to! - from + 1 }, (_, index) => `F${from + index}`)
})

describe('the list of attacks and faults', () => {
  it('has a test for every fault that must be survived', () => {
    const cases = listCases()
    expect(wanted.filter((number) => !cases.has(number))).toEqual([])
  })

  it('has a test for every attack, or says what will bring one', () => {
    const { tried, forgotten } = standing()
    expect(tried.length).toBeGreaterThan(120)
    expect(forgotten, 'a test named by the number, or a line in server/src/testing/attacks-waiting.ts').toEqual([])
  })

  it.each([
    ['F2 F73 after the mail server took a mail', ['F2', 'F73']],
    ['134 no login reaches files', ['134']],
    ['attack 38, 103: nobody', ['38', '103']],
    ['8. S3.17 filters by product tag', []],
    ['404 is the same for all', ['404']],
    ['S3.12 no answer', []],
  ])('reads the numbers of "%s"', (name, numbers) => expect(numbersIn(name)).toEqual(numbers))
})
