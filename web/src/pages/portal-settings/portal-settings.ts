import { queryOptions } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'

export type Address = ResponseOf<'GET /portal-address'>
export type Brand = ResponseOf<'GET /portal-brand'>
export type PictureKind = keyof Brand['images']

export const addressQuery = queryOptions({
  queryKey: ['portal-address'],
  queryFn: ({ signal }) => api('GET /portal-address', { signal }),
})
export const brandQuery = queryOptions({
  queryKey: ['portal-brand'],
  queryFn: ({ signal }) => api('GET /portal-brand', { signal }),
})
