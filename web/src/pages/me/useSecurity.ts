import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api.ts'

/** How I prove who I am, and how to look again after a change. */
export function useSecurity() {
  const client = useQueryClient()
  const query = useQuery({ queryKey: ['me', 'security'], queryFn: ({ signal }) => api('GET /me/security', { signal }) })
  return { query, changed: () => client.invalidateQueries({ queryKey: ['me'] }) }
}
