import { readdir, stat } from 'node:fs/promises'
import type { Deps } from '#kernel/deps.ts'
import { discardFile, pathOf } from '#kernel/upload.ts'

const hour = 3_600_000
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Removes uploaded files whose thirty days are over, and those that no row knows: a server that died between the last byte
 * and the commit left them. One that was written to within `age` may still get its row.
 */
export async function sweepFiles(deps: Pick<Deps, 'filesDir' | 'pools'>, age = hour): Promise<void> {
  await deps.pools.worker.query('select intake.retire_files()')
  const names = (await readdir(deps.filesDir).catch(() => [])).filter((name) => uuid.test(name))
  const old: string[] = []
  for (const name of names) {
    const found = await stat(pathOf(deps, name)).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs >= age) old.push(name)
  }
  if (old.length === 0) return
  const { rows } = await deps.pools.worker.query<{ id: string }>(
    `select id from intake.files where id = any ($1) and removed_at is null
     union all select id from transfers.photos where id = any ($1)`,
    [old],
  )
  const kept = new Set(rows.map(({ id }) => id))
  for (const name of old) if (!kept.has(name)) await discardFile(deps, name)
}
