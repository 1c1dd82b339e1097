import { open } from 'node:fs/promises'
import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import { type KeptFile, pathOf } from '#kernel/upload.ts'
import { standingOf } from '../take-step.ts'

/**
 * Adds a picture of what arrived. What it is, its first bytes say, never its name.
 * @throws Problem file_refused for anything but PNG, JPEG and WebP, not_found, wrong_state, too_large where there is no room
 */
export async function addPhoto(tx: Tx, deps: Deps, id: string, file: KeptFile): Promise<void> {
  const mediaType = await typeOf(deps, file)
  if (!mediaType) throw new Problem('file_refused', 'Send a photo: a PNG, JPEG or WebP file.')
  const added = await tx.first(sql<{ done: boolean | null }>`
    select transfers.add_photo(${id}, ${file.id}, ${mediaType}, ${file.bytes}, ${file.sha256}) as done`)
  if (added?.done === false)
    throw new Problem('too_large', 'The photos of transfers of this company take the 2 GB that there are for them.')
  if (!added?.done) {
    const standing = await tx.first(standingOf(id, 'host'))
    if (!standing) throw notFound()
    throw new Problem('wrong_state', 'It has no room for another photo.', { extra: { state: standing.state } })
  }
  await audit(tx, 'transfer.photo-added', { kind: 'transfer', id }, { bytes: file.bytes, sha256: file.sha256 })
}

async function typeOf(deps: Deps, file: KeptFile): Promise<string | undefined> {
  const handle = await open(pathOf(deps, file.id))
  try {
    const head = Buffer.alloc(12)
    const { bytesRead } = await handle.read(head, 0, 12, 0)
    if (bytesRead < 12) return undefined
    if (head.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'image/png'
    if (head.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'image/jpeg'
    const isWebp = head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP'
    return isWebp ? 'image/webp' : undefined
  } finally {
    await handle.close()
  }
}
