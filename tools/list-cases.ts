/**
 * `node tools/list-cases.ts`: every attack (a number) and fault (F and a number) of the list that the product is built
 * against, with the tests that are named by it.
 */
import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { attacksWaiting } from '../server/src/testing/attacks-waiting.ts'
import { attacks } from './attacks.ts'

const root = join(import.meta.dirname, '..')

/** Number, as in "F35" or "134", to the names of its tests, each with its file. */
export function listCases(): Map<string, string[]> {
  const cases = new Map<string, string[]>()
  for (const file of globSync(
    ['server/src/**/*.test.ts', 'prove/*.prove.ts', 'e2e/*.ts', 'tools/*.test.ts', 'web/src/**/*.test.ts'],
    {
      cwd: root,
    },
  ))
    for (const [, , name] of readFileSync(join(root, file), 'utf8').matchAll(
      /\b(?:it|test|describe)[\w.]*\(\s*(['"`])(.*?)\1/gs,
    ))
      for (const number of numbersIn(name!))
        cases.set(number, [...(cases.get(number) ?? []), `${name} (${relative(root, join(root, file))})`])
  return cases
}

/** The numbers a name begins with: "F2 F73 after …", "attack 94, 97: …"; a step of a story, "8. …", is none. */
export const numbersIn = (name: string): string[] =>
  /^(?:attacks? )?(?:F?\d+[,:]? )+/.exec(name)?.[0].match(/F?\d+/g) ?? []

/** How the list of attacks stands: tried, or waiting for a part of the product; a number in neither is forgotten. */
export function standing() {
  const cases = listCases()
  const waiting = new Map(
    Object.entries(attacksWaiting).flatMap(([part, numbers]) => numbers.split(' ').map((number) => [number, part])),
  )
  return {
    tried: attacks.filter((number) => cases.has(number)),
    waiting: attacks.filter((number) => !cases.has(number) && waiting.has(number)),
    forgotten: attacks.filter((number) => !cases.has(number) && !waiting.has(number)),
  }
}

if (process.argv[1] === import.meta.filename) {
  const byNumber = ([a]: [string, unknown], [b]: [string, unknown]) =>
    Number(a.startsWith('F')) - Number(b.startsWith('F')) || Number(a.replace('F', '')) - Number(b.replace('F', ''))
  const { tried, waiting, forgotten } = standing()
  console.log(
    `Of ${attacks.length} attacks ${tried.length} are tried, ${waiting.length} wait for a part of the product.`,
  )
  for (const [part, numbers] of Object.entries(attacksWaiting)) console.log(`  ${part}: ${numbers}`)
  if (forgotten.length > 0) console.log(`  Neither tried nor waiting: ${forgotten.join(' ')}`)
  for (const [number, names] of [...listCases()].sort(byNumber)) console.log(`${number}\n  ${names.join('\n  ')}`)
}
