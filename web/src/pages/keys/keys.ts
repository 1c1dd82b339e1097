import { msg } from '@lingui/core/macro'
import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'
import type { StatusLook } from '../../components/statuses.ts'

export type Key = ResponseOf<'GET /keys'>['items'][number]
export type NewSecret = ResponseOf<'POST /keys'>

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => api('GET /keys', { signal }),
})

export function useKeysChanged() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: keysQuery.queryKey })
}

export const keyStates: Record<Key['state'], StatusLook> = {
  active: { hue: 'green', word: msg({ message: 'Active', context: 'an API key' }) },
  orphaned: { hue: 'amber', word: msg`Asleep: its maker left` },
  expired: { hue: 'amber', fill: 'hollow', word: msg({ message: 'Expired', context: 'an API key' }) },
  revoked: { hue: 'grey', fill: 'hollow', word: msg({ message: 'Revoked', context: 'an API key' }) },
}

/** One network a line, as they are typed; nothing is anywhere. */
export const toNetworks = (text: string) => {
  const networks = text.split(/[\s,;]+/).filter(Boolean)
  return networks.length > 0 ? networks : null
}
