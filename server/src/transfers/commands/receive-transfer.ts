import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, Problem } from '#kernel/problem.ts'
import { sideOf, takeStep } from '../take-step.ts'

export interface Counted {
  lines?: { lineId: string; good: number; damaged?: number; reason?: string }[]
  reason?: string
}
interface Line {
  id: string
  remaining: number
  unverified: number
}

/**
 * Counts what came, and raises the stock by it, once: who looked at an older version changes nothing. Without lines all that is
 * waited for came, and is good. Only the house receives more than was announced.
 * @throws Problem not_found, wrong_state, changed_meanwhile, invalid_request by line
 */
export async function receiveTransfer(tx: Tx, id: string, version: number, counted: Counted): Promise<void> {
  const lines = await linesOf(tx, id)
  const counts = toCounts(counted, lines, 'remaining')
  const byId = new Map(lines.map((line) => [line.id, line]))
  const errors = counts.flatMap(({ lineId, good, damaged, field }) => {
    const { remaining } = byId.get(lineId)!
    return sideOf(tx) === 'client' && good + damaged > remaining
      ? [{ field: `${field}.good`, message: `must not be more than what is still waited for: ${remaining}` }]
      : []
  })
  const statement = sql<{ done: unknown }>`
    select transfers.receive(${id}, ${version}, ${uuidv7()}, ${json(counts)}, ${counted.reason?.trim() ?? ''}) as done`
  if (errors.length > 0) {
    // The state and the version come before what was counted.
    await takeStep(
      tx,
      'receive',
      id,
      sql`select version as done from transfers.transfers where id = ${id} and version = ${version}
      and state = any ('{shipped,delivered,partially_received}')`,
      version,
    )
    throw new Problem('invalid_request', undefined, { errors })
  }
  await takeStep(tx, 'receive', id, statement, version)
  await audit(
    tx,
    'transfer.received',
    { kind: 'transfer', id },
    { lines: counts.map(({ field: _, ...count }) => count) },
  )
}

/**
 * The house counts what the client counted himself: only now it can be sold. Without lines all of it is there, and good; a line that
 * is named is counted whole.
 * @throws Problem not_found, not_permitted for the client, wrong_state, changed_meanwhile, invalid_request
 */
export async function verifyTransfer(tx: Tx, id: string, version: number, counted: Counted): Promise<void> {
  const counts = toCounts(counted, await linesOf(tx, id), 'unverified')
  await takeStep(
    tx,
    'verify',
    id,
    sql`select transfers.verify(${id}, ${version}, ${uuidv7()}, ${json(counts)}, ${counted.reason?.trim() ?? ''}) as done`,
    version,
  )
  await audit(
    tx,
    'transfer.verified',
    { kind: 'transfer', id },
    { lines: counts.map(({ field: _, ...count }) => count) },
  )
}

const linesOf = (tx: Tx, id: string) =>
  tx.rows(sql<Line>`select id, remaining, unverified from transfers.lines where transfer_id = ${id} order by position`)

/** What was counted, line by line. @throws Problem invalid_request for a line that is not there, or twice */
function toCounts({ lines: given, reason }: Counted, lines: readonly Line[], all: 'remaining' | 'unverified') {
  if (!given)
    return lines
      .filter((line) => line[all] > 0)
      .map((line) => ({ lineId: line.id, good: line[all], damaged: 0, reason: '', field: 'lines' }))
  const known = new Map(lines.map((line) => [line.id, line]))
  const seen = new Set<string>()
  const counts = given.map(({ lineId, good, damaged = 0, reason: why = '' }, index) => {
    const line = known.get(lineId)
    if (!line || seen.has(lineId))
      throw invalid(`lines.${index}.lineId`, line ? 'stands here twice' : 'is not a line of it')
    if (all === 'unverified' && line.unverified === 0)
      throw invalid(`lines.${index}.lineId`, 'has nothing that waits to be counted by the house')
    if (all === 'unverified' && good + damaged !== line.unverified && !(why || reason)?.trim())
      throw invalid(`lines.${index}.reason`, `is required: the client had counted ${line.unverified}`)
    seen.add(lineId)
    return { lineId, good, damaged, reason: why.trim(), field: `lines.${index}` }
  })
  if (all === 'remaining' && counts.every(({ good, damaged }) => good + damaged === 0))
    throw invalid('lines', 'must count at least one unit; close or cancel what does not come')
  return all === 'unverified' ? counts : counts.filter(({ good, damaged }) => good + damaged > 0)
}
