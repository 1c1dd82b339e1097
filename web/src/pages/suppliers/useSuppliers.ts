import { queryOptions } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'

export type Supplier = ResponseOf<'GET /suppliers'>['items'][number]

export const suppliersQuery = (archived: boolean) =>
  queryOptions({
    queryKey: ['suppliers', 'list', archived],
    queryFn: async ({ signal }) => (await api('GET /suppliers', { query: { archived }, signal })).items,
  })

export const proposalQuery = queryOptions({
  queryKey: ['suppliers', 'proposal'],
  queryFn: async ({ signal }) => (await api('GET /suppliers/proposal', { signal })).items,
})
