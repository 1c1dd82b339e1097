import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { type OrdersSearch, orderFilter } from './search.ts'

export type OrderRow = ResponseOf<'GET /orders'>['items'][number]

/** The orders a filter matches, page after page, and how many there are. What is on screen stays until the new is there. */
export function useOrders(search: OrdersSearch) {
  const filter = orderFilter(search)
  const sort = search.sort ?? '-placed'
  const pages = useInfiniteQuery({
    queryKey: ['orders', 'list', filter, sort],
    queryFn: ({ pageParam, signal }) =>
      api('GET /orders', { query: { ...filter, sort, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  const count = useQuery({
    queryKey: ['orders', 'count', filter],
    queryFn: ({ signal }) => api('GET /orders/count', { query: filter, signal }),
    placeholderData: keepPreviousData,
  })
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data])
  return { pages, rows, count: count.data }
}
