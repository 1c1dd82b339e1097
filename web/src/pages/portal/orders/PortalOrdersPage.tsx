import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { OrderCount } from '../../../components/CountText.tsx'
import { orderStatuses } from '../../../components/statuses.ts'
import { useCan } from '../../../me.ts'
import { FilterBar, type FilterField } from '../../../ui/filter/FilterBar.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { Empty, ProblemState, Skeleton } from '../../../ui/states.tsx'
import { ExportButton } from '../../orders/ExportButton.tsx'
import { PortalOrderRow } from './PortalOrderRow.tsx'
import classes from './PortalOrders.module.css'
import { type PortalFilter, usePortalOrders } from './usePortalOrders.ts'

const route = getRouteApi('/in/orders')

/** A client's orders: how each stands, where it is, and what is new to read. */
export default function PortalOrdersPage() {
  const { t, i18n } = useLingui()
  const can = useCan()
  const { q, status, tag, only } = route.useSearch()
  const search = { q, status, tag, only }
  const navigate = route.useNavigate()
  const go = (change: PortalFilter) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const { pages, rows, count } = usePortalOrders(search)
  const fields: FilterField[] = [
    {
      id: 'status',
      label: t`Status`,
      kind: 'options',
      options: Object.entries(orderStatuses).map(([value, { word }]) => ({ value, label: i18n._(word) })),
    },
    { id: 'tag', label: t`Tag`, kind: 'text' },
    {
      id: 'only',
      label: t`Only`,
      kind: 'options',
      single: true,
      options: [
        { value: 'waiting', label: t`Waiting for stock` },
        { value: 'shipped_lately', label: t`Shipped in 7 days` },
        ...(can('orders:comment') ? [{ value: 'unread', label: t`With comments to read` }] : []),
      ],
    },
  ]
  const none = { status: undefined, tag: undefined, only: undefined }
  const clear = () => go({ q: undefined, ...none })
  return (
    <>
      <PageHeader
        title={t`Orders`}
        explanation={t`How your orders stand, and where they are.`}
        action={can('orders:export') && <ExportButton search={search} />}
      />
      <FilterBar
        search={{
          label: t`Number, name, SKU or tracking`,
          value: search.q ?? '',
          onSearch: (q) => go({ q: q || undefined }),
        }}
        fields={fields}
        values={{ status, tag: tag ? [tag] : undefined, only: only ? [only] : undefined }}
        onChange={(id, values) =>
          go(id === 'status' ? { status: values as PortalFilter['status'] } : { [id]: values?.[0] || undefined })
        }
        onClear={() => go(none)}
        count={count && <OrderCount {...count} />}
      />
      {pages.isError && !pages.data ? (
        <ProblemState problem={pages.error} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <div className={classes.list}>
          <Skeleton lines={8} />
        </div>
      ) : rows.length === 0 ? (
        <NoOrders onClear={q || status || tag || only ? clear : undefined} />
      ) : (
        <ul className={classes.list} aria-label={t`Orders`} aria-busy={pages.isFetching}>
          {rows.map((row) => (
            <PortalOrderRow key={row.id} row={row} />
          ))}
        </ul>
      )}
      {pages.hasNextPage && (
        <div className={classes.more}>
          <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t`Show more`}
          </Button>
        </div>
      )}
    </>
  )
}

function NoOrders({ onClear }: { onClear: (() => void) | undefined }) {
  const { t } = useLingui()
  if (!onClear) return <Empty title={t`No orders yet`}>{t`New orders of your stores appear here by themselves.`}</Empty>
  return (
    <Empty
      icon="search"
      title={t`No order matches`}
      action={<Button variant="default" onClick={onClear}>{t`Clear search and filters`}</Button>}
    >{t`Check the spelling, or take a filter away.`}</Empty>
  )
}
