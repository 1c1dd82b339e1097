import { oneOf } from '../../search.ts'

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
