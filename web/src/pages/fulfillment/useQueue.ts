import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'
import { oneOf } from '../../search.ts'

export type QueueItem = ResponseOf<'GET /queue/:id'>
export type QueueCounts = ResponseOf<'GET /queue/counts'>
export type QueueView = keyof QueueCounts
export type QueueSearch = { view?: QueueView; q?: string; mine?: true }

const views: readonly QueueView[] = ['to_answer', 'to_ship', 'shipped', 'all']

export const readQueueSearch = (search: Record<string, unknown>): QueueSearch => ({
  view: views.find((view) => view === search.view),
  q: oneOf(search.q),
  mine: String(search.mine) === 'true' ? true : undefined,
})

/** How many stand in each view; refreshed every minute, since offers arrive by themselves. */
export const useQueueCounts = () =>
  useQuery({
    queryKey: ['queue', 'counts'],
    queryFn: ({ signal }) => api('GET /queue/counts', { signal }),
    refetchInterval: 60_000,
  })

/** A view of the queue, page after page. What is on screen stays until the new is there. */
export function useQueue({ view, q, mine }: { view: QueueView | undefined; q?: string; mine?: true }) {
  return useInfiniteQuery({
    enabled: view !== undefined,
    queryKey: ['queue', 'list', view, q, mine],
    queryFn: ({ pageParam, signal }) =>
      api('GET /queue', { query: { view, q, mine, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
}

export function useRefreshQueue() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['queue'] })
}
