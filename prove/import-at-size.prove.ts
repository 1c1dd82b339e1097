import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importAndExport } from '../server/src/testing/at-size.ts'
import { upload } from '../server/src/testing/upload.ts'
import { useWorld } from '../server/src/testing/world.ts'

const lines = Number(process.env.LINES ?? 1_000_000)
describe('a large file', () => {
  const world = useWorld()

  it('F1 a million order lines: within 256 MB above idle, resumed after kill -9 without doubles or gaps, and out again by COPY', async () => {
    const figures = await importAndExport(world, lines, Math.floor(lines / 2.6 / 500 / 2))
    console.table(Object.entries(figures).map(([what, figure]) => [what, Math.round(figure * 10) / 10]))
    mkdirSync(join(import.meta.dirname, 'results'), { recursive: true })
    writeFileSync(
      join(import.meta.dirname, 'results/import-at-size.json'),
      JSON.stringify({ lines, ...figures }, null, 2),
    )
    expect(figures.importPeakMb - figures.idleMb).toBeLessThan(256)
  }, 7_200_000)

  it('F80 of 10,000 rows 3 are bad: they come back as a file, and corrected they alone change anything', async () => {
    const bad = new Map([
      [17, 'T17,Tea 17,x'],
      [5_000, 'T5000,,1'],
      [9_999, 'T9999,Tea 9999,-1'],
    ])
    const rows = Array.from({ length: 10_000 }, (_, index) => bad.get(index) ?? `T${index},Tea ${index},1`)
    const bring = async (content: string) => {
      const { body } = await upload(world, 'A1', 'products', content)
      expect((await world.as('A1', `POST /imports/${body.id}/check`)).status).toBe(202)
      await world.drain()
      expect((await world.as('A1', `POST /imports/${body.id}/run`)).status).toBe(202)
      await world.drain()
      return (await world.as('A1', `GET /imports/${body.id}`)).body
    }
    const first = await bring(['SKU,Name,Unit price', ...rows, ''].join('\n'))
    expect(first).toMatchObject({ state: 'done', created: 9_997, rejected: 3 })
    const errors = await world.as('A1', `GET /imports/${first.id}/rejections.csv`)
    const [, ...refused] = errors.text.trim().split('\n')
    expect(refused.map((row) => row.split(',')[0])).toEqual(['T17', 'T5000', 'T9999'])
    const corrected = rows.map((row, index) => (bad.has(index) ? `T${index},Tea ${index},1` : row))
    const second = await bring(['SKU,Name,Unit price', ...corrected, ''].join('\n'))
    expect(second).toMatchObject({ state: 'done', created: 3, changed: 0, unchanged: 9_997, rejected: 0 })
  }, 600_000)
})
