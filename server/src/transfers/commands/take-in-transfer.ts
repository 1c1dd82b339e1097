import { uuidv7 } from 'uuidv7'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, Problem } from '#kernel/problem.ts'
import { sideOf } from '../take-step.ts'
import { addTransfer } from './create-transfer.ts'

interface Found {
  warehouseId: string
  ownerId: string
  lines: { sku: string; good: number; damaged?: number; reason?: string }[]
  note?: string
}

/**
 * Takes in what nobody announced, under its owner, as it was counted: a transfer that arrived and was received in one.
 * @returns the transfer's id
 * @throws Problem invalid_request by field, not_permitted for a client
 */
export async function takeInTransfer(tx: Tx, found: Found): Promise<string> {
  if (sideOf(tx) === 'client') throw new Problem('not_permitted', 'Announce a transfer: the house takes in the rest.')
  const owner = await tx.first(
    sql<{ id: string }>`select id from transfers.owners() where id = ${found.ownerId} and kind = 'client'`,
  )
  if (!owner) throw invalid('ownerId', 'is not one of your clients')
  const lines = found.lines.map(({ sku, good, damaged = 0 }) => ({ sku, quantity: good + damaged }))
  const empty = lines.findIndex(({ quantity }) => quantity < 1 || quantity > 1_000_000)
  if (empty >= 0) throw invalid(`lines.${empty}.good`, 'must be 1 to 1,000,000 units, with the damaged ones')
  const id = await addTransfer(tx, { ...found, lines, origin: 'client', state: 'delivered', unannounced: true })
  const counts = await tx.rows(sql<{ lineId: string }>`
    select id as "lineId" from transfers.lines where transfer_id = ${id} order by position`)
  const counted = counts.map(({ lineId }, index) => {
    const { good, damaged = 0, reason = '' } = found.lines[index]!
    return { lineId, good, damaged, reason }
  })
  await tx.rows(sql`select transfers.receive(${id}, 1, ${uuidv7()}, ${json(counted)}, '')`)
  return id
}
