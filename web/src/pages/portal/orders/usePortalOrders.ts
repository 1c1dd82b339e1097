import { keepPreviousData, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../../api.ts'
import type { OrdersSearch } from '../../orders/search.ts'

/** What narrows a client's list; it stands in the address. */
export type PortalFilter = Pick<OrdersSearch, 'q' | 'status' | 'tag' | 'only'>
export type PortalOrder = ResponseOf<'GET /portal/orders/:id'>
export type PortalOrderRow = ResponseOf<'GET /portal/orders'>['items'][number]

/** A client's orders, page after page, and how many there are; what the host changes shows within the minute. */
export function usePortalOrders(filter: PortalFilter) {
  const pages = useInfiniteQuery({
    queryKey: ['orders', 'portal', filter],
    queryFn: ({ pageParam, signal }) =>
      api('GET /portal/orders', { query: { ...filter, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
  const count = useQuery({
    queryKey: ['orders', 'count', filter],
    queryFn: ({ signal }) => api('GET /orders/count', { query: filter, signal }),
    placeholderData: keepPreviousData,
  })
  return { pages, rows: pages.data?.pages.flatMap((page) => page.items) ?? [], count: count.data }
}

export const portalOrderQuery = (id: string) =>
  queryOptions({
    queryKey: ['orders', 'one', id],
    queryFn: ({ signal }) => api('GET /portal/orders/:id', { params: { id }, signal }),
    refetchInterval: 60_000,
  })
