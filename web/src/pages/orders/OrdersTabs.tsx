import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { useCan } from '../../me.ts'
import { paths } from '../../paths.ts'
import tabs from '../../ui/tabs.module.css'
import classes from './OrdersTabs.module.css'
import { requestCountsQuery } from './requests/useRequests.ts'

export const countsQuery = {
  queryKey: ['orders', 'counts'],
  queryFn: ({ signal }: { signal: AbortSignal }) => api('GET /orders/counts', { signal }),
}

/** The parts of Orders: all of them, those with issues, and what was asked for. */
export function OrdersTabs({ on }: { on: 'all' | 'issues' | 'requests' }) {
  const { t } = useLingui()
  const can = useCan()
  const mayAsk = can('orders:propose')
  const counts = useQuery(countsQuery)
  const requests = useQuery({ ...requestCountsQuery, enabled: mayAsk })
  const exact = { activeOptions: { exact: true, includeSearch: true } }
  return (
    <nav className={tabs.tabs} aria-label={t`Orders`}>
      <Link {...paths.orders()} {...exact} data-on={on === 'all' || undefined}>{t`All orders`}</Link>
      <Link {...paths.orders()} search={{ issue: 'any' }} {...exact} data-on={on === 'issues' || undefined}>
        {t`Issues`}
        <Count value={counts.data?.issues.any} />
      </Link>
      {mayAsk && (
        <Link {...paths.requests()} {...exact} data-on={on === 'requests' || undefined}>
          {t`Requests`}
          <Count value={requests.data?.open} />
        </Link>
      )}
    </nav>
  )
}

function Count({ value }: { value: number | undefined }) {
  const { number } = useFormat()
  return value ? <span className={classes.count}> {number(value)}</span> : null
}
