import { useQueryClient } from '@tanstack/react-query'
import { toast } from '../../ui/toast.ts'

/** Does something to an order, shows every list and page of orders anew and says what was done. */
export function useChangeOrder() {
  const client = useQueryClient()
  return async (change: Promise<unknown>, done?: string) => {
    await change
    await client.invalidateQueries({ queryKey: ['orders'] })
    if (done) toast.done(done)
  }
}
