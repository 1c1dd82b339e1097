import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../api.ts'

interface Read {
  id: string
  unread?: number
  comments?: { side: 'host' | 'client'; createdAt: string }[]
}

/** Who has an order open has read what the other side wrote there: the lists show it, the page keeps its mark until it is opened anew. */
export function useReadComments({ id, unread, comments }: Read, theirs: 'host' | 'client'): void {
  const client = useQueryClient()
  const until = comments?.findLast(({ side }) => side === theirs)?.createdAt
  useEffect(() => {
    if (!unread || !until) return
    api('POST /orders/:id/comments/read', { params: { id }, body: { until } })
      .then(() =>
        client.invalidateQueries({ queryKey: ['orders'], predicate: ({ queryKey }) => queryKey[1] !== 'one' }),
      )
      // Who only looks, as somebody else, has read nothing.
      .catch(() => {})
  }, [client, id, unread, until])
}
