import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { DateText } from '../../components/DateText.tsx'
import { useFormat } from '../../components/format.ts'
import { useMe } from '../../me.ts'
import { paths } from '../../paths.ts'
import { FilterBar, type FilterField } from '../../ui/filter/FilterBar.tsx'
import { useNarrow } from '../../ui/grid/Cards.tsx'
import { ColumnMenu } from '../../ui/grid/ColumnMenu.tsx'
import { DataGrid } from '../../ui/grid/DataGrid.tsx'
import { type GridColumn, useGrid } from '../../ui/grid/useGrid.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState } from '../../ui/states.tsx'
import { Document, Moved } from './Moved.tsx'
import type { LedgerSearch } from './search.ts'
import classes from './stock.module.css'
import { type Movement, useMovements, warehousesQuery } from './useStock.ts'
import { movementWords } from './words.ts'

const idOf = ({ id }: Movement) => id
const nothing: LedgerSearch = {
  q: undefined,
  warehouseId: undefined,
  kind: undefined,
  since: undefined,
  until: undefined,
  document: undefined,
  actor: undefined,
}

/** The ledger of all goods one sees, narrowed by what stands in the address. */
export default function LedgerPage() {
  const { t } = useLingui()
  const search = useSearch({ strict: false }) as LedgerSearch
  const navigate = useNavigate()
  const go = (change: LedgerSearch) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...change }), replace: true } as never)
  const { pages, rows } = useMovements(search, 50)
  const grid = useGrid({ name: `ledger.${useMe().user.id}`, columns: useColumns(), rows, rowId: idOf })
  const narrow = useNarrow()
  const filtered = Object.keys(nothing).some((name) => search[name as keyof LedgerSearch])
  const { since, until, kind, warehouseId, document, actor } = search
  return (
    <ListPage panel={null}>
      <PageHeader
        back={<Link {...paths.stock()}>{t`Stock`}</Link>}
        title={t`Ledger`}
        explanation={t`Every movement of stock, the newest first: nothing in it is ever changed or taken away.`}
      />
      <FilterBar
        search={{ label: t`SKU or name`, value: search.q ?? '', onSearch: (q) => go({ q: q || undefined }) }}
        fields={useFields()}
        values={{
          warehouseId: warehouseId ? [warehouseId] : undefined,
          kind,
          days: since || until ? [since ?? '', until ?? ''] : undefined,
          document: document ? [document] : undefined,
          actor: actor ? [actor] : undefined,
        }}
        onChange={(id, values) => {
          if (id === 'kind') go({ kind: values as LedgerSearch['kind'] })
          else if (id === 'days') go({ since: values?.[0] || undefined, until: values?.[1] || undefined })
          else go({ [id]: values?.[0] || undefined })
        }}
        onClear={() => go({ ...nothing, q: search.q })}
        end={!narrow && <ColumnMenu grid={grid} />}
      />
      {pages.isError && !pages.data ? (
        <ProblemState problem={pages.error} onRetry={() => void pages.refetch()} />
      ) : (
        <DataGrid
          grid={grid}
          label={t`Ledger`}
          card={(entry) => <Card entry={entry} />}
          rowLabel={({ product }) => product.sku}
          filterKey={JSON.stringify(search)}
          loading={pages.isPending}
          refreshing={pages.isFetching && !pages.isPending}
          onEndReached={pages.hasNextPage && !pages.isFetching ? () => void pages.fetchNextPage() : undefined}
          empty={
            filtered ? (
              <Empty
                icon="search"
                title={t`No movement matches`}
                action={<Button variant="default" onClick={() => go(nothing)}>{t`Clear search and filters`}</Button>}
              >{t`Check the spelling, or take the filter away.`}</Empty>
            ) : (
              <Empty icon="stock" title={t`Nothing has moved yet.`} />
            )
          }
        />
      )}
    </ListPage>
  )
}

function useFields(): FilterField[] {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const staff = useMe().audience === 'staff'
  const warehouses = useQuery(warehousesQuery()).data ?? []
  const fields: (FilterField | false)[] = [
    {
      id: 'warehouseId',
      label: t`Warehouse`,
      kind: 'options',
      single: true,
      options: warehouses.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      id: 'kind',
      label: t`Movement`,
      kind: 'options',
      options: Object.entries(movementWords).map(([value, word]) => ({ value, label: i18n._(word) })),
    },
    { id: 'days', label: t`Day`, kind: 'days', show: format.day },
    { id: 'document', label: t`Order or transfer`, kind: 'text' },
    staff && { id: 'actor', label: t`By`, kind: 'text' },
  ]
  return fields.filter((field) => field !== false)
}

function useColumns(): GridColumn<Movement>[] {
  const { t, i18n } = useLingui()
  const staff = useMe().audience === 'staff'
  // biome-ignore lint/correctness/useExhaustiveDependencies: `t` follows the language
  return useMemo(() => {
    const columns: (GridColumn<Movement> | false)[] = [
      { id: 'at', header: t`When`, width: 156, sticky: true, cell: ({ at }) => <DateText value={at} withTime /> },
      { id: 'kind', header: t`Movement`, width: 104, cell: ({ kind }) => i18n._(movementWords[kind]) },
      { id: 'sku', header: t`SKU`, width: 104, cell: ({ product }) => <strong>{product.sku}</strong> },
      { id: 'name', header: t`Name`, width: 140, hidden: true, cell: ({ product }) => product.name },
      { id: 'moved', header: t`Moved`, width: 230, grow: true, cell: (entry) => <Moved entry={entry} /> },
      { id: 'warehouse', header: t`Warehouse`, width: 124, cell: ({ warehouse }) => warehouse.name },
      {
        id: 'document',
        header: t`Order or transfer`,
        width: 120,
        cell: (entry) => (entry.document?.number ? <Document of={entry.document} /> : '—'),
      },
      { id: 'reason', header: t`Reason`, width: 130, cell: ({ reason }) => reason || '—' },
      staff && { id: 'actor', header: t`By`, width: 80, cell: ({ actor }) => actor || '—' },
    ]
    return columns.filter((column) => column !== false)
  }, [i18n.locale, staff])
}

/** One movement, on a phone. */
function Card({ entry }: { entry: Movement }) {
  const { i18n } = useLingui()
  return (
    <>
      <div>
        <strong>{entry.product.sku}</strong> · {i18n._(movementWords[entry.kind])}
        {entry.document?.number && ' · '}
        <Document of={entry.document} />
      </div>
      <div>
        <Moved entry={entry} />
      </div>
      <div className={classes.quiet}>
        {[entry.warehouse.name, entry.reason, entry.actor].filter(Boolean).join(' · ')} ·{' '}
        <DateText value={entry.at} withTime />
      </div>
    </>
  )
}
