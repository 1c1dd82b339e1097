import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'
import type { Product } from './useProducts.ts'

type Level = ResponseOf<'GET /stock'>['items'][number]
export interface StockOf {
  warehouses: Level['warehouse'][]
  /** By product and warehouse; what never moved is not there. */
  levels: Map<string, Level>
}
export const levelKey = (productId: string, warehouseId: string) => `${productId} ${warehouseId}`

/** The stock of the products that are shown, in the warehouses the reader may see: both lists go by SKU. */
export function useStockOf(products: Product[], q: string | undefined, enabled: boolean) {
  const lastSku = products.at(-1)?.sku
  return useQuery({
    queryKey: ['stock', 'of-products', q, lastSku],
    enabled: enabled && lastSku !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<StockOf> => {
      const { items: warehouses } = await api('GET /warehouses', { query: {}, signal })
      const levels = new Map<string, Level>()
      for (let cursor: string | undefined; ; ) {
        const page = await api('GET /stock', { query: { q, limit: 200, cursor }, signal })
        for (const level of page.items) levels.set(levelKey(level.product.id, level.warehouse.id), level)
        cursor = page.nextCursor ?? undefined
        if (!cursor || (page.items.at(-1)?.product.sku ?? '') > lastSku!) return { warehouses, levels }
      }
    },
  })
}
