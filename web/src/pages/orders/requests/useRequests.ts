import { queryOptions } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../../api.ts'

export type Request = ResponseOf<'GET /orders/requests'>['items'][number]
export type RequestView = 'open' | 'mine' | 'all'

export const requestsQuery = (view: RequestView) =>
  queryOptions({
    queryKey: ['orders', 'requests', view],
    queryFn: ({ signal }) =>
      api('GET /orders/requests', {
        query: { limit: 100, state: view === 'open' ? 'open' : 'all', ...(view === 'mine' ? { mine: true } : {}) },
        signal,
      }),
  })
export const requestsOfOrderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['orders', 'requests', 'of', orderId],
    queryFn: ({ signal }) => api('GET /orders/requests', { query: { state: 'all', orderId, limit: 20 }, signal }),
  })
export const requestCountsQuery = queryOptions({
  queryKey: ['orders', 'requests', 'counts'],
  queryFn: ({ signal }) => api('GET /orders/requests/counts', { signal }),
})
