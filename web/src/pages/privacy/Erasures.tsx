import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { DateText } from '../../components/DateText.tsx'
import { paths } from '../../paths.ts'
import { Section } from '../../ui/Section.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { Table } from '../imports/Table.tsx'
import classes from './privacy.module.css'
import { erasuresQuery } from './privacy.ts'

/** What was erased, and what will be once it has left: by order, nobody by name. */
export function Erasures() {
  const { t } = useLingui()
  const erasures = useQuery(erasuresQuery)
  const { items = [], waiting = [] } = erasures.data ?? {}
  return (
    <Section title={t`What was erased`}>
      {erasures.isPending && <Skeleton lines={3} />}
      {erasures.isError && !erasures.data && (
        <ProblemState problem={erasures.error} onRetry={() => void erasures.refetch()} />
      )}
      {erasures.data && items.length + waiting.length === 0 && (
        <Empty icon="lock" title={t`Nobody was erased yet`}>
          <Trans>Each erasure stands here with its orders, so that you can show it was done.</Trans>
        </Empty>
      )}
      {waiting.length > 0 && (
        <p className={classes.note}>
          <Trans>To be erased once they have left:</Trans>{' '}
          {waiting.map(({ orderId, number }, index) => (
            <span key={orderId}>
              {index > 0 && ', '}
              <Link {...paths.order(orderId)}>{number}</Link>
            </span>
          ))}
        </p>
      )}
      {items.length > 0 && (
        <Table
          label={t`Erasures`}
          head={
            <>
              <th>{t`When`}</th>
              <th>{t`By`}</th>
              <th>{t`Orders`}</th>
            </>
          }
        >
          {items.map(({ id, at, actor, orders }) => (
            <tr key={id}>
              <td>
                <DateText value={at} withTime />
              </td>
              <td>{actor}</td>
              <td>{orders.join(', ')}</td>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  )
}
