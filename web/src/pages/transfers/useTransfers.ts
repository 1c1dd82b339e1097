import { keepPreviousData, queryOptions, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { toast } from '../../ui/toast.ts'
import type { TransfersSearch } from './routes.ts'

export type TransferRow = ResponseOf<'GET /transfers'>['items'][number]
export type Transfer = ResponseOf<'GET /transfers/:id'>
export type TransferState = TransferRow['state']
export type TransferLine = Transfer['lines'][number]

/** The filter as the server takes it; the same for list and export. */
export const transferFilter = ({ q, state, warehouse, portalUser }: TransfersSearch) => ({
  number: q,
  state,
  warehouseId: warehouse,
  portalUser,
})

/** Stock transfers as the address asks for them, page after page. */
export function useTransfers(search: TransfersSearch) {
  const query = transferFilter(search)
  const pages = useInfiniteQuery({
    queryKey: ['transfers', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      api('GET /transfers', { query: { ...query, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  const rows = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data])
  return { pages, rows }
}

export const transferQuery = (id: string) =>
  queryOptions({
    queryKey: ['transfers', 'one', id],
    queryFn: ({ signal }) => api('GET /transfers/:id', { params: { id }, signal }),
  })

/** Where one may send to, whose goods, and which portal users the list can be narrowed to. */
export const choicesQuery = queryOptions({
  queryKey: ['transfers', 'choices'],
  queryFn: ({ signal }) => api('GET /transfers/choices', { signal }),
})

/** Takes a step of a transfer, shows every list and page of transfers anew and says what was done. */
export function useTransferStep() {
  const client = useQueryClient()
  return async <T>(step: Promise<T>, done?: string): Promise<T> => {
    const answer = await step
    await Promise.all([
      client.invalidateQueries({ queryKey: ['transfers'] }),
      client.invalidateQueries({ queryKey: ['stock'] }),
    ])
    if (done) toast.done(done)
    return answer
  }
}
