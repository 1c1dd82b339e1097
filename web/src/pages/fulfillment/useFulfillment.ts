import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'

export type Fulfillment = ResponseOf<'GET /orders/:id/fulfillment-orders'>
export type FulfillmentOrder = Fulfillment['items'][number]

/** Who ships what of an order. It stands under ['orders'], so that what changes orders refreshes it too. */
export const fulfillmentQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['orders', 'fulfillment', orderId],
    queryFn: ({ signal }) => api('GET /orders/:id/fulfillment-orders', { params: { id: orderId }, signal }),
  })

export function useRefreshOrders() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['orders'] })
}
