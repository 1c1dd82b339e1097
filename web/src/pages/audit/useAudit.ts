import { keepPreviousData, queryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { listOf, oneOf } from '../../search.ts'

export type Entry = ResponseOf<'GET /audit'>['items'][number]
export type Way = Entry['via']
export const ways: Way[] = ['hand', 'rule', 'import', 'key', 'command']

/** What narrows the log, as it stands in the address. */
export interface AuditSearch {
  memberId?: string
  action?: string
  recordId?: string
  via?: Way
  outcome?: 'done' | 'refused'
  days?: string[]
  reads?: 'yes'
  open?: string
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const idOf = (value: unknown) => (uuid.test(oneOf(value) ?? '') ? oneOf(value) : undefined)
const day = /^\d{4}-\d{2}-\d{2}$/

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const outcome = oneOf(search.outcome)
  const [from = '', to = ''] = listOf(search.days) ?? []
  const days = [from, to].map((one) => (day.test(one) ? one : ''))
  return {
    memberId: idOf(search.memberId),
    action: oneOf(search.action),
    recordId: idOf(search.recordId),
    via: ways.find((way) => way === oneOf(search.via)),
    outcome: outcome === 'done' || outcome === 'refused' ? outcome : undefined,
    days: days.some(Boolean) ? days : undefined,
    reads: oneOf(search.reads) === 'yes' ? 'yes' : undefined,
    open: oneOf(search.open),
  }
}

/** The filter as the server takes it. */
export const filterOf = ({ days, reads, open: _open, ...rest }: AuditSearch) => ({
  ...rest,
  from: days?.[0] || undefined,
  to: days?.[1] || undefined,
  reads: reads === 'yes' ? true : undefined,
})

export function useAudit(search: AuditSearch) {
  const filter = filterOf(search)
  const pages = useInfiniteQuery({
    queryKey: ['audit', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      api('GET /audit', { query: { ...filter, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  const rows = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data])
  return { pages, rows }
}

export const sealQuery = queryOptions({
  queryKey: ['audit', 'seal'],
  queryFn: ({ signal }) => api('GET /audit/seal', { signal }),
})

type HistoryKind = 'order' | 'fulfillment_order' | 'product' | 'rule' | 'supplier' | 'member' | 'role'
export const historyQuery = (kind: HistoryKind, id: string) =>
  queryOptions({
    queryKey: ['audit', 'history', kind, id],
    queryFn: ({ signal }) => api('GET /history', { query: { kind, id }, signal }),
  })
