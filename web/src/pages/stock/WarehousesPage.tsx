import { useLingui } from '@lingui/react/macro'
import { Button, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { CountSettings } from './CountSettings.tsx'
import { StoreOrder } from './StoreOrder.tsx'
import classes from './stock.module.css'
import { type Warehouse, warehousesQuery } from './useStock.ts'
import { WarehouseForm } from './WarehouseForm.tsx'

/** Where stock is kept, and which warehouse is asked first for the orders of each store. */
export default function WarehousesPage() {
  const { t } = useLingui()
  const [archived, setArchived] = useState(false)
  const [form, setForm] = useState<Warehouse | 'new' | null>(null)
  const { data, error, isPending, isError, refetch } = useQuery(warehousesQuery(archived))
  const warehouses = data?.flatMap(({ details }) => details ?? [])
  return (
    <>
      <SettingsTabs />
      <PageHeader
        title={t`Warehouses`}
        explanation={t`Where stock is kept. Orders are served from the default one, unless their store asks others first.`}
        action={<Button onClick={() => setForm('new')}>{t`New warehouse`}</Button>}
      />
      <div className={classes.wide}>
        <SegmentedControl
          size="xs"
          aria-label={t`Which warehouses`}
          value={archived ? 'archived' : 'active'}
          onChange={(value) => setArchived(value === 'archived')}
          data={[
            { value: 'active', label: t({ message: 'Active', context: 'warehouses' }) },
            { value: 'archived', label: t({ message: 'Archived', context: 'warehouses' }) },
          ]}
        />
      </div>
      {isPending && <Skeleton lines={4} />}
      {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
      {warehouses && warehouses.length > 0 && <Table warehouses={warehouses} onOpen={setForm} />}
      {warehouses?.length === 0 && <Empty icon="stock" title={t`No warehouse is archived`} />}
      {!archived && warehouses && <StoreOrder warehouses={warehouses} />}
      {!archived && <CountSettings />}
      {form && <WarehouseForm warehouse={form === 'new' ? null : form} onClose={() => setForm(null)} />}
    </>
  )
}

function Table({ warehouses, onOpen }: { warehouses: Warehouse[]; onOpen: (warehouse: Warehouse) => void }) {
  const { t } = useLingui()
  const place = ({ line1, postcode, city, country }: Warehouse) =>
    [line1, [postcode, city].filter(Boolean).join(' '), country].filter(Boolean).join(', ') || '—'
  return (
    // A table that is wider than its page is scrolled by keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.wide} aria-label={t`Warehouses`} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t`Warehouse`}</th>
            <th scope="col">{t`Address`}</th>
            <th scope="col">{t`Default`}</th>
          </tr>
        </thead>
        <tbody>
          {warehouses.map((warehouse) => (
            <tr key={warehouse.id}>
              <td>
                <button type="button" className={classes.name} onClick={() => onOpen(warehouse)}>
                  {warehouse.name}
                </button>
              </td>
              <td>{place(warehouse)}</td>
              <td>{warehouse.isDefault ? t`Default` : '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
