import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { auditActions, auditKinds } from './audit-actions.ts'

const read = (file: string) => readFileSync(join(import.meta.dirname, '../web/src/pages/audit', file), 'utf8')
const words = read('action-words.ts')

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

it('every kind of record that the audit log is about has a word on the page', () => {
  const worded = read('entry-words.ts')
  const kinds = auditKinds()
  expect(kinds).toContain('shipment')
  expect(
    kinds.filter((kind) => !new RegExp(`^ {2}${kind}: msg`, 'm').test(worded)),
    'web/src/pages/audit/entry-words.ts',
  ).toEqual([])
})
