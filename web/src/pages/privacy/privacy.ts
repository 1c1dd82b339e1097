import { queryOptions } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'

export type Found = ResponseOf<'POST /privacy/find'>['items'][number]
export type RetentionRule = ResponseOf<'GET /privacy/retention'>['items'][number]

export const retentionQuery = queryOptions({
  queryKey: ['privacy', 'retention'],
  queryFn: ({ signal }) => api('GET /privacy/retention', { signal }),
})
export const erasuresQuery = queryOptions({
  queryKey: ['privacy', 'erasures'],
  queryFn: ({ signal }) => api('GET /privacy/erasures', { signal }),
})

/** Whether an order has left, so that its buyer can be erased now. */
export const hasLeft = ({ status }: Found) => status === 'shipped' || status === 'cancelled'
