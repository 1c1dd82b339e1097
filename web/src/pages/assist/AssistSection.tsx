import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { Section } from '../../ui/Section.tsx'
import { ProblemState, ProblemText, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from '../clients/clients.module.css'
import { viewBegan } from '../people/view.ts'

const assistQuery = (id: string) =>
  queryOptions({
    queryKey: ['clients', id, 'assist'],
    queryFn: async ({ signal }) => (await api('GET /clients/:id/assist', { params: { id }, signal })).allowed,
  })

/** On a client's page: whether it lets the reader look at what it sees. */
export function AssistSection({ clientId }: { clientId: string }) {
  const { t } = useLingui()
  const { data, error, isPending, isError, refetch } = useQuery(assistQuery(clientId))
  const look = () =>
    api('POST /clients/:id/assist', { params: { id: clientId } })
      .then(viewBegan)
      .catch((problem) => toast.failed(<ProblemText problem={problem} />))
  return (
    <Section
      title={t`Look at its portal`}
      action={data && <Button size="xs" variant="default" onClick={() => void look()}>{t`Look`}</Button>}
    >
      {isPending && <Skeleton lines={1} />}
      {isError && <ProblemState problem={error} onRetry={() => void refetch()} />}
      {data === null && (
        <p className={classes.quiet}>
          <Trans>Only an administrator of the client can allow it, for some hours. Nobody does now.</Trans>
        </p>
      )}
      {data && (
        <p className={classes.quiet}>
          <Trans>
            {data.grantedBy} allows it until <DateText value={data.until} withTime />. You can change nothing, and the
            client sees at what you looked.
          </Trans>{' '}
          {data.note}
        </p>
      )}
    </Section>
  )
}
