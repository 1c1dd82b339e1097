import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { useCan } from '../../me.ts'
import { paths } from '../../paths.ts'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import classes from '../suppliers/SuppliersPage.module.css'
import { StoreForm } from './StoreForm.tsx'

export type Store = ResponseOf<'GET /stores'>['items'][number]

/** The stores orders come into: their names, currencies, and whose they are. */
export default function StoresPage() {
  const { t } = useLingui()
  const [form, setForm] = useState<Store | 'new' | null>(null)
  const { data, error, isPending, isError, refetch } = useQuery({
    queryKey: ['stores'],
    queryFn: async ({ signal }) => (await api('GET /stores', { signal })).items,
  })
  return (
    <>
      <SettingsTabs />
      <PageHeader
        title={t`Stores`}
        explanation={t`Where orders come from. A store of a client shows him its orders in his portal.`}
        action={<Button onClick={() => setForm('new')}>{t`New store`}</Button>}
      />
      {isPending && <Skeleton lines={4} />}
      {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
      {data && data.length > 0 && <Table stores={data} onOpen={setForm} />}
      {data?.length === 0 && (
        <Empty title={t`No store you may see`}>{t`Create one, or ask for access to those there are.`}</Empty>
      )}
      {form && <StoreForm store={form === 'new' ? null : form} onClose={() => setForm(null)} />}
    </>
  )
}

function Table({ stores, onOpen }: { stores: Store[]; onOpen: (store: Store) => void }) {
  const { t } = useLingui()
  const can = useCan()
  return (
    // A table that is wider than its page is scrolled by keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.frame} aria-label={t`Stores`} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t`Store`}</th>
            <th>{t`Currency`}</th>
            <th>{t`Client`}</th>
          </tr>
        </thead>
        <tbody>
          {stores.map((store) => (
            <tr key={store.id}>
              <td>
                <button type="button" className={classes.name} onClick={() => onOpen(store)}>
                  {store.name}
                </button>
              </td>
              <td>{store.currency}</td>
              <td>
                {store.client && can('clients:read') ? (
                  <Link {...paths.client(store.client.id, 'stores')}>{store.client.name}</Link>
                ) : (
                  (store.client?.name ?? '—')
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
