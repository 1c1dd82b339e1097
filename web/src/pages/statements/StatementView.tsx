import { Trans, useLingui } from '@lingui/react/macro'
import { Badge, Button, Select } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { formatLocale } from '../../i18n.ts'
import { useMe } from '../../me.ts'
import { Icon } from '../../ui/Icon.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { Empty, ProblemState, ProblemText, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from '../clients/clients.module.css'
import { lastMonths } from './months.ts'
import { StatementTables } from './StatementTables.tsx'

const statementQuery = (month: string, clientId?: string) =>
  queryOptions({
    queryKey: ['statements', clientId ?? 'own', month],
    queryFn: ({ signal }) => api('GET /statements', { query: { month, clientId }, signal }),
  })

type Props = {
  /** Whose; a client sees his own. */
  clientId?: string
  /** `YYYY-MM`; the current one where nothing is said. */
  month: string | undefined
  onMonth: (month: string) => void
}

/** The statement of one month: choose it, read it, take it along as a file. */
export function StatementView({ clientId, month: asked, onMonth }: Props) {
  const { t } = useLingui()
  const { day, today } = useFormat()
  const { viewing } = useMe()
  const months = lastMonths(today(), 25)
  const month = asked ?? months[0]!
  const { data, error, isPending, isError, refetch } = useQuery(statementQuery(month, clientId))
  const until = data?.through ? day(data.through) : ''
  return (
    <>
      <div className={classes.actions}>
        <Select
          aria-label={t`Month`}
          data={(months.includes(month) ? months : [month, ...months]).map((one) => ({
            value: one,
            label: nameOf(one),
          }))}
          value={month}
          onChange={(next) => next && onMonth(next)}
          allowDeselect={false}
          comboboxProps={{ withinPortal: true }}
        />
        {data?.soFar && <Badge variant="default">{t`so far`}</Badge>}
        {data && data.warehouses.length > 0 && !viewing && <Download month={month} clientId={clientId} />}
      </div>
      {isPending && <Skeleton lines={8} />}
      {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
      {data?.warehouses.length === 0 && (
        <Empty icon="products" title={t`Nothing was received, shipped or stored in this month`}>
          {t`Choose another month to see what happened then.`}
        </Empty>
      )}
      {data && data.warehouses.length > 0 && (
        <>
          <StatementTables statement={data} />
          <p className={classes.quiet}>
            {until ? (
              <Trans>
                Storage days: the eaches on hand at the end of each day, added up until {until}. A month is closed when
                its last day is over.
              </Trans>
            ) : (
              <Trans>Storage days are counted at the end of each day; the first of this month is not over yet.</Trans>
            )}
          </p>
        </>
      )}
    </>
  )
}

const nameOf = (month: string) =>
  new Intl.DateTimeFormat(formatLocale(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01`),
  )

function Download({ month, clientId }: { month: string; clientId: string | undefined }) {
  const { t, i18n } = useLingui()
  const [busy, setBusy] = useState(false)
  const download = async () => {
    setBusy(true)
    try {
      const language = i18n.locale === 'fr' ? 'fr' : 'en'
      saveFile(await api('GET /statements/export', { query: { month, clientId, language } }), `statement-${month}.csv`)
    } catch (error) {
      toast.failed(<ProblemText problem={error} />)
    }
    setBusy(false)
  }
  return (
    <Button variant="default" loading={busy} leftSection={<Icon name="exports" />} onClick={() => void download()}>
      {t`Download CSV`}
    </Button>
  )
}
