import { useQueryClient } from '@tanstack/react-query'
import { type Me, meQuery } from '../../me.ts'

/** Takes over a person who has just signed in: nothing that the one before him had loaded stays. */
export function useEnter() {
  const client = useQueryClient()
  return (me: Me) => {
    client.clear()
    client.setQueryData(meQuery.queryKey, me)
  }
}
