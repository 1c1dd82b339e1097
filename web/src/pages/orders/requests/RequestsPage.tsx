import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { Empty, ProblemState, Skeleton } from '../../../ui/states.tsx'
import { OrdersTabs } from '../OrdersTabs.tsx'
import { RequestCard } from './RequestCard.tsx'
import classes from './Requests.module.css'
import { type RequestView, requestsQuery } from './useRequests.ts'

const route = getRouteApi('/in/orders/requests')

/** What was asked for, and the answers. */
export default function RequestsPage() {
  const { t } = useLingui()
  const { view = 'open' } = route.useSearch()
  const navigate = route.useNavigate()
  const requests = useQuery(requestsQuery(view))
  const views: [RequestView, string][] = [
    ['open', t({ message: 'Open', context: 'several requests' })],
    ['mine', t`My requests`],
    ['all', t`All`],
  ]
  return (
    <>
      <PageHeader
        title={t`Requests`}
        explanation={t`Changes that somebody may not make alone, until somebody else approves them.`}
      />
      <OrdersTabs on="requests" />
      <fieldset className={classes.views} aria-label={t`Which requests`}>
        {views.map(([name, label]) => (
          <Button
            key={name}
            size="compact-sm"
            variant={view === name ? 'light' : 'default'}
            aria-pressed={view === name}
            onClick={() => void navigate({ search: name === 'open' ? {} : { view: name }, replace: true })}
          >
            {label}
          </Button>
        ))}
      </fieldset>
      {requests.isPending && <Skeleton lines={6} />}
      {requests.isError && !requests.data && (
        <ProblemState problem={requests.error} onRetry={() => void requests.refetch()} />
      )}
      {requests.data?.items.length === 0 && (
        <Empty title={view === 'open' ? t`Nothing waits for an answer` : t`Nothing was asked for yet`}>
          {t`Who may not change an order himself asks for it on the order's page. It appears here.`}
        </Empty>
      )}
      {requests.data && requests.data.items.length > 0 && (
        <ul className={classes.list} aria-label={t`Requests`}>
          {requests.data.items.map((request) => (
            <RequestCard key={request.id} request={request} linked />
          ))}
        </ul>
      )}
    </>
  )
}
