import { queryOptions } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'

export type OutboxMail = ResponseOf<'GET /outbox'>['items'][number]

/** What is owed to the outside; asked again every few seconds while something is on its way. */
export const outboxQuery = queryOptions({
  queryKey: ['outbox'],
  queryFn: ({ signal }) => api('GET /outbox', { signal }),
  refetchInterval: ({ state: { data } }) =>
    data?.smtp && data.items.some(({ state }) => state === 'pending' || state === 'sending') ? 3_000 : false,
})
