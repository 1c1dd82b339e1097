import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api } from '../../api.ts'
import { OrderCount } from '../../components/CountText.tsx'
import { useCan, useMe } from '../../me.ts'
import { paths } from '../../paths.ts'
import { SelectionBar } from '../../ui/filter/SelectionBar.tsx'
import { ColumnMenu } from '../../ui/grid/ColumnMenu.tsx'
import { DataGrid } from '../../ui/grid/DataGrid.tsx'
import { useGrid } from '../../ui/grid/useGrid.ts'
import { useSelection } from '../../ui/grid/useSelection.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState } from '../../ui/states.tsx'
import { AssignOrders } from '../fulfillment/AssignOrders.tsx'
import { AveragesCard } from '../fulfillment/AveragesCard.tsx'
import { EnterTracking } from '../fulfillment/EnterTracking.tsx'
import { HandOrders } from '../fulfillment/HandOrders.tsx'
import { ExportButton } from './ExportButton.tsx'
import { IssueKinds } from './IssueKinds.tsx'
import { OrderFilters } from './OrderFilters.tsx'
import { OrderPanel } from './OrderPanel.tsx'
import { OrdersTabs } from './OrdersTabs.tsx'
import { type OrdersSearch, orderFilter } from './search.ts'
import { useOrderColumns } from './useOrderColumns.tsx'
import { type OrderRow, useOrders } from './useOrders.ts'

const route = getRouteApi('/in/orders')
const idOf = (row: OrderRow) => row.id

export default function OrdersPage() {
  const { t } = useLingui()
  const can = useCan()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const go = (change: OrdersSearch) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const { pages, rows, count } = useOrders(search)
  const columns = useOrderColumns()
  const grid = useGrid({ name: `orders.${useMe().user.id}`, columns, rows, rowId: idOf })
  // What is done to many at once: who may do none of it chooses nothing.
  const assigns = can('fulfillment:assign') && can('orders:bulk')
  const selection = useSelection(useMemo(() => rows.map(idOf), [rows]))
  /** An order number typed in full and Enter: that order. */
  const openExact = async (q: string) => {
    const { items } = await api('GET /orders', { query: { q, limit: 10 } }).catch(() => ({ items: [] }))
    const exact = items.filter((row) => row.number.toLocaleLowerCase() === q.toLocaleLowerCase())
    if (exact.length === 1) go({ open: exact[0]!.id })
  }
  const filtered = Object.keys(search).some((name) => name !== 'sort' && name !== 'open' && search[name as 'q'])
  const open = rows.find((row) => row.id === search.open)
  return (
    <ListPage
      panel={
        search.open && <OrderPanel id={search.open} number={open?.number} onClose={() => go({ open: undefined })} />
      }
    >
      <PageHeader
        title={t`Orders`}
        explanation={t`Every order of your channels, with what is left to do.`}
        action={
          <>
            {can('fulfillment:ship') && can('orders:bulk') && <EnterTracking />}
            {can('orders:export') && <ExportButton search={search} />}
          </>
        }
      />
      <OrdersTabs on={search.issue ? 'issues' : 'all'} />
      {search.issue ? (
        <IssueKinds kind={search.issue} onChoose={(issue) => go({ issue, open: undefined })} />
      ) : (
        can('shipping-costs:averages') && <AveragesCard />
      )}
      {selection.ids.size > 0 ? (
        <SelectionBar count={selection.ids.size} onClear={selection.clear}>
          <AssignOrders orderIds={[...selection.ids]} onDone={selection.clear} />
          <HandOrders orderIds={[...selection.ids]} onDone={selection.clear} />
        </SelectionBar>
      ) : (
        <OrderFilters
          search={search}
          onChange={go}
          onExact={(q) => void openExact(q)}
          count={count && <OrderCount {...count} />}
          end={<ColumnMenu grid={grid} />}
        />
      )}
      {pages.isError && !pages.data ? (
        <ProblemState problem={pages.error} onRetry={() => void pages.refetch()} />
      ) : (
        <DataGrid
          grid={grid}
          label={t`Orders`}
          rowLabel={(row) => t`order ${row.number}`}
          {...(assigns ? { selection } : {})}
          sort={{ column: 'placed', down: search.sort !== 'placed' }}
          onSort={({ down }) => go({ sort: down ? undefined : 'placed' })}
          openId={search.open}
          filterKey={JSON.stringify(orderFilter(search))}
          onOpen={(row, wholePage) =>
            wholePage ? void navigate(paths.order(row.id)) : go({ open: row.id === search.open ? undefined : row.id })
          }
          total={count && !count.capped ? count.value : undefined}
          loading={pages.isPending}
          refreshing={pages.isFetching && !pages.isPending}
          onEndReached={pages.hasNextPage && !pages.isFetching ? () => void pages.fetchNextPage() : undefined}
          empty={filtered ? <NothingMatches /> : <NoOrders />}
        />
      )}
    </ListPage>
  )
}

function NothingMatches() {
  const { t } = useLingui()
  const navigate = route.useNavigate()
  return (
    <Empty
      icon="search"
      title={t`No order matches`}
      action={
        <Button variant="default" onClick={() => void navigate({ search: {} })}>
          {t`Clear search and filters`}
        </Button>
      }
    >{t`Check the spelling, or take a filter away.`}</Empty>
  )
}

function NoOrders() {
  const { t } = useLingui()
  const can = useCan()
  const bring = (
    <Button component={Link} {...(paths.imports() as object)}>
      {t`Import a file`}
    </Button>
  )
  return (
    <Empty
      title={t`No orders yet`}
      action={can('orders:import') && bring}
    >{t`Orders appear here as soon as a file is imported or a shop is connected.`}</Empty>
  )
}
