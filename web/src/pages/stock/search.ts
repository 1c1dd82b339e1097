import { listOf, oneOf } from '../../search.ts'
import type { Movement } from './useStock.ts'
import { movementWords } from './words.ts'

/** What the address of the stock list says; `open` is a product. */
export type StockSearch = {
  q?: string
  warehouseId?: string
  clientId?: string
  only?: 'low' | 'backordered'
  open?: string
}

export const readStockSearch = (search: Record<string, unknown>): StockSearch => {
  const only = oneOf(search.only)
  return {
    q: oneOf(search.q),
    warehouseId: oneOf(search.warehouseId),
    clientId: oneOf(search.clientId),
    only: only === 'low' || only === 'backordered' ? only : undefined,
    open: oneOf(search.open),
  }
}

/** What the address of the ledger says. */
export type LedgerSearch = {
  q?: string
  warehouseId?: string
  kind?: Movement['kind'][]
  since?: string
  until?: string
  document?: string
  actor?: string
}

const isKind = (word: string): word is Movement['kind'] => word in movementWords
const day = (value: unknown) => oneOf(value)?.match(/^\d{4}-\d{2}-\d{2}$/)?.[0]

export const readLedgerSearch = (search: Record<string, unknown>): LedgerSearch => {
  const kind = listOf(search.kind)?.filter(isKind)
  return {
    q: oneOf(search.q),
    warehouseId: oneOf(search.warehouseId),
    kind: kind?.length ? kind : undefined,
    since: day(search.since),
    until: day(search.until),
    document: oneOf(search.document),
    actor: oneOf(search.actor),
  }
}
