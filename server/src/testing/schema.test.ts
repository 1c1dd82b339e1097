import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawSchema } from './draw-schema.ts'
import { useWorld } from './world.ts'

describe('db/schema.sql', () => {
  const world = useWorld()

  it('is what the database adds up to: else run this test with -u and look at the difference', async () => {
    await expect(await drawSchema(world.owner)).toMatchFileSnapshot(join(import.meta.dirname, '../../../db/schema.sql'))
  })
})
