import { Trans, useLingui } from '@lingui/react/macro'
import { Button, NativeSelect, Switch } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { actorName } from '../../components/actors.ts'
import { DateText } from '../../components/DateText.tsx'
import { StatusDot } from '../../components/StatusDot.tsx'
import { useCan, useMe } from '../../me.ts'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { DataGrid } from '../../ui/grid/DataGrid.tsx'
import { type GridColumn, useGrid } from '../../ui/grid/useGrid.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState } from '../../ui/states.tsx'
import { JobPanel } from './JobPanel.tsx'
import { JobProgress, Took } from './JobProgress.tsx'
import classes from './Jobs.module.css'
import { jobStates, kindName, lookOf, reasonWords } from './job-words.ts'
import { type Job, type JobState, useJobs } from './useJobs.ts'

const route = getRouteApi('/in/settings/jobs')
const idOf = (job: Job) => job.id

export default function JobsPage() {
  const { t, i18n } = useLingui()
  const can = useCan()
  const { state, mails, open: openId } = route.useSearch()
  const navigate = route.useNavigate()
  const go = (change: { state?: JobState; mails?: 'yes'; open?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const { pages, rows } = useJobs(state, mails && true)
  const grid = useGrid({
    name: `jobs.${useMe().user.id}`,
    columns: useJobColumns(can('jobs:manage')),
    rows,
    rowId: idOf,
  })
  const open = rows.find(({ id }) => id === openId)
  const everything = state === undefined
  return (
    <>
      <SettingsTabs />
      <ListPage panel={open && <JobPanel key={open.id} job={open} onClose={() => go({ open: undefined })} />}>
        <PageHeader
          title={t`Jobs`}
          explanation={
            can('jobs:manage')
              ? t`What runs in the background in this account, newest first.`
              : t`What runs in the background for you, newest first.`
          }
        />
        <div className={classes.filter}>
          <NativeSelect
            size="xs"
            aria-label={t`State`}
            value={state ?? ''}
            onChange={({ currentTarget: { value } }) =>
              go({ state: (value || undefined) as JobState | undefined, open: undefined })
            }
            data={[
              { value: '', label: t`In every state` },
              ...Object.entries(jobStates).map(([value, { word }]) => ({ value, label: i18n._(word) })),
            ]}
          />
          {can('jobs:manage') && (
            <Switch
              size="xs"
              label={t`With the sending of mails`}
              checked={mails === 'yes'}
              onChange={({ currentTarget: { checked } }) => go({ mails: checked ? 'yes' : undefined, open: undefined })}
            />
          )}
        </div>
        {pages.isError && rows.length === 0 ? (
          <ProblemState problem={pages.error} onRetry={() => void pages.refetch()} />
        ) : (
          <DataGrid
            grid={grid}
            label={t`Jobs`}
            rowLabel={({ kind }) => kindName(kind)}
            openId={openId}
            onOpen={({ id }) => go({ open: id === openId ? undefined : id })}
            filterKey={`${state} ${mails}`}
            total={pages.hasNextPage ? undefined : rows.length}
            onEndReached={() => pages.hasNextPage && !pages.isFetchingNextPage && void pages.fetchNextPage()}
            loading={pages.isPending}
            refreshing={pages.isPlaceholderData}
            empty={
              everything ? (
                <Empty icon="imports" title={t`Nothing has run yet`}>
                  <Trans>
                    Imports, exports and runs of the rules appear here while they work, and when they have ended.
                  </Trans>
                </Empty>
              ) : (
                <Empty
                  icon="imports"
                  title={t`No job is in this state`}
                  action={
                    <Button variant="default" onClick={() => go({ state: undefined })}>{t`Show every state`}</Button>
                  }
                />
              )
            }
          />
        )}
      </ListPage>
    </>
  )
}

function useJobColumns(everybodys: boolean): GridColumn<Job>[] {
  const { t, i18n } = useLingui()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `t` follows the language
  return useMemo(() => {
    const columns: GridColumn<Job>[] = [
      { id: 'kind', header: t`Job`, width: 196, sticky: true, cell: ({ kind }) => kindName(kind) },
      { id: 'state', header: t`State`, width: 112, cell: (job) => <StatusDot look={lookOf(job)} code={job.state} /> },
      { id: 'progress', header: t`How far`, width: 210, cell: (job) => <JobProgress job={job} /> },
      {
        id: 'why',
        header: t`Why`,
        width: 150,
        grow: true,
        cell: (job) => {
          const reason = reasonWords(job)
          return reason ? i18n._(reason) : '—'
        },
      },
      ...(everybodys
        ? [
            {
              id: 'owner',
              header: t`Whose`,
              width: 104,
              cell: (job: Job) => (job.mine ? t`Yours` : actorName(job.owner ?? '—')),
            },
          ]
        : []),
      {
        id: 'attempts',
        header: t`Attempts`,
        width: 80,
        align: 'end',
        cell: ({ attempts }) => <span className="number">{attempts}</span>,
      },
      { id: 'took', header: t`Took`, width: 72, align: 'end', cell: (job) => <Took job={job} /> },
      { id: 'begun', header: t`Begun`, width: 136, cell: ({ startedAt }) => <DateText value={startedAt} withTime /> },
    ]
    return columns
  }, [i18n.locale, everybodys])
}
