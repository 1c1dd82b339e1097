import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'

/** The providers by which people of an account, or of a domain, sign in; none until they are known. */
export function useProviders(of: { accountId: string } | { domain: string } | null) {
  const offered = useQuery({
    queryKey: ['providers', of],
    queryFn: ({ signal }) => api('GET /session/providers', { query: of ?? {}, signal }),
    enabled: of !== null,
    staleTime: 60_000,
    retry: false,
  })
  return offered.data?.items ?? []
}
