import { existsSync } from 'node:fs'
import { utimes, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { pathOf } from '#kernel/upload.ts'
import { upload } from '../testing/upload.ts'
import { useWorld } from '../testing/world.ts'
import { sweepFiles } from './index.ts'

describe('files that nobody knows', () => {
  const world = useWorld()

  it('are removed after an hour; what has a row stays, and what may still get one', async () => {
    await upload(world, 'A1', 'orders', 'Order number,SKU,Quantity,Country\n1,T,1,FR\n')
    const { rows } = await world.owner.query<{ id: string }>('select id from intake.files')
    const [young, old] = ['0c000000-0000-7000-8000-000000000001', '0c000000-0000-7000-8000-000000000002'] as const
    const twoHoursAgo = new Date(Date.now() - 2 * 3_600_000)
    for (const id of [young, old]) await writeFile(pathOf(world.deps, id), 'left by a server that died')
    for (const id of [old, rows[0]!.id]) await utimes(pathOf(world.deps, id), twoHoursAgo, twoHoursAgo)
    await sweepFiles(world.deps)
    expect([young, old, rows[0]!.id].map((id) => existsSync(pathOf(world.deps, id)))).toEqual([true, false, true])
  })
})
