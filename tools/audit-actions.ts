/** Every action that the code enters in the audit record, read from the code; so that each has words (audit-actions.test.ts). */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readingActions } from '../server/src/kernel/reads.ts'

const root = join(import.meta.dirname, '..')
const action = /'([a-z_]+\.[a-z]+(?:[_-][a-z]+)*)'/g

/** The actions, sorted. Where a call does not write its action out, every action that its file names counts. */
export function auditActions(): string[] {
  const found = new Set<string>(readingActions)
  const files = globSync(['server/src/**/*.ts', 'server/src/**/*.sql'], { cwd: root })
  for (const file of files.filter((file) => !/\/testing\/|\.test\.ts$|kernel\/audit\.ts$/.test(file))) {
    const text = readFileSync(join(root, file), 'utf8')
    for (const call of text.matchAll(
      /\b(?:audit|auditEach)\(\s*\w*[tT]x,\s*([^,]+),|\bwrite_audit\(([\s\S]{0,300})/g,
    )) {
      const own = [...(call[1] ?? call[2]!).matchAll(action)].map((match) => match[1]!)
      const named = own.length > 0 || call[2] ? own : [...text.matchAll(action)].map((match) => match[1]!)
      for (const name of named) found.add(name)
    }
    if (/record\(identity, /.test(text))
      for (const match of text.matchAll(/action: '([a-z_]+\.[a-z]+(?:[_-][a-z]+)*)'/g)) found.add(match[1]!)
    if (/privacy\.record\(/.test(text)) for (const match of text.matchAll(action)) found.add(match[1]!)
  }
  return [...found].filter((name) => !/^privacy\./.test(name)).sort() // those are kinds of jobs
}

/** The kinds of records those entries are about, sorted; a refusal's request is none. */
export function auditKinds(): string[] {
  const files = globSync('server/src/**/*.ts', { cwd: root }).filter((file) => !/\/testing\/|\.test\.ts$/.test(file))
  const calls = files.flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(/\baudit\(\s*\w*[tT]x,[^;]{0,120}?\{ kind: '([a-z_]+)'/g),
  ])
  return [...new Set(calls.map((match) => match[1]!))].filter((kind) => kind !== 'request').sort()
}

if (process.argv[1] === import.meta.filename) console.log(auditActions().join('\n'))
