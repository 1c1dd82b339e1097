import { useQueryClient } from '@tanstack/react-query'
import { leavePlace } from '../../place.ts'

/** Makes room for a person who has just signed in: nothing that the one before him had loaded stays. */
export function useEnter() {
  const client = useQueryClient()
  return () => {
    leavePlace()
    client.clear()
  }
}
