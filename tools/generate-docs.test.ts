import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { pages } from './generate-docs.ts'

const ROOT = resolve(import.meta.dirname, '..')

it.each(Object.entries(pages))('%s says what the code says: else run node tools/generate-docs.ts', (path, draw) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toBe(draw())
})
