import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { useFormat } from '../../components/format.ts'
import { useMe } from '../../me.ts'
import type { GridColumn } from '../../ui/grid/useGrid.ts'
import { Icon } from '../../ui/Icon.tsx'
import classes from './stock.module.css'
import type { Level } from './useStock.ts'

type Amount = Exclude<keyof Level, 'product' | 'warehouse' | 'client' | 'lowLevel'>

/** The columns of the stock list; a client has one client only, and no low levels. */
export function useStockColumns(): GridColumn<Level>[] {
  const { t, i18n } = useLingui()
  const staff = useMe().audience === 'staff'
  // biome-ignore lint/correctness/useExhaustiveDependencies: `t` follows the language
  return useMemo(() => {
    const figure = (id: Amount, header: string, hidden = false, width = 92): GridColumn<Level> => ({
      id,
      header,
      hidden,
      width,
      align: 'end',
      cell: (row) => <Figure value={row[id]} />,
    })
    const columns: (GridColumn<Level> | false)[] = [
      { id: 'sku', header: t`SKU`, width: 124, sticky: true, cell: ({ product }) => <strong>{product.sku}</strong> },
      { id: 'name', header: t`Name`, width: 160, grow: true, cell: ({ product }) => product.name },
      staff && { id: 'client', header: t`Client`, width: 112, cell: ({ client }) => client?.name ?? '—' },
      { id: 'warehouse', header: t`Warehouse`, width: 128, cell: ({ warehouse }) => warehouse.name },
      figure('onHand', t`On hand`),
      figure('allocated', t({ message: 'Allocated', context: 'a figure of stock' })),
      {
        id: 'available',
        header: t`Available`,
        width: 92,
        align: 'end',
        cell: (row) => <Available {...row} />,
      },
      figure('incoming', t`Incoming`),
      figure('backordered', t({ message: 'Backordered', context: 'a figure of stock' }), false, 112),
      figure('inTransit', t`In transit`, true),
      figure('quarantine', t`Quarantine`, true),
      figure('unverified', t`Unverified`, true),
      staff && {
        id: 'lowLevel',
        header: t`Low below`,
        width: 92,
        align: 'end',
        hidden: true,
        cell: ({ lowLevel }) => <Figure value={lowLevel ?? 0} />,
      },
    ]
    return columns.filter((column) => column !== false)
  }, [i18n.locale, staff])
}

/** A zero is a dash, so that what is there stands out. */
export function Figure({ value }: { value: number }) {
  const { number } = useFormat()
  return <span className="number">{value === 0 ? '—' : number(value)}</span>
}

export const isLow = ({ available, lowLevel }: Pick<Level, 'available' | 'lowLevel'>) =>
  lowLevel !== null && lowLevel !== undefined && available < lowLevel

/** What may be sold; too little of it is marked by more than its colour. */
export function Available({ available, lowLevel }: Pick<Level, 'available' | 'lowLevel'>) {
  const { t } = useLingui()
  const { number } = useFormat()
  if (!isLow({ available, lowLevel })) return <span className="number">{number(available)}</span>
  return (
    <span className={classes.low} title={t`Low: below ${number(lowLevel!)}`}>
      <Icon name="warning" size={14} />
      <span className="number">{number(available)}</span>
      <span className={classes.heard}>{t`low`}</span>
    </span>
  )
}
