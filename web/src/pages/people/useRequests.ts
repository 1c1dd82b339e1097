import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'
import { useCan } from '../../me.ts'

export type AccessRequest = ResponseOf<'GET /access-requests'>['items'][number]

export const requestsQuery = queryOptions({
  queryKey: ['people', 'requests'],
  queryFn: ({ signal }) => api('GET /access-requests', { signal }),
  staleTime: 60_000,
})

export const myRequestsQuery = queryOptions({
  queryKey: ['my-requests'],
  queryFn: ({ signal }) => api('GET /access-requests/mine', { signal }),
})

/** How many requests wait for an answer, for who gives it; 0 for everybody else. */
export function useOpenRequests(): number {
  const may = useCan()('users:manage')
  return useQuery({ ...requestsQuery, enabled: may }).data?.open ?? 0
}
