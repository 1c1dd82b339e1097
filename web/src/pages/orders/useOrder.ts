import { queryOptions } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'

export type Order = ResponseOf<'GET /orders/:id'>

/** What the house and a client both have of an order. */
export type SharedOrder = Omit<Order, 'clientTags' | 'issues' | 'timeline' | 'comments'>

/** One order with all that the reader may see of it. After a change: `invalidateQueries({ queryKey: ['orders'] })`. */
export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ['orders', 'one', id],
    queryFn: ({ signal }) => api('GET /orders/:id', { params: { id }, signal }),
  })
