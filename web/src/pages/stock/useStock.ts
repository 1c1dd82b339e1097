import { keepPreviousData, queryOptions, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import type { LedgerSearch, StockSearch } from './search.ts'

export type Level = ResponseOf<'GET /stock'>['items'][number]
export type ProductStock = ResponseOf<'GET /stock/products/:id'>
export type LevelHere = ProductStock['levels'][number]
export type Movement = ResponseOf<'GET /stock/movements'>['items'][number]
export type Count = ResponseOf<'GET /stock/counts'>['items'][number]
export type Warehouse = NonNullable<ResponseOf<'GET /warehouses'>['items'][number]['details']>

/** The levels a filter matches, page after page, by SKU. */
export function useStock({ only, open: _, ...filter }: StockSearch) {
  const query = { ...filter, ...(only ? { [only]: true } : {}), limit: 100 }
  const pages = useInfiniteQuery({
    queryKey: ['stock', 'list', query],
    queryFn: ({ pageParam, signal }) => api('GET /stock', { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data])
  return { pages, rows }
}

export const productStockQuery = (id: string) =>
  queryOptions({
    queryKey: ['stock', 'product', id],
    queryFn: ({ signal }) => api('GET /stock/products/:id', { params: { id }, signal }),
  })

/** The ledger of what a filter matches, the newest first, page after page. */
export function useMovements(filter: LedgerSearch & { productId?: string }, limit: number) {
  const pages = useInfiniteQuery({
    queryKey: ['stock', 'movements', filter],
    queryFn: ({ pageParam, signal }) =>
      api('GET /stock/movements', { query: { ...filter, limit, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data])
  return { pages, rows }
}

export const waitingCountsQuery = queryOptions({
  queryKey: ['stock', 'counts', 'waiting'],
  queryFn: ({ signal }) => api('GET /stock/counts', { query: { state: 'waiting', limit: 100 }, signal }),
})

export const warehousesQuery = (archived = false) =>
  queryOptions({
    queryKey: ['stock', 'warehouses', archived],
    queryFn: async ({ signal }) => (await api('GET /warehouses', { query: { archived }, signal })).items,
  })

/** What moved changes lists, panels and the orders that wait. */
export function useStockChanged() {
  const client = useQueryClient()
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['stock'] }),
      client.invalidateQueries({ queryKey: ['orders'], refetchType: 'none' }),
    ])
}
