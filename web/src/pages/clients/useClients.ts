import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'

export type Client = ResponseOf<'GET /clients/:id'>
type People = ResponseOf<'GET /clients/:id/users'>
export type PortalUser = People['users'][number]
export type ClientInvitation = People['invitations'][number]
export type UserRequest = ResponseOf<'GET /clients/:id/user-requests'>['items'][number]

export const clientsQuery = (archived: boolean) =>
  queryOptions({
    queryKey: ['clients', 'list', archived],
    queryFn: async ({ signal }) => (await api('GET /clients', { query: { archived }, signal })).items,
  })

export const clientQuery = (id: string) =>
  queryOptions({
    queryKey: ['clients', id],
    queryFn: ({ signal }) => api('GET /clients/:id', { params: { id }, signal }),
  })

export const peopleQuery = (id: string) =>
  queryOptions({
    queryKey: ['clients', id, 'people'],
    queryFn: ({ signal }) => api('GET /clients/:id/users', { params: { id }, signal }),
  })

export const choicesQuery = (id: string) =>
  queryOptions({
    queryKey: ['clients', id, 'choices'],
    queryFn: ({ signal }) => api('GET /clients/:id/choices', { params: { id }, signal }),
  })

export const userRequestsQuery = (id: string) =>
  queryOptions({
    queryKey: ['clients', id, 'requests'],
    queryFn: async ({ signal }) => (await api('GET /clients/:id/user-requests', { params: { id }, signal })).items,
  })

export const colleaguesQuery = queryOptions({
  queryKey: ['colleagues'],
  queryFn: ({ signal }) => api('GET /portal/user-requests', { signal }),
})

/** After something was done to a client or its people: all of it is asked for again, and what waits in the outbox too. */
export function useClientsChanged() {
  const client = useQueryClient()
  return () =>
    Promise.all([['clients'], ['people'], ['outbox']].map((queryKey) => client.invalidateQueries({ queryKey })))
}
