import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { DateText } from '../../components/DateText.tsx'
import { useFormat } from '../../components/format.ts'
import { useMe } from '../../me.ts'
import { paths } from '../../paths.ts'
import type { GridColumn } from '../../ui/grid/useGrid.ts'
import { TransferStateDot } from './TransferStateDot.tsx'
import type { TransferRow } from './useTransfers.ts'

/** The columns of the list; a client knows where his goods come from. */
export function useTransferColumns(): GridColumn<TransferRow>[] {
  const { t, i18n } = useLingui()
  const { number } = useFormat()
  const isHouse = useMe().audience === 'staff'
  // biome-ignore lint/correctness/useExhaustiveDependencies: texts and numbers change with the language alone
  return useMemo(() => {
    const columns: (GridColumn<TransferRow> | false)[] = [
      {
        id: 'number',
        header: t`Number`,
        width: 104,
        sticky: true,
        cell: (row) => <Link {...paths.transfer(row.id)}>{row.number}</Link>,
      },
      { id: 'state', header: t`State`, width: 150, cell: ({ state }) => <TransferStateDot state={state} /> },
      isHouse && { id: 'from', header: t`From`, width: 200, grow: true, cell: ({ from }) => from || '—' },
      { id: 'to', header: t`Destination`, width: 170, grow: !isHouse, cell: ({ warehouse }) => warehouse.name },
      { id: 'units', header: t`Units`, width: 84, align: 'end', cell: ({ quantity }) => number(quantity) },
      { id: 'arrived', header: t`Received`, width: 92, align: 'end', cell: ({ arrived }) => number(arrived) },
      { id: 'expected', header: t`Expected`, width: 104, cell: ({ expectedOn }) => <DateText value={expectedOn} /> },
      {
        id: 'tracking',
        header: t`Tracking`,
        width: 160,
        cell: ({ carrier, tracking }) => [carrier, tracking].filter(Boolean).join(' ') || '—',
      },
      { id: 'created', header: t`Created`, width: 104, cell: ({ createdAt }) => <DateText value={createdAt} /> },
    ]
    return columns.filter((column) => column !== false)
  }, [i18n.locale, isHouse])
}
