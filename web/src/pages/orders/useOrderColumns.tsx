import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { DateText } from '../../components/DateText.tsx'
import { useFormat } from '../../components/format.ts'
import { Money } from '../../components/Money.tsx'
import { OrderStatusDot } from '../../components/StatusDot.tsx'
import { Tags } from '../../components/Tag.tsx'
import { Unread } from '../../components/Unread.tsx'
import { useCan } from '../../me.ts'
import { paths } from '../../paths.ts'
import type { GridColumn } from '../../ui/grid/useGrid.ts'
import { Issues } from './Issues.tsx'
import type { OrderRow } from './useOrders.ts'

/** The columns of the order grid; one that the role may not see is not among them. */
export function useOrderColumns(): GridColumn<OrderRow>[] {
  const { t, i18n } = useLingui()
  const can = useCan()
  const recipient = can('orders:recipient')
  const amounts = can('orders:amounts')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `t` follows the language
  return useMemo(() => {
    const columns: (GridColumn<OrderRow> | false)[] = [
      { id: 'number', header: t`Order`, width: 132, sticky: true, cell: (row) => <OrderLink row={row} /> },
      { id: 'status', header: t`Status`, width: 190, cell: ({ status }) => <OrderStatusDot status={status} /> },
      {
        id: 'placed',
        header: t`Ordered`,
        width: 116,
        sortable: true,
        cell: ({ placedAt, placedOn }) => <DateText value={placedAt ?? placedOn} />,
      },
      recipient && {
        id: 'recipient',
        header: t`Recipient`,
        width: 168,
        grow: true,
        cell: (row) => row.recipientName || row.buyerName || '—',
      },
      { id: 'country', header: t`Country`, width: 128, cell: ({ country }) => <Country code={country} /> },
      {
        id: 'lines',
        header: t`Lines`,
        width: 64,
        align: 'end',
        cell: ({ lineCount }) => <Figure value={lineCount} />,
      },
      { id: 'units', header: t`Units`, width: 68, align: 'end', cell: ({ quantity }) => <Figure value={quantity} /> },
      amounts && {
        id: 'total',
        header: t`Total`,
        width: 108,
        align: 'end',
        cell: ({ total }) => (total ? <Money {...total} /> : '—'),
      },
      {
        id: 'ship-by',
        header: t({ message: 'Ship by', context: 'a column' }),
        width: 104,
        cell: ({ shipBy }) => <DateText value={shipBy} />,
      },
      { id: 'issues', header: t`Issues`, width: 132, cell: ({ issues }) => <Issues kinds={issues} /> },
      {
        id: 'tags',
        header: t`Tags`,
        width: 168,
        cell: ({ tags, clientTags }) => <Tags names={tags} client={clientTags} />,
      },
      { id: 'store', header: t`Store`, width: 136, cell: ({ storeName }) => storeName || '—' },
      recipient && { id: 'buyer', header: t`Buyer`, width: 160, hidden: true, cell: (row) => row.buyerName || '—' },
      {
        id: 'deliver-by',
        header: t`Deliver by`,
        width: 104,
        hidden: true,
        cell: (row) => <DateText value={row.deliverBy} />,
      },
      {
        id: 'hold-until',
        header: t`Held until`,
        width: 104,
        hidden: true,
        cell: (row) => <DateText value={row.holdUntil} />,
      },
    ]
    return columns.filter((column) => column !== false)
  }, [i18n.locale, recipient, amounts])
}

function OrderLink({ row }: { row: OrderRow }) {
  const { t } = useLingui()
  return (
    <>
      <Link
        {...paths.order(row.id)}
        tabIndex={-1}
        style={{ fontWeight: 500, color: 'inherit', textDecoration: 'none' }}
      >
        {row.number}
      </Link>
      {row.unread ? (
        <span style={{ marginLeft: 6 }}>
          <Unread value={row.unread} />
        </span>
      ) : null}
      {row.isSample && <small style={{ marginLeft: 6, color: 'var(--muted)' }}>{t`Sample`}</small>}
    </>
  )
}

const Country = ({ code }: { code: string }) => useFormat().country(code) || '—'
const Figure = ({ value }: { value: number }) => useFormat().number(value)
