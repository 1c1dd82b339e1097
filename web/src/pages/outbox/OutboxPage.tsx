import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { DateText } from '../../components/DateText.tsx'
import { StatusDot } from '../../components/StatusDot.tsx'
import { useMe } from '../../me.ts'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { DataGrid } from '../../ui/grid/DataGrid.tsx'
import { type GridColumn, useGrid } from '../../ui/grid/useGrid.ts'
import { Icon } from '../../ui/Icon.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState } from '../../ui/states.tsx'
import { MailPanel } from './MailPanel.tsx'
import { lookOf, serverWords, statusOf, templateWords } from './mail-words.ts'
import classes from './outbox.module.css'
import { type OutboxMail, outboxQuery } from './outbox.ts'

const route = getRouteApi('/in/settings/outbox')
const idOf = (mail: OutboxMail) => mail.id
const none: OutboxMail[] = []

export default function OutboxPage() {
  const { t } = useLingui()
  const { open: openId } = route.useSearch()
  const navigate = route.useNavigate()
  const go = (open: string | undefined) => void navigate({ search: { open }, replace: true })
  const outbox = useQuery(outboxQuery)
  const smtp = outbox.data?.smtp ?? true
  const rows = outbox.data?.items ?? none
  const grid = useGrid({ name: `outbox.${useMe().user.id}`, columns: useMailColumns(smtp), rows, rowId: idOf })
  const open = rows.find(({ id }) => id === openId)
  return (
    <>
      <SettingsTabs />
      <ListPage panel={open && <MailPanel key={open.id} mail={open} smtp={smtp} onClose={() => go(undefined)} />}>
        <PageHeader
          title={t`Outbox`}
          explanation={t`The mails this account owes to people, newest first, and how each stands.`}
        />
        {outbox.data && !smtp && <NoSmtp />}
        {outbox.isError && !outbox.data ? (
          <ProblemState problem={outbox.error} onRetry={() => void outbox.refetch()} />
        ) : (
          <DataGrid
            grid={grid}
            label={t`Outbox`}
            rowLabel={(mail) => t`mail to ${mail.recipient}`}
            openId={openId}
            onOpen={({ id }) => go(id === openId ? undefined : id)}
            total={rows.length}
            loading={outbox.isPending}
            refreshing={outbox.isFetching && !outbox.isPending}
            empty={
              <Empty icon="outbox" title={t`Nothing was sent yet`}>
                <Trans>Each invitation you send appears here, with its link where this server sends no mail.</Trans>
              </Empty>
            }
          />
        )}
      </ListPage>
    </>
  )
}

function NoSmtp() {
  return (
    <p className={classes.note}>
      <Icon name="warning" />
      <span>
        <Trans>
          This server sends no mail, because <code>SMTP_URL</code> is not set. Open a row, reveal its link and hand it
          over yourself.
        </Trans>
      </span>
    </p>
  )
}

function useMailColumns(smtp: boolean): GridColumn<OutboxMail>[] {
  const { t, i18n } = useLingui()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `t` follows the language
  return useMemo(() => {
    const columns: GridColumn<OutboxMail>[] = [
      { id: 'recipient', header: t`Recipient`, width: 240, sticky: true, cell: ({ recipient }) => recipient },
      {
        id: 'state',
        header: t`State`,
        width: 156,
        cell: (mail) => <StatusDot look={statusOf(lookOf(mail, smtp))} code={mail.state} />,
      },
      { id: 'template', header: t`Mail`, width: 110, cell: ({ template }) => <Template name={template} /> },
      {
        id: 'attempts',
        header: t`Attempts`,
        width: 84,
        align: 'end',
        cell: ({ attempts }) => <span className="number">{attempts}</span>,
      },
      {
        id: 'error',
        header: t`What the mail server said`,
        width: 190,
        grow: true,
        cell: (mail) => serverWords(mail) || '—',
      },
      { id: 'by', header: t`By`, width: 130, cell: ({ createdBy }) => createdBy },
      { id: 'when', header: t`When`, width: 140, cell: ({ createdAt }) => <DateText value={createdAt} withTime /> },
    ]
    return columns
  }, [i18n.locale, smtp])
}

function Template({ name }: { name: string }) {
  const { i18n } = useLingui()
  const words = templateWords[name]
  return <>{words ? i18n._(words) : name}</>
}
