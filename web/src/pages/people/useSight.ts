import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api.ts'

/** What a user can see, counted under his own rights. */
export const sightQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', 'sight', id],
    queryFn: ({ signal }) => api('GET /members/:id/sight', { params: { id }, signal }),
  })

export const myAccessQuery = queryOptions({
  queryKey: ['my-access'],
  queryFn: ({ signal }) => api('GET /me/access', { signal }),
})
