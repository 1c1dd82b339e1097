import { describe, expect, it } from 'vitest'
import { importAndExport } from '../at-size.ts'
import { useWorld } from '../world.ts'

describe('a large file', () => {
  const world = useWorld()

  // What `npm run prove import-at-size` does with a million lines.
  it('F1 F82 8,000 lines through a real server that is killed in the middle: all in, once, and all out again', async () => {
    const figures = await importAndExport(world, 8_000, 3)
    expect(figures.importPeakMb - figures.idleMb).toBeLessThan(256)
  }, 120_000)
})
