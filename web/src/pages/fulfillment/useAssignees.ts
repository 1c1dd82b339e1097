import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { useMe } from '../../me.ts'

/** The people to whom the reader may give parts of orders: a supplier his colleagues, the house everybody who fulfills. */
export function useAssignees(enabled = true) {
  const isSupplier = useMe().audience === 'supplier'
  return useQuery({
    queryKey: ['assignees', isSupplier],
    queryFn: ({ signal }) =>
      isSupplier ? api('GET /queue/assignees', { signal }) : api('GET /fulfillment-orders/assignees', { signal }),
    enabled,
  })
}

/** Gives parts of orders to a person, or takes them back from whoever has them. */
export function useHand() {
  const isSupplier = useMe().audience === 'supplier'
  return (ids: string[], memberId: string | null) =>
    isSupplier
      ? api('POST /queue/hand', { body: { ids, memberId } })
      : api('POST /fulfillment-orders/hand', { body: { ids, memberId } })
}
