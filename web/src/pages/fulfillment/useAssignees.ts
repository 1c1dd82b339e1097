import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'
import { useMe } from '../../me.ts'
import { toast } from '../../ui/toast.ts'

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

type Handed = ResponseOf<'POST /queue/hand'>

/** Gives parts of orders to a person, or takes them back from whoever has them. */
export function useHand() {
  const isSupplier = useMe().audience === 'supplier'
  return (ids: string[], memberId: string | null): Promise<Handed> =>
    isSupplier
      ? api('POST /queue/hand', { body: { ids, memberId } })
      : api('POST /fulfillment-orders/hand', { body: { ids, memberId } })
}

/** Says that parts were given, with the way back to whoever had each. */
export function useSayHanded(refresh: () => Promise<unknown>) {
  const { t } = useLingui()
  const hand = useHand()
  return (message: string, { before }: Handed) => {
    const undo = async () => {
      try {
        for (const memberId of new Set(before.map((one) => one.memberId)))
          await hand(
            before.filter((one) => one.memberId === memberId).map(({ id }) => id),
            memberId,
          )
        toast.done(t`Undone: everybody has again what he had.`)
      } catch (problem) {
        toast.problem(problem)
      }
      await refresh()
    }
    toast.undoable(message, () => void undo())
  }
}
