import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { upload } from '../testing/upload.ts'
import { useWorld } from '../testing/world.ts'
import { sweepFiles } from './index.ts'

const file = `Order number,SKU,Quantity,Country\n${Array.from({ length: 100 }, (_, i) => `N${i},TEA-01,1,FR`).join('\n')}\n`

describe('the room for uploaded files', () => {
  const world = useWorld()
  const kept = () => readdir(world.deps.filesDir)

  it('221 ends at the quota of the account, with a sentence; another account has its own', async () => {
    world.deps.uploadQuota = 2 * file.length
    expect((await upload(world, 'A1', 'orders', file)).status).toBe(201)
    expect((await upload(world, 'F1', 'orders', file)).status).toBe(201)
    const before = await kept()
    const full = await upload(world, 'A1', 'orders', file)
    expect([full.status, full.body.code, full.body.reason]).toEqual([413, 'too_large', 'files_full'])
    expect(full.body.detail).toContain('removed 30 days after')
    expect(await kept()).toEqual(before)
    expect((await upload(world, 'A2', 'orders', file)).status).toBe(201)
    world.deps.uploadQuota = 20 * file.length
    expect((await upload(world, 'A1', 'orders', file)).status).toBe(201)
  })

  it('is given back thirty days after an upload; the import stays and says that its file is gone', async () => {
    const { body } = await upload(world, 'A1', 'orders', file)
    const { rows } = await world.owner.query(
      "update intake.files f set created_at = now() - interval '31 days' from intake.imports i where i.id = $1 and f.id = i.file_id returning f.id",
      [body.id],
    )
    const longAgo = new Date('2020-01-01')
    await utimes(join(world.deps.filesDir, rows[0].id), longAgo, longAgo)
    expect(await kept()).toContain(rows[0].id)
    await sweepFiles(world.deps)
    expect(await kept()).not.toContain(rows[0].id)
    const answer = (await world.as('A1', `GET /imports/${body.id}`)).body
    expect([answer.state, answer.error.code]).toEqual(['uploaded', 'file_gone'])
  })
})
