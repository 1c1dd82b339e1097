import type { Pool } from 'pg'
import { Problem } from '../problem.ts'
import { sql } from './sql.ts'
import { type Credential, Reading, readSnapshot, type Snapshot, type Tx } from './transaction.ts'

/**
 * Reads a snapshot that is sent while it is read, and looks again and again whether the reader still may: every two seconds between
 * pieces, and before the last piece leaves, which is kept back till then. A file of who lost the right, or has another grant than at the
 * beginning, breaks off.
 * @throws Problem not_signed_in, not_permitted
 */
export async function* readWatched<Piece>(
  pool: Pool,
  credential: Credential,
  permission: string | null,
  work: (tx: Snapshot) => AsyncIterable<Piece>,
  every = 2_000,
): AsyncGenerator<Piece> {
  let grant: string | undefined
  const expectSame = async () => {
    if ((await grantOf(new Reading(pool, credential, permission))) !== grant)
      throw new Problem('not_permitted', 'Your access was changed while the file was written.')
  }
  const pieces = readSnapshot(pool, credential, permission, async function* (tx) {
    grant = await grantOf(tx)
    yield* work(tx)
  })
  let kept: Piece | undefined
  let looked = performance.now()
  for await (const piece of pieces) {
    if (performance.now() - looked >= every) {
      // Where every connection is busy, it is for the next look; the last look must succeed.
      await expectSame().catch((problem) => {
        if (problem instanceof Problem && (problem.status === 401 || problem.status === 403)) throw problem
      })
      looked = performance.now()
    }
    if (kept !== undefined) yield kept
    kept = piece
  }
  await expectSame()
  if (kept !== undefined) yield kept
}

/** What the reader's rights and their scope come to, as a text to compare. */
const grantOf = async (tx: Tx) => (await tx.first(sql<{ value: string }>`select app.grant_of_caller() as value`))!.value
