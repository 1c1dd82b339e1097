import type { Input } from '../../api.ts'
import { orderStatuses } from '../../components/statuses.ts'
import { listOf, oneOf } from '../../search.ts'

/** What the address of the order list says: filter, order and the order that is open beside it. */
export type OrdersSearch = {
  q?: string
  status?: (keyof typeof orderStatuses)[]
  issue?: string
  /** Only orders of which the reader has a part to fulfill. */
  assignedToMe?: true
  tag?: string
  productTag?: string
  /** Left out: on any line. */
  productTagLines?: 'all' | 'none'
  /** What a client's dashboard counts. */
  only?: 'waiting' | 'shipped_lately' | 'unread'
  placedFrom?: string
  placedTo?: string
  sort?: 'placed'
  open?: string
}

const isStatus = (word: string): word is keyof typeof orderStatuses => word in orderStatuses
export const linesOf = (word: string | undefined) => (word === 'all' || word === 'none' ? word : undefined)
const day = (value: unknown) => oneOf(value)?.match(/^\d{4}-\d{2}-\d{2}$/)?.[0]

export function readOrdersSearch(search: Record<string, unknown>): OrdersSearch {
  const status = listOf(search.status)?.filter(isStatus)
  return {
    q: oneOf(search.q),
    status: status?.length ? status : undefined,
    issue: oneOf(search.issue),
    assignedToMe: String(search.assignedToMe) === 'true' ? true : undefined,
    tag: oneOf(search.tag),
    productTag: oneOf(search.productTag),
    productTagLines: search.productTag ? linesOf(oneOf(search.productTagLines)) : undefined,
    placedFrom: day(search.placedFrom),
    placedTo: day(search.placedTo),
    sort: search.sort === 'placed' ? 'placed' : undefined,
    open: oneOf(search.open),
  }
}

/** The filter as the server takes it; the same for list, count and export. */
export function orderFilter({
  sort: _,
  open: __,
  ...filter
}: OrdersSearch): NonNullable<Input<'GET /orders/count'>['query']> {
  return filter as NonNullable<Input<'GET /orders/count'>['query']>
}
