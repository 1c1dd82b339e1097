import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { auditActions } from './audit-actions.ts'

const words = readFileSync(join(import.meta.dirname, '../web/src/pages/audit/action-words.ts'), 'utf8')

it('every action of the audit log has words on the page', () => {
  const worded = [...words.matchAll(/^ {2}'([^']+)': msg`/gm)].map((match) => match[1]!)
  const actions = auditActions()
  expect(actions.length).toBeGreaterThan(60)
  // Words stay of actions that are gone: entries of them stand in older records.
  expect(
    actions.filter((action) => !worded.includes(action)),
    'web/src/pages/audit/action-words.ts',
  ).toEqual([])
})
