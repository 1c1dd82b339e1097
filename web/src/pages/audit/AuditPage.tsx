import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { actorName } from '../../components/actors.ts'
import { DateText } from '../../components/DateText.tsx'
import { useMe } from '../../me.ts'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { DataGrid } from '../../ui/grid/DataGrid.tsx'
import { type GridColumn, useGrid } from '../../ui/grid/useGrid.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState } from '../../ui/states.tsx'
import { AuditFilters } from './AuditFilters.tsx'
import { EntryPanel } from './EntryPanel.tsx'
import { actionName, outcomeName, wayWords } from './entry-words.ts'
import { RecordLink } from './RecordLink.tsx'
import { RoleThen } from './RoleThen.tsx'
import { SealState } from './SealState.tsx'
import { type AuditSearch, type Entry, useAudit } from './useAudit.ts'

const route = getRouteApi('/in/settings/audit')
const idOf = (entry: Entry) => entry.id

export default function AuditPage() {
  const { t } = useLingui()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const go = (change: AuditSearch) =>
    void navigate({ search: (before) => ({ ...before, open: undefined, ...change }), replace: true })
  const { pages, rows } = useAudit(search)
  const grid = useGrid({ name: `audit.${useMe().user.id}`, columns: useAuditColumns(), rows, rowId: idOf })
  const open = rows.find(({ id }) => id === search.open)
  const { open: _open, ...filter } = search
  return (
    <>
      <SettingsTabs />
      <ListPage
        panel={open && <EntryPanel key={open.id} entry={open} onFilter={go} onClose={() => go({ open: undefined })} />}
      >
        <PageHeader title={t`Audit log`} explanation={t`Who did what in this account, and what was refused.`} />
        <SealState />
        <AuditFilters search={search} onChange={go} />
        {pages.isError && rows.length === 0 ? (
          <ProblemState problem={pages.error} onRetry={() => void pages.refetch()} />
        ) : (
          <DataGrid
            grid={grid}
            label={t`Audit log`}
            rowLabel={({ action, actor }) => `${actorName(actor)}: ${actionName(action)}`}
            openId={search.open}
            onOpen={({ id }) => go({ open: id === search.open ? undefined : id })}
            filterKey={JSON.stringify(filter)}
            total={pages.hasNextPage ? undefined : rows.length}
            onEndReached={() => pages.hasNextPage && !pages.isFetchingNextPage && void pages.fetchNextPage()}
            loading={pages.isPending}
            refreshing={pages.isPlaceholderData}
            empty={
              <Empty
                icon="search"
                title={t`No entry matches`}
                action={
                  <Button
                    variant="default"
                    onClick={() => void navigate({ search: {}, replace: true })}
                  >{t`Show everything`}</Button>
                }
              />
            }
          />
        )}
      </ListPage>
    </>
  )
}

function useAuditColumns(): GridColumn<Entry>[] {
  const { t, i18n } = useLingui()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `t` follows the language
  return useMemo(
    () => [
      {
        id: 'what',
        header: t({ message: 'What', context: 'what was done' }),
        width: 240,
        sticky: true,
        cell: ({ action }) => actionName(action),
      },
      { id: 'who', header: t`Who`, width: 140, cell: ({ actor }) => actorName(actor) },
      {
        id: 'role',
        header: t`Role then`,
        width: 130,
        cell: ({ role }) => (role ? <RoleThen slug={role} /> : '—'),
      },
      { id: 'record', header: t`Record`, width: 170, grow: true, cell: (entry) => <RecordLink entry={entry} /> },
      { id: 'how', header: t`How`, width: 110, cell: ({ via }) => i18n._(wayWords[via]) },
      { id: 'outcome', header: t`Outcome`, width: 150, cell: outcomeName },
      { id: 'when', header: t`When`, width: 140, cell: ({ at }) => <DateText value={at} withTime /> },
    ],
    [i18n.locale],
  )
}
