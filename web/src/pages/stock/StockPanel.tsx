import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { useCan } from '../../me.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Facts, Section } from '../../ui/Section.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { AdjustDialog } from './AdjustDialog.tsx'
import { CountDialog } from './CountDialog.tsx'
import { Ledger } from './Ledger.tsx'
import { LevelsTable } from './LevelsTable.tsx'
import { LowLevelDialog } from './LowLevelDialog.tsx'
import classes from './stock.module.css'
import { productStockQuery } from './useStock.ts'

/** One product: its stock in every warehouse, what it is scanned by and weighs, and its ledger. */
export function StockPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLingui()
  const { data, error, isPending, isError, refetch } = useQuery(productStockQuery(id))
  const [dialog, setDialog] = useState<'adjust' | 'count' | 'low' | null>(null)
  const can = useCan()
  const name = data?.product.sku ?? ''
  const close = () => setDialog(null)
  return (
    <SidePanel
      label={t`Stock of ${name}`}
      onClose={onClose}
      title={
        <span className={classes.buttons}>
          {name}
          {name && <CopyButton value={name} name={t`the SKU`} />}
        </span>
      }
      actions={
        data &&
        can('stock:count') && (
          <>
            <Button onClick={() => setDialog('count')}>{t`Count`}</Button>
            {can('stock:adjust') && (
              <>
                <Button variant="default" onClick={() => setDialog('adjust')}>{t`Adjust`}</Button>
                <Button variant="default" onClick={() => setDialog('low')}>{t`Low level`}</Button>
              </>
            )}
          </>
        )
      }
    >
      {isPending && <Skeleton lines={8} />}
      {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <Section title={data.product.name}>
            <LevelsTable stock={data} />
          </Section>
          <Goods id={id} client={data.client?.name} />
          <Ledger productId={id} sku={name} />
          {dialog === 'adjust' && <AdjustDialog stock={data} onClose={close} />}
          {dialog === 'count' && <CountDialog stock={data} onClose={close} />}
          {dialog === 'low' && <LowLevelDialog stock={data} onClose={close} />}
        </>
      )}
    </SidePanel>
  )
}

/** What the catalogue says of the goods themselves. */
function Goods({ id, client }: { id: string; client: string | undefined }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const can = useCan()
  const { data } = useQuery({
    queryKey: ['products', 'one', id],
    queryFn: ({ signal }) => api('GET /products/:id', { params: { id }, signal }),
    enabled: can('products:read'),
  })
  if (!data) return null
  const barcodes = data.barcodes.map(({ code, quantity }) => (
    <div key={code}>{quantity === 1 ? code : t`${code} × ${number(quantity)}`}</div>
  ))
  const weight =
    data.weightGrams && (data.weighed ? t`${number(data.weightGrams)} g, measured` : t`${number(data.weightGrams)} g`)
  return (
    <Section title={t`Goods`}>
      <Facts
        facts={[
          [t`Client`, client],
          [t`Barcodes`, barcodes.length > 0 ? barcodes : '—'],
          [t`Weight`, weight || '—'],
        ]}
      />
    </Section>
  )
}
