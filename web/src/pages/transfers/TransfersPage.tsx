import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { apiUrl } from '../../api.ts'
import { useCan, useMe } from '../../me.ts'
import { paths } from '../../paths.ts'
import { FilterBar } from '../../ui/filter/FilterBar.tsx'
import { useNarrow } from '../../ui/grid/Cards.tsx'
import { ColumnMenu } from '../../ui/grid/ColumnMenu.tsx'
import { DataGrid } from '../../ui/grid/DataGrid.tsx'
import { useGrid } from '../../ui/grid/useGrid.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState } from '../../ui/states.tsx'
import type { TransfersSearch } from './routes.ts'
import { TakeInForm } from './TakeInForm.tsx'
import { TransferCard } from './TransferCard.tsx'
import { transferStates } from './transfer-words.ts'
import { useTransferColumns } from './useTransferColumns.tsx'
import { choicesQuery, type TransferRow, type TransferState, transferFilter, useTransfers } from './useTransfers.ts'

const route = getRouteApi('/in/transfers')
const idOf = (row: TransferRow) => row.id

export default function TransfersPage() {
  const { t, i18n } = useLingui()
  const can = useCan()
  const me = useMe()
  const isHouse = me.audience === 'staff'
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const go = (change: TransfersSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const { pages, rows } = useTransfers(search)
  const { data: choices } = useQuery(choicesQuery)
  const narrow = useNarrow()
  const [takingIn, setTakingIn] = useState(false)
  const grid = useGrid({ name: `transfers.${me.user.id}`, columns: useTransferColumns(), rows, rowId: idOf })
  const none = { q: undefined, state: undefined, warehouse: undefined, portalUser: undefined }
  const narrowed = Boolean(search.q || search.state || search.warehouse || search.portalUser)
  const create = can('transfers:create') && (
    <Button renderRoot={(props) => <Link {...paths.newTransfer()} {...props} />}>{t`New transfer`}</Button>
  )
  return (
    <ListPage panel={null}>
      <PageHeader
        title={t`Stock transfers`}
        explanation={
          isHouse
            ? t`Goods on their way into your warehouses: announced by clients, from suppliers, or between warehouses.`
            : t`Goods you send to the warehouse. Your stock rises when they have been received.`
        }
        action={
          <>
            {!me.viewing && (
              <Button
                variant="default"
                component="a"
                href={apiUrl('GET /transfers/export', {
                  query: { ...transferFilter(search), language: i18n.locale === 'fr' ? 'fr' : 'en' },
                })}
                download
              >{t`Download as CSV`}</Button>
            )}
            {isHouse && can('transfers:receive') && (
              <Button variant="default" onClick={() => setTakingIn(true)}>{t`Take in unannounced goods`}</Button>
            )}
            {create}
          </>
        }
      />
      <FilterBar
        search={{ label: t`Number`, value: search.q ?? '', onSearch: (q) => go({ q: q || undefined }) }}
        fields={[
          {
            id: 'state',
            label: t`State`,
            kind: 'options',
            options: Object.entries(transferStates).map(([value, { word }]) => ({ value, label: i18n._(word) })),
          },
          {
            id: 'warehouse',
            label: t`Destination`,
            kind: 'options',
            single: true,
            options: choices?.warehouses.map(({ id, name }) => ({ value: id, label: name })) ?? [],
          },
          ...(isHouse
            ? [
                {
                  id: 'portalUser',
                  label: t`Portal user`,
                  kind: 'options' as const,
                  options: [
                    { value: 'none', label: t`None: the house’s own` },
                    ...(choices?.portalUsers ?? []).map(({ id, name, client }) => ({
                      value: id,
                      label: `${name} · ${client}`,
                    })),
                  ],
                },
              ]
            : []),
        ]}
        values={{
          state: search.state,
          warehouse: search.warehouse ? [search.warehouse] : undefined,
          portalUser: search.portalUser,
        }}
        onChange={(id, values) =>
          go(
            id === 'warehouse'
              ? { warehouse: values?.[0] }
              : id === 'state'
                ? { state: values as TransferState[] | undefined }
                : { portalUser: values },
          )
        }
        onClear={() => go(none)}
        end={!narrow && <ColumnMenu grid={grid} />}
      />
      {pages.isError && !pages.data ? (
        <ProblemState problem={pages.error} onRetry={() => void pages.refetch()} />
      ) : (
        <DataGrid
          grid={grid}
          label={t`Stock transfers`}
          card={(row) => <TransferCard row={row} />}
          rowLabel={(row) => t`transfer ${row.number}`}
          onOpen={(row) => void navigate(paths.transfer(row.id))}
          filterKey={JSON.stringify(search)}
          loading={pages.isPending}
          refreshing={pages.isFetching && !pages.isPending}
          onEndReached={pages.hasNextPage && !pages.isFetching ? () => void pages.fetchNextPage() : undefined}
          empty={
            narrowed ? (
              <Empty
                icon="search"
                title={t`No transfer matches`}
                action={<Button variant="default" onClick={() => go(none)}>{t`Clear search and filters`}</Button>}
              />
            ) : (
              <Empty icon="truck" title={t`No stock transfers yet`} action={create}>
                {isHouse
                  ? t`What clients announce appears here, and what you order or move yourself.`
                  : t`Announce what you send: choose the warehouse, list your products, print the sheet and ship.`}
              </Empty>
            )
          }
        />
      )}
      {takingIn && <TakeInForm onClose={() => setTakingIn(false)} />}
    </ListPage>
  )
}
