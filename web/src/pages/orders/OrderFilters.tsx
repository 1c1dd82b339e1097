import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { orderStatuses } from '../../components/statuses.ts'
import { FilterBar, type FilterField } from '../../ui/filter/FilterBar.tsx'
import { queueWords } from './issues.ts'
import { linesOf, type OrdersSearch } from './search.ts'

type Props = {
  search: OrdersSearch
  onChange: (change: OrdersSearch) => void
  onExact: (words: string) => void
  count: ReactNode
  end: ReactNode
}

const nothing: OrdersSearch = {
  status: undefined,
  issue: undefined,
  assignedToMe: undefined,
  tag: undefined,
  productTag: undefined,
  productTagLines: undefined,
  placedFrom: undefined,
  placedTo: undefined,
}

/** Search and filters of the order list; all of it stands in the address. */
export function OrderFilters({ search, onChange, onExact, count, end }: Props) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const productTags = useQuery({
    queryKey: ['orders', 'product-tags'],
    queryFn: ({ signal }) => api('GET /orders/product-tags', { signal }),
    staleTime: 60_000,
  })
  const statuses = Object.entries(orderStatuses).map(([value, { word }]) => ({ value, label: i18n._(word) }))
  const fields: FilterField[] = [
    { id: 'status', label: t`Status`, kind: 'options', options: statuses },
    {
      id: 'productTag',
      label: t`Product tag`,
      operators: [
        { value: 'any', label: t`on any line is` },
        { value: 'all', label: t`on all lines is` },
        { value: 'none', label: t`on no line is` },
      ],
      kind: 'options',
      single: true,
      options: productTags.data?.items.map((tag) => ({ value: tag, label: tag })) ?? [],
    },
    { id: 'tag', label: t`Order tag`, kind: 'text' },
    {
      id: 'issue',
      label: t`Issue`,
      kind: 'options',
      single: true,
      options: Object.entries(queueWords).map(([value, word]) => ({ value, label: i18n._(word) })),
    },
    {
      id: 'assigned',
      label: t`Assigned to`,
      kind: 'options',
      single: true,
      options: [{ value: 'me', label: t`me` }],
    },
    { id: 'placed', label: t`Ordered`, kind: 'days', show: format.day },
  ]
  const { placedFrom, placedTo } = search
  return (
    <FilterBar
      search={{
        label: t`Number, name, SKU or tracking`,
        value: search.q ?? '',
        onSearch: (q) => onChange({ q: q || undefined }),
        onEnter: onExact,
      }}
      fields={fields}
      values={{
        status: search.status,
        issue: search.issue ? [search.issue] : undefined,
        assigned: search.assignedToMe ? ['me'] : undefined,
        tag: search.tag ? [search.tag] : undefined,
        productTag: search.productTag ? [search.productTag, search.productTagLines ?? 'any'] : undefined,
        placed: placedFrom || placedTo ? [placedFrom ?? '', placedTo ?? ''] : undefined,
      }}
      onChange={(id, values) => {
        if (id === 'status') onChange({ status: values as OrdersSearch['status'] })
        else if (id === 'placed') onChange({ placedFrom: values?.[0] || undefined, placedTo: values?.[1] || undefined })
        else if (id === 'assigned') onChange({ assignedToMe: values?.length ? true : undefined })
        else if (id === 'productTag') onChange({ productTag: values?.[0], productTagLines: linesOf(values?.[1]) })
        else onChange({ [id]: values?.[0] })
      }}
      onClear={() => onChange(nothing)}
      count={count}
      end={end}
    />
  )
}
