/**
 * `node tools/list-cases.ts`: every attack (a number) and fault (F and a number) of the list that the product is built
 * against, with the tests that are named by it.
 */
import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')

/** Number, as in "F35" or "134", to the names of its tests, each with its file. */
export function listCases(): Map<string, string[]> {
  const cases = new Map<string, string[]>()
  for (const file of globSync(['server/src/**/*.test.ts', 'prove/*.prove.ts', 'e2e/*.ts', 'tools/*.test.ts'], {
    cwd: root,
  }))
    for (const [, , name] of readFileSync(join(root, file), 'utf8').matchAll(
      /\b(?:it|test|describe)[\w.]*\(\s*(['"`])(.*?)\1/gs,
    ))
      for (const number of numbersIn(name!))
        cases.set(number, [...(cases.get(number) ?? []), `${name} (${relative(root, join(root, file))})`])
  return cases
}

/** The numbers a name begins with: "F2 F73 after …", "134 no login …"; a step of a story, "8. …", is none. */
export const numbersIn = (name: string): string[] => /^(?:F?\d+,? )+/.exec(name)?.[0].match(/F?\d+/g) ?? []

if (process.argv[1] === import.meta.filename) {
  const byNumber = ([a]: [string, unknown], [b]: [string, unknown]) =>
    Number(a.startsWith('F')) - Number(b.startsWith('F')) || Number(a.replace('F', '')) - Number(b.replace('F', ''))
  for (const [number, names] of [...listCases()].sort(byNumber)) console.log(`${number}\n  ${names.join('\n  ')}`)
}
