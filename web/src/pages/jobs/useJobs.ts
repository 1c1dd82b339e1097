import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, type ResponseOf } from '../../api.ts'

export type Job = ResponseOf<'GET /jobs'>['items'][number]
export type JobState = Job['state']

/** Whether it may still change by itself. */
export const isUnderWay = ({ state }: Job) => state === 'queued' || state === 'running'

/** The jobs in a state, or in all, with or without what is routine, page after page; asked again every other second while one of them is under way. */
export function useJobs(state: JobState | undefined, routine: true | undefined) {
  const pages = useInfiniteQuery({
    queryKey: ['jobs', 'list', state, routine],
    queryFn: ({ pageParam, signal }) =>
      api('GET /jobs', { query: { state, routine, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (data?.pages.some(({ items }) => items.some(isUnderWay)) ? 2_000 : false),
  })
  const rows = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data])
  return { pages, rows }
}
