import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'

export type Provider = ResponseOf<'GET /sign-in-providers'>['items'][number]

export const providersQuery = queryOptions({
  queryKey: ['sign-in-providers'],
  queryFn: ({ signal }) => api('GET /sign-in-providers', { signal }),
})

export function useProvidersChanged() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: providersQuery.queryKey })
}
