import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { json, sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, Problem } from '#kernel/problem.ts'
import { sideOf } from '../take-step.ts'

interface NewTransfer {
  warehouseId: string
  lines: { sku: string; quantity: number }[]
  expectedOn?: string | null
  note?: string
  fromWarehouseId?: string
  supplierId?: string
  ownerId?: string
  draft?: boolean
}

/**
 * Announces goods: a client's own to a warehouse granted to him, where it waits to be shipped; the house's from a warehouse or a
 * supplier. A product or warehouse out of reach is refused as one that never was.
 * @returns the transfer's id
 * @throws Problem invalid_request, by field
 */
export async function createTransfer(tx: Tx, wanted: NewTransfer): Promise<string> {
  const isClient = sideOf(tx) === 'client'
  const { fromWarehouseId, supplierId } = wanted
  for (const field of ['fromWarehouseId', 'supplierId', 'ownerId', 'draft'] as const)
    if (isClient && wanted[field] !== undefined) throw invalid(field, 'is only for the house itself')
  if (!isClient && (fromWarehouseId === undefined) === (supplierId === undefined))
    throw invalid('fromWarehouseId', 'is required, or supplierId: where do the goods come from?')
  if (fromWarehouseId === wanted.warehouseId) throw invalid('fromWarehouseId', 'is where they are to go')
  const ownerId = isClient ? tx.who.partyId! : await ownerOf(tx, wanted.ownerId)
  return await addTransfer(tx, {
    ...wanted,
    ownerId,
    origin: isClient ? 'client' : fromWarehouseId ? 'warehouse' : 'supplier',
    state: wanted.draft ? 'draft' : 'to_ship',
    unannounced: false,
  })
}

/** Whose goods: the house's own unless said. */
async function ownerOf(tx: Tx, wanted: string | undefined): Promise<string> {
  const owner = await tx.first(sql<{ id: string }>`
    select id from transfers.owners() where case when ${wanted ?? null}::uuid is null then kind = 'self' else id = ${wanted ?? null}::uuid end`)
  if (!owner) throw invalid('ownerId', 'is not somebody whose goods you may move')
  return owner.id
}

/** Adds a transfer that is thought through but for what its ids and SKUs mean. @throws Problem invalid_request, by field */
export async function addTransfer(
  tx: Tx,
  wanted: NewTransfer & { ownerId: string; origin: string; state: string; unannounced: boolean },
): Promise<string> {
  const reachable = await tx.rows(sql<{ id: string }>`select id from transfers.destinations()`)
  for (const field of ['warehouseId', 'fromWarehouseId'] as const)
    if (wanted[field] !== undefined && !reachable.some(({ id }) => id === wanted[field]))
      throw invalid(field, 'is not one of your warehouses')
  const { lines, ...transfer } = { ...wanted, id: uuidv7(), note: wanted.note?.trim() ?? '' }
  const goods = await goodsOf(tx, wanted.ownerId, lines)
  const added = await tx.first(sql<{ number: string | null }>`
    select transfers.add_transfer(${json(transfer)}, ${json(goods)}) as number`)
  if (!added?.number) throw invalid(wanted.supplierId ? 'supplierId' : 'ownerId', 'is not one of yours')
  const { origin, ownerId, warehouseId, unannounced } = transfer
  await audit(
    tx,
    unannounced ? 'transfer.taken-in' : 'transfer.created',
    { kind: 'transfer', id: transfer.id },
    { number: added.number, origin, ownerId, warehouseId, lines },
  )
  return transfer.id
}

/** The products that lines name by SKU. @throws Problem invalid_request for each line that names none of this owner */
export async function goodsOf(tx: Tx, ownerId: string, lines: readonly { sku: string; quantity: number }[]) {
  const found = await tx.rows(sql<{ id: string; sku: string }>`
    select id, sku from transfers.goods(${ownerId}, ${texts(lines.map(({ sku }) => sku.trim()))})`)
  const bySku = new Map(found.map(({ id, sku }) => [sku, id]))
  const seen = new Set<string>()
  const errors = lines.flatMap(({ sku }, index) => {
    const field = `lines.${index}.sku`
    const name = sku.trim()
    if (!bySku.has(name)) return [{ field, message: 'is not a product of this owner' }]
    if (seen.has(name)) return [{ field, message: 'stands here twice' }]
    seen.add(name)
    return []
  })
  if (errors.length > 0) throw new Problem('invalid_request', undefined, { errors })
  return lines.map(({ sku, quantity }) => ({ productId: bySku.get(sku.trim())!, quantity }))
}
