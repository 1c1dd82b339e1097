import { audit } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { refuseStep, takeStep } from '../take-step.ts'
import { createTransfer, goodsOf } from './create-transfer.ts'

interface Edit {
  expectedOn?: string | null
  note?: string
  lines?: { sku: string; quantity: number }[]
}

/**
 * Edits a transfer of the house's own that has not left; lines are replaced whole, and the stock expects what they now say.
 * @throws Problem not_found, not_permitted for a client's, wrong_state, changed_meanwhile, invalid_request
 */
export async function editTransfer(tx: Tx, id: string, version: number, edit: Edit): Promise<void> {
  const edited = await tx.first(sql<{ ownerId: string }>`
    update transfers.transfers set version = version + 1, note = coalesce(${edit.note?.trim() ?? null}, note),
           expected_on = case when ${edit.expectedOn !== undefined} then ${edit.expectedOn ?? null}::date else expected_on end
     where id = ${id} and version = ${version} returning owner_party_id as "ownerId"`)
  if (!edited) return await refuseStep(tx, 'edit', id, version, { note: edit.note, expectedOn: edit.expectedOn })
  if (edit.lines) {
    const goods = await goodsOf(tx, edited.ownerId, edit.lines)
    await takeStep(tx, 'edit', id, sql`select transfers.replace_lines(${id}, ${json(goods)}) as done`)
  }
  await audit(tx, 'transfer.edited', { kind: 'transfer', id }, edit)
}

/** A draft of a transfer of the house becomes what is to be shipped. @throws Problem not_found, not_permitted, wrong_state */
export async function announceTransfer(tx: Tx, id: string): Promise<void> {
  await takeStep(tx, 'announce', id, sql`select transfers.announce(${id}) as done`)
  await audit(tx, 'transfer.announced', { kind: 'transfer', id })
}

/**
 * Begins a draft with the lines of a transfer of the house's own.
 * @returns the new transfer's id
 * @throws Problem not_found, not_permitted for a client's
 */
export async function cloneTransfer(tx: Tx, id: string): Promise<string> {
  const [[original], lines] = await tx.all(
    sql<{ warehouseId: string; fromWarehouseId: string | null; supplierId: string | null; ownerId: string }>`
      select warehouse_id as "warehouseId", from_warehouse_id as "fromWarehouseId", supplier_id as "supplierId", owner_party_id as "ownerId"
        from transfers.transfers where id = ${id} and origin <> 'client'`,
    sql<{
      sku: string
      quantity: number
    }>`select sku, quantity from transfers.lines where transfer_id = ${id} order by position`,
  )
  if (!original) return await refuseStep(tx, 'clone', id)
  const { fromWarehouseId, supplierId, warehouseId, ownerId } = original
  return await createTransfer(tx, {
    warehouseId,
    ownerId,
    lines,
    draft: true,
    ...(fromWarehouseId ? { fromWarehouseId } : {}),
    ...(supplierId ? { supplierId } : {}),
  })
}
