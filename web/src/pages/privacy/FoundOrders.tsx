import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, Checkbox } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { OrderStatusDot } from '../../components/StatusDot.tsx'
import { paths } from '../../paths.ts'
import { saveFile } from '../../ui/save-file.ts'
import { toast } from '../../ui/toast.ts'
import { Table } from '../imports/Table.tsx'
import { EraseDialog } from './EraseDialog.tsx'
import classes from './privacy.module.css'
import type { Found } from './privacy.ts'

type Props = { found: Found[]; capped: boolean; onErased: () => void }

/** The orders that may be his, each to be confirmed by a person; then what can be done with the chosen ones. */
export function FoundOrders({ found, capped, onErased }: Props) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [erasing, setErasing] = useState(false)
  const orders = found.filter(({ id }) => chosen.has(id))
  const download = useMutation({
    mutationFn: () => api('POST /privacy/export', { body: { orderIds: [...chosen] } }),
    onSuccess: (file) => saveFile(file, 'buyer.json'),
    onError: toast.problem,
  })
  const choose = (id: string, on: boolean) =>
    setChosen((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)))
  return (
    <div className={classes.found}>
      <Table
        label={t`Orders that may be this buyer's`}
        head={
          <>
            <th>
              <Checkbox
                size="xs"
                aria-label={t`All of them belong to this buyer`}
                checked={chosen.size === found.length}
                indeterminate={chosen.size > 0 && chosen.size < found.length}
                onChange={(event) => setChosen(new Set(event.currentTarget.checked ? found.map(({ id }) => id) : []))}
              />
            </th>
            <th>{t`Order`}</th>
            <th>{t`Ordered`}</th>
            <th>{t`Status`}</th>
            <th>{t`Name`}</th>
            <th>{t`Address`}</th>
            <th>{t`E-mail`}</th>
            <th>{t`Phone`}</th>
            <th>{t`Found by`}</th>
          </>
        }
      >
        {found.map((order) => (
          <tr key={order.id}>
            <td>
              <Checkbox
                size="xs"
                aria-label={t`Order ${order.number} belongs to this buyer`}
                checked={chosen.has(order.id)}
                onChange={(event) => choose(order.id, event.currentTarget.checked)}
              />
            </td>
            <td>
              <Link {...paths.order(order.id)}>{order.number}</Link>
            </td>
            <td>
              <DateText value={order.placedOn} />
            </td>
            <td>
              <OrderStatusDot status={order.status} />
            </td>
            <td>{[...new Set([order.name, order.buyerName])].filter(Boolean).join(' · ')}</td>
            <td>{[order.line1, `${order.postcode} ${order.city}`.trim(), order.country].filter(Boolean).join(', ')}</td>
            <td>{order.email}</td>
            <td>{order.phone}</td>
            <td>
              <FoundBy by={order.by} />
            </td>
          </tr>
        ))}
      </Table>
      {capped && (
        <p className={classes.note}>
          <Trans>There are more than these. Erase them first, then look again.</Trans>
        </p>
      )}
      <div className={classes.actions}>
        <Button
          variant="default"
          disabled={chosen.size === 0}
          loading={download.isPending}
          onClick={() => download.mutate()}
        >{t`Export what is kept`}</Button>
        <Button
          variant="default"
          disabled={chosen.size === 0}
          onClick={() => setErasing(true)}
        >{t`Erase this buyer`}</Button>
        <span className={classes.quiet}>
          <Plural
            value={chosen.size}
            _0="Choose the orders of this buyer."
            one="# order is chosen."
            other="# orders are chosen."
          />
        </span>
      </div>
      {erasing && <EraseDialog orders={orders} onClose={() => setErasing(false)} onErased={onErased} />}
    </div>
  )
}

function FoundBy({ by }: { by: Found['by'] }) {
  const { t } = useLingui()
  const words = { email: t`E-mail`, phone: t`Phone`, name: t`Name` }
  return <>{by.map((one) => words[one]).join(', ')}</>
}
