import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { api, apiUrl } from '../../api.ts'
import { useCan, useMe } from '../../me.ts'
import { paths } from '../../paths.ts'
import { FilterBar, type FilterField } from '../../ui/filter/FilterBar.tsx'
import { useNarrow } from '../../ui/grid/Cards.tsx'
import { ColumnMenu } from '../../ui/grid/ColumnMenu.tsx'
import { DataGrid } from '../../ui/grid/DataGrid.tsx'
import { useGrid } from '../../ui/grid/useGrid.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState } from '../../ui/states.tsx'
import { AdjustDialog } from './AdjustDialog.tsx'
import { StockCard } from './StockCard.tsx'
import { StockPanel } from './StockPanel.tsx'
import type { StockSearch } from './search.ts'
import { type Level, useStock, warehousesQuery } from './useStock.ts'
import { useStockColumns } from './useStockColumns.tsx'
import { WaitingCounts } from './WaitingCounts.tsx'

const idOf = ({ product, warehouse }: Level) => `${product.id} ${warehouse.id}`

/** Stock of each product in each warehouse; for a client his own goods, to read. */
export default function StockPage() {
  const { t, i18n } = useLingui()
  const can = useCan()
  const me = useMe()
  const search = useSearch({ strict: false }) as StockSearch
  const navigate = useNavigate()
  const go = (change: StockSearch) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...change }), replace: true } as never)
  const { pages, rows } = useStock(search)
  const grid = useGrid({ name: `stock.${me.user.id}`, columns: useStockColumns(), rows, rowId: idOf })
  const narrow = useNarrow()
  const [adding, setAdding] = useState(false)
  const clear = () => go({ q: undefined, warehouseId: undefined, clientId: undefined, only: undefined })
  const filtered = Boolean(search.q || search.warehouseId || search.clientId || search.only)
  const open = search.open && <StockPanel key={search.open} id={search.open} onClose={() => go({ open: undefined })} />
  return (
    <ListPage panel={open}>
      <PageHeader
        title={t`Stock`}
        explanation={
          me.audience === 'staff'
            ? t`What lies in each warehouse, what of it is kept for orders, and what is on its way.`
            : t`Your goods in each warehouse. To add to them, send a stock transfer.`
        }
        action={
          <>
            {!me.viewing && (
              <Button
                variant="default"
                component="a"
                href={apiUrl('GET /stock/export', { query: { language: i18n.locale === 'fr' ? 'fr' : 'en' } })}
                download
              >{t`Download as CSV`}</Button>
            )}
            <Button
              variant="default"
              renderRoot={(props) => <Link {...paths.ledger()} {...props} />}
            >{t`Ledger`}</Button>
            {can('warehouses:edit') && (
              <Button variant="default" component={Link} {...(paths.warehouses() as object)}>{t`Warehouses`}</Button>
            )}
            {can('stock:adjust') && <Button onClick={() => setAdding(true)}>{t`Adjust stock`}</Button>}
          </>
        }
      />
      {can('stock:count') && <WaitingCounts />}
      <FilterBar
        search={{ label: t`SKU or name`, value: search.q ?? '', onSearch: (q) => go({ q: q || undefined }) }}
        fields={useFilters()}
        values={{
          warehouseId: search.warehouseId ? [search.warehouseId] : undefined,
          clientId: search.clientId ? [search.clientId] : undefined,
          only: search.only ? [search.only] : undefined,
        }}
        onChange={(id, values) => go({ [id]: values?.[0] || undefined })}
        onClear={clear}
        end={!narrow && <ColumnMenu grid={grid} />}
      />
      {pages.isError && !pages.data ? (
        <ProblemState problem={pages.error} onRetry={() => void pages.refetch()} />
      ) : (
        <DataGrid
          grid={grid}
          label={t`Stock`}
          card={(level) => <StockCard level={level} onOpen={() => go({ open: level.product.id })} />}
          rowLabel={({ product, warehouse }) => t`${product.sku} in ${warehouse.name}`}
          openId={openRow(rows, search.open)}
          onOpen={({ product }) => go({ open: product.id === search.open ? undefined : product.id })}
          filterKey={JSON.stringify([search.q, search.warehouseId, search.clientId, search.only])}
          loading={pages.isPending}
          refreshing={pages.isFetching && !pages.isPending}
          onEndReached={pages.hasNextPage && !pages.isFetching ? () => void pages.fetchNextPage() : undefined}
          empty={
            filtered ? (
              <Empty
                icon="search"
                title={t`No stock matches`}
                action={<Button variant="default" onClick={clear}>{t`Clear search and filters`}</Button>}
              >{t`Check the spelling, or take the filter away.`}</Empty>
            ) : me.audience === 'staff' ? (
              <Empty
                icon="stock"
                title={t`No stock yet`}
              >{t`Stock begins with the first adjustment, count or received transfer of a product. Until then its orders are neither kept nor made to wait.`}</Empty>
            ) : (
              <Empty
                icon="stock"
                title={t`No stock yet`}
              >{t`Your goods appear here once they have been received.`}</Empty>
            )
          }
        />
      )}
      {adding && <AdjustDialog onClose={() => setAdding(false)} />}
    </ListPage>
  )
}

const openRow = (rows: Level[], productId: string | undefined) => {
  const row = rows.find(({ product }) => product.id === productId)
  return row && idOf(row)
}

/** A client has no clients to filter by. */
function useFilters(): FilterField[] {
  const { t } = useLingui()
  const can = useCan()
  const staff = useMe().audience === 'staff'
  const warehouses = useQuery(warehousesQuery())
  const clients = useQuery({
    queryKey: ['stock', 'clients'],
    queryFn: async ({ signal }) => (await api('GET /clients', { query: {}, signal })).items,
    enabled: staff && can('clients:read'),
  })
  const options = (list: { id: string; name: string }[] = []) =>
    list.map(({ id, name }) => ({ value: id, label: name }))
  const backordered = { value: 'backordered', label: t({ message: 'Backordered', context: 'a figure of stock' }) }
  const fields: (FilterField | false)[] = [
    { id: 'warehouseId', label: t`Warehouse`, kind: 'options', single: true, options: options(warehouses.data) },
    staff &&
      can('clients:read') && {
        id: 'clientId',
        label: t`Client`,
        kind: 'options',
        single: true,
        options: options(clients.data),
      },
    {
      id: 'only',
      label: t`Only`,
      kind: 'options',
      single: true,
      options: [{ value: 'low', label: t`Low` }, backordered],
    },
  ]
  return fields.filter((field) => field !== false)
}
